"""edge.test and its sub-domains: the same few plain pages behind every fault a site can have."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, ClassVar

from starlette.responses import RedirectResponse, Response

from ..faces import ARTICLES, EVERYTHING, ROBOTS, Face
from ..site import Ask, Column, Entry, Site


class Edge(Site):
    """edge.test itself is well; x.edge.test has the face x of faces.py.

    Faces of ARTICLES leave the listing and the newest article whole.
    """

    host = "edge.test"
    templates = "edge"
    face: ClassVar[str] = ""
    columns: ClassVar[tuple[Column, ...]] = (
        Column("/list/", "经验交流", "edge", first=20, count=6, rows=6),
    )
    switches: ClassVar[dict[str, Any]] = {
        "on": True,  # off: the face is laid aside and the site is well
        "seconds": 20.0,  # of slow and dripping answers
        "allowed": 5,  # requests a minute before burst refuses, index before it goes astray
        "retry_after": 2,  # seconds that burst and busy ask for
    }
    numbers = (101, 1)

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.asked: list[float] = []  # when, of the last minute
        self.busy: set[str] = set()  # addresses that were asked for once

    def address(self, entry: Entry) -> str:
        """The plainest there is."""
        return f"/article/{entry.compact}/{entry.number}.html"

    async def answer(self, ask: Ask) -> Response:
        """The face, where it has something to say, else the page."""
        now = time.monotonic()
        self.asked = [when for when in self.asked if now - when < 60] + [now]
        if self.on["on"]:
            shown = self._face(ask)
            if shown is not None:
                return shown
        return await super().answer(ask)

    def page(self, ask: Ask) -> Response | None:
        """A home page, one listing, plain articles."""
        if ask.path in ("/", "/index.html"):
            return self.html("home.html")
        if ask.path == "/list":
            return RedirectResponse("/list/", 301)
        if ask.path == "/list/":
            return self.html("list.html", column=self.columns[0], extra=())
        entry = self.at(ask.path)
        return self.plain(entry) if entry else None

    def plain(self, entry: Entry) -> Response:
        """The page of an article as it should be."""
        return self.html("article.html", entry=entry, drawn=self.drawn(entry))

    def _face(self, ask: Ask) -> Response | None:
        if ask.path == "/robots.txt":
            return self._made(ROBOTS, ask, self.shown()[0])
        entry = self.at(ask.path)
        newest = self.shown()[0]
        answer = self._made(EVERYTHING, ask, entry or newest)
        if answer is None and entry is not None and entry is not newest:
            answer = self._made(ARTICLES, ask, entry)
        return answer

    def _made(self, faces: Mapping[str, Face], ask: Ask, entry: Entry) -> Response | None:
        return faces[self.face](self, ask, entry) if self.face in faces else None


def _with_face(name: str) -> type[Edge]:
    return type(f"Edge_{name}", (Edge,), {"host": f"{name}.edge.test", "face": name})


FACES = tuple(map(_with_face, sorted({*EVERYTHING, *ARTICLES, *ROBOTS})))
