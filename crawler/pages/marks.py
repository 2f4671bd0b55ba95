"""Where in a row labels stand, with a colon behind them or without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import dates
from .labels import BLANK, LABELS, SOFT, label_before, label_itself
from .words import words

DATES = words("published updated signed in_force expires occasion")
_SLASHED = words("文 图 作者 编辑 记者 责编 来源 摄 撰文 责任编辑 图文")
_SPACED = re.compile(" *(来源|信息来源|文章来源|稿源|作者|责任编辑|责编) +(?=[^ ])")
_COUNT = re.compile(r"(?<![\d.:/-])\d[\d,]{0,9}(?![\d.:/-])")


@dataclass(frozen=True, slots=True)
class Mark:
    """A label: its field, where it begins, where its value begins, and how it is written."""

    field: str
    start: int
    end: int  # where the value begins
    label: str


def find(folded: str, every: list[dates.Dated]) -> list[Mark]:
    """The labels of a folded row, in order; ``every`` holds the row's dates."""
    found: dict[int, Mark] = {}

    def add(hit: tuple[str, int] | None, stop: int, end: int) -> None:
        if hit is None:
            return
        name, start = hit
        label = re.sub(rf"[ {BLANK}{SOFT}]", "", folded[start:stop])
        if start not in found or found[start].end < end:
            found[start] = Mark(name, start, end, label)

    for match in re.finditer("[:/]", folded):
        at = match.start()
        if folded[at - 1 : at].isdecimal() and folded[at + 1 : at + 2].isdecimal():
            continue
        hit = label_before(folded, at)
        if match[0] == "/" and (hit is None or folded[hit[1] : at].strip() not in _SLASHED):
            continue
        add(hit, at, at + 1)
    for start, end in _pieces(folded):
        name = label_itself(folded[start:end])
        if name:
            lead = len(folded[start:end]) - len(folded[start:end].lstrip(" \0\x1f【[·|•"))
            add((name, start + lead), end, end)
        else:
            spaced = _SPACED.match(folded[start:end])
            if spaced is not None:
                add(
                    (LABELS[spaced[1]], start + spaced.start(1)),
                    start + spaced.end(1),
                    start + spaced.end(),
                )
    for dated in every:
        add(_plain_label(folded, dated.start, DATES), dated.start, dated.start)
    for match in _COUNT.finditer(folded):
        add(_plain_label(folded, match.start(), {"read_count"}), match.start(), match.start())
    ordered = sorted(found.values(), key=lambda mark: mark.start)
    return [
        mark
        for mark, before in zip(ordered, [None, *ordered], strict=False)
        if before is None or mark.start >= before.end or mark.end > before.end + 1
    ]


def _plain_label(
    folded: str, before: int, fields: set[str] | frozenset[str]
) -> tuple[str, int] | None:
    """A label in front of a value without a colon between them."""
    stop = before
    while stop > 0 and folded[stop - 1] in " \0\x1f([【<":
        stop -= 1
    hit = label_before(folded, stop)
    if hit is None or hit[0] not in fields:
        return None
    word = re.sub(r"[ \0\x1f]", "", folded[hit[1] : stop])
    return hit if len(word) >= 2 and word in LABELS else None


def _pieces(folded: str) -> Iterator[tuple[int, int]]:
    """Pieces of a row as its elements and wide gaps part it."""
    start = 0
    for match in re.finditer(r"[\x1f\n|\t]+| {2,}", folded):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < len(folded):
        yield start, len(folded)
