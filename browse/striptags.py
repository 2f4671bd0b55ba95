"""The text of a raw page, read in one pass: no tree is built, so no page can make it slow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

from w3lib.encoding import html_to_unicode

# Elements whose contents are no text.
_SILENT = ("script", "style", "template", "noscript", "svg", "math", "iframe", "object", "head")
_INLINE_NAMES = """
    a abbr b big bdi bdo cite code em font i ins kbd mark q s small span strong sub sup tt u wbr
    rb rt rp ruby
"""
_INLINE = frozenset(_INLINE_NAMES.split())
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]*)")
_SMALL = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_EDGE = re.compile(r"[>\"']")


def text_of(body: bytes, content_type: str) -> list[str]:
    """The lines of a page as a reader would see them; characters as the page or its server says."""
    _, page = html_to_unicode(content_type, body)
    text = unescape("".join(_pieces(page)))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return [line for line in lines if line]


def _pieces(page: str) -> Iterator[str]:
    """Text and line ends, in order."""
    lower = page.lower()
    if len(lower) != len(page):  # a few letters grow
        lower = page.translate(_SMALL)
    nowhere: set[str] = set()  # what was looked for once and does not come any more

    def find(what: str, start: int) -> int:
        place = -1 if what in nowhere else lower.find(what, start)
        if place < 0:
            nowhere.add(what)
        return place

    place = 0
    while place < len(page):
        start = find("<", place)
        if start < 0:
            break
        yield page[place:start]
        if lower.startswith("<!--", start):
            end = find("-->", start + 4)
            place = end + 3 if end >= 0 else len(page)
            continue
        name = _NAME.match(lower, start + 1)
        if not name and not lower.startswith(("<!", "<?"), start):
            yield "<"
            place = start + 1
            continue
        place = _end_of_tag(lower, start + 1, find)
        if name and name[1] in _SILENT and not name[0].startswith("/"):
            end = find(f"</{name[1]}", place)
            place = _end_of_tag(lower, end + 2, find) if end >= 0 else place
        elif not name or name[1] not in _INLINE:
            yield "\n"
    yield page[place:]


def _end_of_tag(lower: str, start: int, find: Callable[[str, int], int]) -> int:
    """Where a tag ends: after the first > outside of quotes."""
    place = start
    while found := _EDGE.search(lower, place):
        if found[0] == ">":
            return found.end()
        close = find(found[0], found.end())
        place = close + 1 if close >= 0 else found.end()
    return len(lower)
