"""near.test: shortened reprints of what stands on people.test, assoc.test and mirror.test alike."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from starlette.responses import Response

from ..site import Ask, Column, Entry, Site
from ..text import Piece, Text

_PLACES = ("people.test", "assoc.test", "mirror.test")


class Near(Site):
    """A fifth of the paragraphs is gone, the title is cut, the date later, the outlet the first.

    With the other three hosts it makes the triangle of reprints: the original, a reprint with
    another date, a damaged Traditional mirror, and this near copy.
    """

    host = "near.test"
    templates = "edge"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("/list/", "他山之石", "near", count=0, rows=40),
    )
    numbers = (901, 1)

    def __init__(self, texts: Any, web: Any) -> None:
        super().__init__(texts, web)
        held = [{entry.text.id for entry in web.site(place).shown()} for place in _PLACES]
        everywhere = set.intersection(*held)
        for entry in web.site("people.test").shown():
            if entry.text.id in everywhere:
                number = self.numbers[0] + len(self.entries)
                text = _shortened(entry.text)
                self.entries.append(Entry(text, self.columns[0], number, _later(entry.day)))

    def address(self, entry: Entry) -> str:
        """The plainest there is."""
        return f"/article/{entry.compact}/{entry.number}.html"

    def page(self, ask: Ask) -> Response | None:
        """One listing, plain articles."""
        if ask.path in ("/", "/list/"):
            return self.html("list.html", column=self.columns[0], extra=())
        entry = self.at(ask.path)
        return self.html("article.html", entry=entry, drawn=self.drawn(entry)) if entry else None

    def fact(self, entry: Entry, **own: Any) -> dict[str, Any]:
        """``copies`` are the addresses of the same text on the other hosts."""
        copies = [site.url(site.held(entry.text.id)) for site in map(self.web.site, _PLACES)]
        return super().fact(entry, copies=copies, **own)


def _shortened(text: Text) -> Text:
    """Four fifths of the words, the tail cut away, the title without its place."""
    pieces: list[Piece] = []
    budget = sum(len(paragraph) for paragraph in text.paragraphs) * 0.8
    for piece in text.pieces:
        budget -= len(piece.plain)
        if budget < 0 and pieces:
            break
        pieces.append(piece)
    title = re.sub(r"^[^:：]{2,8}[:：]", "", text.title) or text.title
    return text.changed(pages=(tuple(pieces),), title=title, outlet="民生网")


def _later(day: str) -> str:
    """The second of the month after."""
    year, month = int(day[:4]), int(day[5:7])
    return f"{year + month // 12}-{month % 12 + 1:02d}-02"
