"""What stands in the body's box and is not the article: tails, tools, pagers, lists of links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from . import furniture
from .labels import fold
from .outline import Line, Outline

_FILE_HEADING = re.compile(r"^(?:相关|本文)?附件(?:下载|列表|文件)\s*[:：]?$|^相关附件\s*[:：]?$")
_FILE_LABEL = re.compile(
    r"^(?:(?:相关)?附[件表]\s*\d*\s*[：:、.．]?\s*)?(?:\d{1,2}\s*[、.．]\s*)?|[\s(（【\[]*(?:点击)?下载[)）】\]]?$"
)
_CREDITS = 5  # last lines of a body, among which its editors may be named
_LITTLE = 60  # signs under the editors' names that are nothing of the article


def trimmed(made: Outline, first: int, last: int) -> tuple[int, int]:
    """The range without tails: editors, tools, related links, pagers, rights."""
    lines = made.lines
    total = sum(line.size - line.linked for line in lines[first:last])
    read = 0
    for at in range(first, last):
        line = lines[at]
        if at > first and line.image is None and line.size <= 400 and furniture.tail(line.raw):
            rest = total - read
            if rest <= 0.3 * total or (read >= 80 and rest <= 0.6 * total and line.size <= 80):
                last = at
                break
        read += line.size - line.linked
    while last > first and _idle(lines[last - 1]):
        last -= 1
    for at in range(max(first + 1, last - _CREDITS), last):
        rest = sum(line.size for line in lines[at + 1 : last])
        if rest <= _LITTLE and lines[at].image is None and furniture.credit(lines[at].raw):
            return first, at
    return first, last


def without_lists(lines: Sequence[Line]) -> list[Line]:
    """Lines without lists of links that float in the text, and their headings.

    Where links are most of what there is, they are the content and stay.
    """
    linked = sum(line.size for line in lines if _link(line))
    if linked == 0 or linked * 2 > sum(line.size for line in lines):
        return list(lines)
    kept: list[Line] = []
    for is_link, group in groupby(lines, key=_link):
        run = list(group)
        if is_link and sum(line.image is None for line in run) >= 3:
            while kept and kept[-1].image is None and furniture.tail(kept[-1].raw):
                kept.pop()
        else:
            kept += run
    return kept


def _link(line: Line) -> bool:
    """Whether a line is a link and nothing else, a picture that is one included."""
    return line.linked > 0 and line.linked * 10 >= line.size * 8 and line.cell is None


def _idle(line: Line) -> bool:
    """Whether a last line says nothing: tools, pagers, credits, links."""
    if line.image is not None:
        return False
    raw = line.raw
    return (
        furniture.credit(raw)
        or _pager(line)
        or furniture.paper(raw)
        or furniture.ending(raw)
        or furniture.tail(raw)
        or furniture.counter(raw)
        or (line.size < 200 and furniture.rights(raw))
    )


def readable(lines: Sequence[Line], files: Iterable[str] = ()) -> list[Line]:
    """Lines without pagers, lists of links and the names of ``files`` that are linked there."""
    named = {_file_key(name) for name in files}
    return [
        line
        for line in _without_numbers(without_lists(lines))
        if not (named and _names_file(line, named))
    ]


def _names_file(line: Line, named: set[str]) -> bool:
    if line.image is not None:
        return False
    if _FILE_HEADING.match(fold(line.text)):
        return True
    return line.linked > 0 and _file_key(line.text) in named


def _file_key(text: str) -> str:
    return "".join(char for char in _FILE_LABEL.sub("", fold(text)) if char.isalnum())


def _without_numbers(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.image is not None or not _pager(line)]


def _pager(line: Line) -> bool:
    """Whether a line is a pager; a bare number without a link is a number."""
    return furniture.numbers(line.raw) and (line.linked > 0 or "页" in fold(line.raw))
