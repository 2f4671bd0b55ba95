"""Repairs as places of the text as it is shown, so that a reader sees which words were guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.normalise import normalise

Span = tuple[int, int]


def guesses(edits: Sequence[Mapping[str, Any]], shown: str, field: str = "body") -> list[Span]:
    """Where the guesses of repair stand in the text as shown.

    Edits tell places of the text as read. Each edit before a place moves it; what was put in
    was normalised later. A guess whose words are not where they should be is left out: its row
    in the table of edits stays.
    """
    found = []
    moved = 0
    for edit in sorted((e for e in edits if e["field"] == field), key=lambda e: e["offset"]):
        after = edit["after"] or ""
        start = edit["offset"] + moved
        moved += len(after) - len(edit["before"] or "")
        if edit["sure"] or not after:
            continue
        words = normalise(after)
        place = _near(shown, words, start)
        if place is not None:
            found.append((place, place + len(words)))
    return found


def _near(shown: str, words: str, start: int, reach: int = 12) -> int | None:
    """The place of the words nearest to where they are expected; None: not there."""
    left = max(0, start - reach)
    window = shown[left : start + reach + len(words)]
    places = []
    place = window.find(words)
    while place >= 0:
        places.append(left + place)
        place = window.find(words, place + 1)
    return min(places, key=lambda place: abs(place - start), default=None)
