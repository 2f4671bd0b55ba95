"""Pieces of markup met inside scripts, JSON and CDATA, read as tolerantly as they are written."""

from __future__ import annotations

from itertools import islice

from bs4 import BeautifulSoup
from lxml import etree
from lxml.html import soupparser

from .outline import outline
from .parsing import Element, parse

_LARGE = 200_000  # characters; BeautifulSoup keeps a kilobyte for every tag


def fragment(markup: str) -> Element:
    """A piece of markup as an element. Raises PageError where it holds nothing."""
    if len(markup) <= _LARGE:
        try:
            root: Element = soupparser.fromstring(f"<div>{markup}</div>", features="lxml")
            return root
        except (RecursionError, ValueError, IndexError, AssertionError):
            pass
    return parse(f"<div>{markup}</div>")


def text_of(element: Element, *, marks: bool = False) -> str:
    """The text of an element as a reader sees it; its lines are joined by newlines.

    With ``marks`` it is left as it stands, with SOFT where inline elements meet.
    """
    if not len(element) and not marks:
        return " ".join((element.text or "").split()) if isinstance(element.tag, str) else ""
    lines = outline(element, hidden=True).lines
    return "\n".join(line.raw if marks else line.text for line in lines if line.size)


def opening(element: Element, most: int) -> str:
    """The first ``most`` signs of an element's text, however much it holds."""
    pieces: list[str] = []
    size = 0
    for piece in islice(element.itertext(), most):
        pieces.append(str(piece))
        size += len(pieces[-1].strip())
        if size > most:
            break
    return " ".join("".join(pieces).split())


def plain_text(markup: str) -> str:
    """The text of a piece of markup on one line; text without markup comes back as it is."""
    if "<" not in markup and "&" not in markup:
        return " ".join(markup.split())
    return " ".join(BeautifulSoup(markup[:_LARGE], "html.parser").get_text().split())


def string_value(value: object) -> str:
    """A member of a JSON document as text."""
    if isinstance(value, etree._Element):
        return text_of(value)
    return "" if value is None or isinstance(value, bool | dict | list) else str(value)
