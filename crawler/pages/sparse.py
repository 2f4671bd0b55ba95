"""Articles with hardly any text (a file, a picture, one line): found by their by-line."""

from __future__ import annotations

from . import byline, furniture, titles, trimming, zone
from .outline import Outline
from .page import Page

_REACH = 600  # lines of a page in which its by-line stands
_ENOUGH = 3.0  # how telling a row must be


def find(page: Page, made: Outline, title: titles.Title) -> tuple[titles.Title, int, int]:
    """Title, and the range of lines under the most telling row; an empty range where none is."""
    row, worth = -1, 0.0
    for at, line in enumerate(made.lines[:_REACH]):
        if line.image is not None or line.size > 200 or line.linked * 2 > line.size:
            continue
        told = _telling(line.raw)
        if 0 <= title.line < at <= title.line + 6:
            told *= 1.5
        if told > worth:
            row, worth = at, told
    if worth < _ENOUGH:
        stop = title.line + 1 if title.line >= 0 else len(made.lines)
        return title, stop, _end(made, stop) if title.sure else stop
    if not title.sure:
        title = titles.find(page, made, (row + 1, row + 2))
    first = row + 1
    while first < min(len(made.lines), row + 12) and zone.matter(made, first, title):
        first += 1
    return title, first, _end(made, first)


def _telling(raw: str) -> float:
    row = byline.read(raw)
    said = sum(bool(getattr(row, name)) for name in ("outlet", "author", "editor", "read_count"))
    dated = 2.0 if row.published else 1.5 if row.bare else 0.0
    return dated + said + 0.3 * min(row.marks, 4) if dated else 0.0


def _end(made: Outline, first: int) -> int:
    """Down to the first line that is the page's and not the article's."""
    last = first
    for at in range(first, len(made.lines)):
        line = made.lines[at]
        raw = line.raw
        if line.image is None and (furniture.tail(raw) or furniture.rights(raw)):
            break
        last = at + 1
    return trimming.trimmed(made, first, last)[1]
