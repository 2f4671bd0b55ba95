"""odd.test: pages whose text is elsewhere, feeds, and a calendar without end."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any, ClassVar
from urllib.parse import urljoin

from starlette.responses import Response

from ..files import content
from ..site import Ask, Column, Entry, Site

# How the pages of the column are made, one after the other; "" is a plain page.
KINDS = ("", "iframe", "pdf", "video", "redirect", "refresh", "base", "markup", "", "unlabelled")
_LATEST = date(2026, 11, 20)  # the calendar's last day with a link to it


class Odd(Site):
    """One listing of oddities, RSS, Atom and a site map of a second column, a date roll."""

    host = "odd.test"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("/zh/", "综合信息", "odd", first=30, count=10, rows=20),
        Column("/feed/", "行业快讯", "odd-rss", first=48, count=24, rows=24),
    )
    switches: ClassVar[dict[str, Any]] = {"floor": "2026-11-11"}  # no rows on earlier days
    numbers = (701, 1)

    def address(self, entry: Entry) -> str:
        """By number, in the column's folder."""
        return f"{entry.column.id}{entry.number}.html"

    def kind(self, entry: Entry) -> str:
        """Which oddity a page has."""
        if entry.column.id != "/zh/":
            return ""
        place = [e for e in self.entries if e.column == entry.column].index(entry)
        return KINDS[place % len(KINDS)]

    def page(self, ask: Ask) -> Response | None:
        """Frames at the root, listings, feeds, the date roll, articles and their frames."""
        simple = {
            "/": "frames.html",
            "/top.html": "top.html",
            "/rss.xml": "rss.xml",
            "/atom.xml": "atom.xml",
            "/sitemap.xml": "sitemap.xml",
        }
        if ask.path in simple:
            return self._feed(simple[ask.path])
        if ask.path in ("/main.html", "/zh/", "/zh/index.html"):
            return self.html("list.html", column=self.columns[0])
        rolled = re.fullmatch(r"/scroll/(\d{4})/(\d{2})(\d{2})/news\.shtml", ask.path)
        if rolled:
            return self._roll(date(*map(int, rolled.groups())))
        framed = re.fullmatch(r"/frame/(\d+)\.html", ask.path)
        entry = self.numbered(framed[1]) if framed else self.at(ask.path)
        if entry is None:
            return None
        if framed:
            return self.html("framed.html", entry=entry, drawn=self.drawn(entry))
        return self.html(
            "article.html", entry=entry, drawn=self.drawn(entry), kind=self.kind(entry)
        )

    def served_file(self, ask: Ask) -> Response | None:
        """The papers behind the viewer, too."""
        if re.fullmatch(r"/papers/\d+\.pdf", ask.path):
            return Response(content(ask.path), media_type="application/pdf")
        return super().served_file(ask)

    def fact(self, entry: Entry, **own: Any) -> dict[str, Any]:
        """``oddity`` names what is odd, ``frame`` the page in which the text stands."""
        told = super().fact(entry, date=entry.day, oddity=self.kind(entry))
        kind, url = told["oddity"], told["url"]
        if kind == "pdf":
            paper = urljoin(url, f"/papers/{entry.number}.pdf")
            told |= {"body_kind": "attachment", "paragraphs": [], "images": []}
            told["attachments"] = [{"url": paper, "name": "", "type": "pdf"}]
        elif kind == "video":
            told |= {"body_kind": "video", "paragraphs": [], "images": []}
        elif kind in ("redirect", "refresh"):
            told |= {"body_kind": "external", "paragraphs": ["页面正在跳转……"], "images": []}
        elif kind == "iframe":
            told["frame"] = urljoin(url, f"/frame/{entry.number}.html")
        elif kind == "unlabelled":
            told |= {"outlet": ""}
        return {**told, **own}

    def _feed(self, template: str) -> Response:
        answer = self.html(template, column=self.columns[1])
        if template.endswith(".xml"):
            answer.headers["content-type"] = "application/xml; charset=utf-8"
        return answer

    def _roll(self, day: date) -> Response:
        """A day's rows, if any, and a link to the day before, for ever."""
        shown = self.shown(self.columns[1])
        floor = date.fromisoformat(self.on["floor"])
        place = (_LATEST - day).days * 2
        rows = shown[place : place + 2] if floor <= day <= _LATEST else []
        return self.html("roll.html", day=day, before=day - timedelta(1), rows=rows)
