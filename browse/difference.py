"""What changed between two wordings, paragraph by paragraph and character by character."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from diff_match_patch import diff_match_patch

Change = Literal["same", "added", "removed"]

_SECONDS = 0.3  # after which the rest is compared roughly
_LONGEST = 300_000  # characters of each wording that are compared
_NAMES: dict[int, Change] = {0: "same", 1: "added", -1: "removed"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a paragraph and what became of them."""

    change: Change
    text: str


Paragraph = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """The newer wording with what was removed still in it; ``None`` stands for paragraphs left out.

    ``added`` and ``removed`` are in characters. ``whole`` is false where the wordings were too
    long to be compared to their ends.
    """

    paragraphs: tuple[Paragraph | int, ...]
    added: int
    removed: int
    whole: bool

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not (self.added or self.removed)


def compare(old: str, new: str) -> Difference:
    """The difference of two texts whose lines are paragraphs."""
    whole = len(old) <= _LONGEST and len(new) <= _LONGEST
    engine = diff_match_patch()
    engine.Diff_Timeout = _SECONDS
    found = engine.diff_main(old[:_LONGEST], new[:_LONGEST])
    engine.diff_cleanupSemantic(found)  # whole words, not the characters they happen to share
    paragraphs = list(_paragraphs(found))
    return Difference(
        tuple(_folded(paragraphs)),
        sum(len(text) for code, text in found if code == 1),
        sum(len(text) for code, text in found if code == -1),
        whole,
    )


def _paragraphs(found: list[tuple[int, str]]) -> Iterator[Paragraph]:
    """The pieces by paragraphs; a paragraph that was removed or put in stands by itself."""
    current: list[Piece] = []
    for code, text in found:
        first, *more = text.split("\n")
        if first:
            current.append(Piece(_NAMES[code], first))
        for line in more:
            if current:
                yield tuple(current)
            current = [Piece(_NAMES[code], line)] if line else []
    if current:
        yield tuple(current)


def _folded(paragraphs: list[Paragraph], around: int = 1) -> Iterator[Paragraph | int]:
    """Long stretches without a change as their number of paragraphs."""
    changed = [any(piece.change != "same" for piece in p) for p in paragraphs]
    near = [
        any(changed[max(0, place - around) : place + around + 1])
        for place in range(len(paragraphs))
    ]
    left_out = 0
    for paragraph, shown in zip(paragraphs, near, strict=True):
        if shown:
            if left_out:
                yield left_out
            left_out = 0
            yield paragraph
        else:
            left_out += 1
    if left_out:
        yield left_out
