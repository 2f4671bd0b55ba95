"""Decides for a whole document whether it is damaged and how; a single annotation proves nothing.

People write pinyin in parentheses too: in dictionaries, lessons, place names, lists of surnames.
What tells a machine is that it annotates only converted characters, always with the one reading of
its table, frequent words that nobody explains, in the middle of running sentences, and each
character every time (family A); or any characters, frequent ones as well, without tones, at every
occurrence in a line and several times in a row (family B).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from . import notation
from .evidence import CUT, Evidence, evidence_toned, evidence_toneless, with_cuts
from .wreck import is_wreck

Verdict = Literal["A", "B", "AB", "unsure", "wreck"]

_TONELESS = re.compile(r"[\u4e00-\u9fff]\([a-zü]{1,6}\)")
_WINDOW = 60_000  # characters that are judged together
_MANY_REPEATED = 6  # nobody writes a reading twice in a row so often


def verdict(text: str) -> Verdict | None:
    """The family of damage; "unsure" where there are too few annotations to tell; None: none."""
    found_a = found_b = None
    for window in _windows(text, notation.TONE):
        found_a = judge_toned(evidence_toned(window)) or found_a
        if found_a == "A":
            break
    if found_a != "A" and "?" in text and len(CUT.findall(text)) >= (1 if found_a else 2):
        seen = evidence_toned(text[:_WINDOW]) if found_a else Evidence()
        found_a = judge_toned(with_cuts(seen, text)) or found_a
    for window in _windows(text, _TONELESS) if "(" in text else ():
        found_b = judge_toneless(evidence_toneless(window)) or found_b
        if found_b == "B":
            break
    if found_a == "A" and found_b == "B":
        return "AB"
    if found_a == "A" or found_b == "B":
        return "A" if found_a == "A" else "B"
    if is_wreck(text):
        return "wreck"
    return "unsure" if "unsure" in (found_a, found_b) else None


def judge_toned(seen: Evidence) -> Verdict | None:
    """Family A or not, by the evidence."""
    weight = seen.fitting + 2 * seen.broken
    if not weight or seen.fitting + seen.broken < 9 * seen.other:
        return None
    if seen.broken:
        if weight >= 3 and (not seen.fitting or seen.constant >= 0.3):
            return "A"
        return "unsure"
    if seen.constant < 0.5 or (seen.proper and (seen.other or seen.fitting < 25)):
        return None
    if seen.fitting >= 3 and seen.distinct >= 2:
        expected = seen.known >= 0.6 or (
            seen.known >= 0.25 and seen.distinct >= 12 and not seen.other
        )
        clear = not seen.other and (
            seen.fitting >= 8 or (seen.known == 1.0 and seen.constant > 0.8)
        )
        if expected and seen.running >= (0.3 if clear else 0.5):
            return "A"
        return "unsure" if seen.known >= 0.6 and seen.running >= 0.3 else None
    return "unsure" if seen.known == 1.0 and seen.running == 1.0 and not seen.other else None


def judge_toneless(seen: Evidence) -> Verdict | None:
    """Family B or not, by the evidence."""
    if not seen.fitting or seen.fitting < 9 * seen.other:
        return None
    # A line may hold several text nodes of the page, each annotated on its own.
    certain = seen.repeated >= _MANY_REPEATED and not seen.other
    if seen.constant < (0.4 if certain else 0.8):
        return None
    if seen.repeated >= 2 and seen.distinct >= 3 and seen.running >= 0.4:
        return "B"
    if (
        seen.fitting >= 6
        and seen.distinct >= 5
        and seen.known >= 0.4
        and seen.running >= 0.6
        and seen.density < 0.8
        and seen.traditional > 0.08
        and not seen.proper
    ):
        return "B"
    return "unsure" if seen.repeated else None


def _windows(text: str, sign: re.Pattern[str]) -> Iterator[str]:
    """Long pieces of the text, each from a place on where there is a sign of damage."""
    at = 0
    while (found := sign.search(text, at)) is not None:
        start = max(at, text.rfind("\n", at, found.start()) + 1, found.start() - _WINDOW)
        at = start + _WINDOW
        yield text[start:at]
