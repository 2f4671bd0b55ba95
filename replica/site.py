"""Site: what every host of the replica web has in common: columns, articles, truth, answers."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Any, ClassVar, Protocol
from urllib.parse import urljoin, urlsplit, urlunsplit

from starlette.responses import HTMLResponse, Response

from . import files
from .ask import Ask
from .column import Column, Entry, picked
from .files import suffix
from .rendering import render
from .text import Piece, Text

__all__ = ["Ask", "Column", "Entry", "Neighbours", "Site"]

COMMON = {"rows": 0}  # switches of every site; rows of a listing page, 0: the site's own
_MEMBERS = "<html><head><meta charset=utf-8></head><body>您没有权限查看，请先登录</body></html>"
ROBOTS = "User-agent: *\nDisallow: /admin/\nDisallow: /search\n"


class Neighbours(Protocol):
    """The web around a site."""

    connections: Any

    def site(self, host: str) -> Site:
        """Another site."""


class Site:
    """One host. Subclasses say how addresses look and what ``page`` answers to them."""

    host: ClassVar[str]
    names: ClassVar[tuple[str, ...]] = ()  # further host names it answers for
    templates: ClassVar[str] = ""  # folder of templates/; default: the first part of the host
    encoding: ClassVar[str] = "utf-8"
    columns: ClassVar[tuple[Column, ...]] = ()
    switches: ClassVar[Mapping[str, Any]] = {}
    numbers: ClassVar[tuple[int, int]] = (401, 7)  # first article number, step
    lag: ClassVar[int] = 0  # a reprint comes up to so many days later
    shows: ClassVar[tuple[str, ...]] = ("outlet",)  # which of the text's fields pages show
    robots: ClassVar[str | None] = ROBOTS

    def __init__(self, texts: Sequence[Text], web: Neighbours) -> None:
        self.web = web
        self.on: dict[str, Any] = {**COMMON, **self.switches}
        self.entries: list[Entry] = []
        for column in self.columns:
            self.entries += [self._entry(text, column) for text in picked(texts, column)]
        self.entries.sort(key=lambda entry: (entry.date, entry.text.id))
        for rank, entry in enumerate(self.entries):
            entry.number = self.numbers[0] + rank * self.numbers[1]

    # what subclasses say

    def address(self, entry: Entry) -> str:
        """Path (and query) of an article, as its listing links it, made absolute."""
        raise NotImplementedError

    def page(self, ask: Ask) -> Response | None:
        """The answer to a request; None: there is no such page."""
        raise NotImplementedError

    def picture(self, entry: Entry, index: int) -> str:
        """The link of a picture as the article page writes it."""
        kind = suffix(entry.text.images[index])
        return f"/uploadfile/{entry.day[:7]}/{entry.number}{index}.{kind}"

    def file(self, entry: Entry, index: int) -> str:
        """The link of an attachment as the article page writes it."""
        kind = suffix(entry.text.attachments[index])
        return f"/uploadfile/{entry.day[:7]}/{entry.number}f{index}.{kind}"

    def twins(self, entry: Entry) -> list[str]:
        """Other addresses of the same article."""
        return []

    # answering

    async def answer(self, ask: Ask) -> Response:
        """robots.txt, then pages, then files, then the site's own word for nothing."""
        if ask.path == "/robots.txt" and self.robots is not None:
            return Response(self.robots, media_type="text/plain")
        answer = self.page(ask) or self.served_file(ask)
        if answer and any(e.state == "restricted" and self._is_at(e, ask) for e in self.entries):
            answer = self.closed()
        return answer or self.missing(ask)

    def closed(self) -> Response:
        """What the site says to who may not read an article."""
        return HTMLResponse(_MEMBERS)

    def missing(self, ask: Ask) -> Response:
        """What the site says where there is nothing."""
        return HTMLResponse("<html><body><h1>404 Not Found</h1></body></html>", 404)

    def html(
        self,
        template: str,
        encoding: str = "",
        headers: Mapping[str, str] | None = None,
        **words: Any,
    ) -> Response:
        """A page of templates/<first part of the host>/, in the site's encoding.

        The Content-Type names no charset unless ``headers`` brings another.
        """
        folder = self.templates or self.host.partition(".")[0]
        text = render(f"{folder}/{template}", site=self, **words)
        body = text.encode(encoding or self.encoding, "xmlcharrefreplace")
        return Response(body, headers={"content-type": "text/html", **(headers or {})})

    def conditional(self, ask: Ask, answer: Response) -> Response:
        """The answer with an ETag, or 304 where the asker has it already."""
        tag = f'"{zlib.crc32(bytes(answer.body)):08x}"'
        if ask.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"etag": tag})
        answer.headers["etag"] = tag
        return answer

    def served_file(self, ask: Ask) -> Response | None:
        """A picture or an attachment of an article that is shown."""
        for entry in self.shown():
            base = self.url(entry)
            for names, link in (
                (entry.text.images, self.picture),
                (entry.text.attachments, self.file),
            ):
                for index, name in enumerate(names):
                    if _target(urljoin(base, link(entry, index))) == ask.target:
                        return Response(files.content(name), media_type=files.media_type(name))
        return None

    def drawn(self, entry: Entry, page: int | None = None) -> list[tuple[Piece, str]]:
        """The pieces of one page of an article, or of all, each picture with its link."""
        index, made = 0, []
        for number, pieces in enumerate(entry.text.pages):
            for piece in pieces:
                picture = piece.kind == "image"
                if page in (None, number):
                    made.append((piece, self.picture(entry, index) if picture else ""))
                index += picture
        return made

    # listings

    def shown(self, column: Column | None = None) -> list[Entry]:
        """What a listing names, newest first."""
        chosen = (e for e in self.entries if e.state != "gone" and column in (None, e.column))
        return sorted(chosen, key=lambda entry: (entry.day, entry.number), reverse=True)

    def listed(self, column: Column, number: int) -> list[Entry]:
        """The rows of the listing's page, counted from 1; past the end nothing."""
        rows = self.rows(column)
        return self.shown(column)[(number - 1) * rows : number * rows]

    def rows(self, column: Column) -> int:
        """How many rows a page of the listing has."""
        return int(self.on["rows"]) or column.rows

    def last(self, column: Column) -> int:
        """The number of listing pages."""
        return max(1, -(-len(self.shown(column)) // self.rows(column)))

    def numbered(self, number: int | str) -> Entry | None:
        """The article with this number, unless it is gone."""
        return next(
            (e for e in self.entries if str(e.number) == str(number) and e.state != "gone"), None
        )

    def at(self, target: str) -> Entry | None:
        """The article at this path, unless it is gone."""
        return next(
            (e for e in self.entries if e.state != "gone" and self.address(e) == target), None
        )

    # what tests do to a site

    def switch(self, name: str, value: Any) -> None:
        """Turns a quirk on or off; KeyError names the nearest that exists."""
        if name not in self.on:
            near = get_close_matches(name, self.on, n=1, cutoff=0)
            raise KeyError(f"{self.host} has no switch {name}" + (f"; {near[0]}?" if near else ""))
        self.on[name] = value

    def publish(self, text: Text, column: str = "", **words: Any) -> Entry:
        """Puts a new article into a column (by name; default: the first)."""
        place = next((c for c in self.columns if c.name == column), self.columns[0])
        number = max((e.number for e in self.entries), default=0) + self.numbers[1]
        entry = Entry(text, place, number, text.date, words=dict(words))
        self.entries.append(entry)
        return entry

    def held(self, id_: str) -> Entry:
        """The entry of a text; KeyError where the site has none."""
        for entry in self.entries:
            if entry.text.id == id_:
                return entry
        raise KeyError(f"{self.host} has no article {id_}")

    # what tests compare with

    def url(self, entry: Entry) -> str:
        """The full address of an article."""
        return urljoin(f"http://{self.host}/", self.address(entry))

    def fact(self, entry: Entry, **own: Any) -> dict[str, Any]:
        """What a perfect reader finds on the page of an article."""
        text, url = entry.text, self.url(entry)
        shown = {
            name: getattr(text, name) if name in self.shows else ""
            for name in ("kicker", "subtitle", "outlet", "author", "editor")
        }
        return {
            "id": text.id,
            "source": entry.column.source,
            "listed_by": [entry.column.source],
            "url": url,
            "twins": self.twins(entry),
            "state": entry.state,
            "title": text.title,
            **shown,
            "date": entry.date.replace(" ", "T"),
            "column": entry.column.name,
            "body_kind": text.body_kind,
            "paragraphs": text.paragraphs,
            "document": dict(text.document) if "document" in self.shows else {},
            "images": [
                {"url": urljoin(url, self.picture(entry, i)), "name": name}
                for i, name in enumerate(text.images)
            ],
            "attachments": [
                {"url": urljoin(url, self.file(entry, i)), "name": name, "type": suffix(name)}
                for i, name in enumerate(text.attachments)
            ],
            **own,
        }

    def truth(self) -> list[dict[str, Any]]:
        """The facts of everything the listings name, newest first."""
        return [self.fact(entry) for entry in self.shown()]

    def _is_at(self, entry: Entry, ask: Ask) -> bool:
        return _target(self.url(entry)) == ask.target

    def _entry(self, text: Text, column: Column) -> Entry:
        days = zlib.crc32(f"{self.host}{text.id}".encode()) % (self.lag + 1)
        later = date.fromisoformat(text.day) + timedelta(days)
        return Entry(text, column, 0, later.isoformat() + text.date[10:])


def _target(url: str) -> str:
    """Path and query of an address, as a request line has them."""
    return urlunsplit(("", "", *urlsplit(url)[2:4], ""))
