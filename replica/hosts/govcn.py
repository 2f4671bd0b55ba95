"""govcn.test: the central government's portal: two article templates, a JSON feed, a Big5 gate."""

from __future__ import annotations

import functools
import json
import re
from typing import Any, ClassVar

import opencc
from starlette.responses import JSONResponse, Response

from ..site import Ask, Column, Entry, Site

_GATE = "/gate/big5/"


class Govcn(Site):
    """Listings count from home_0; the newest policies stand in one JSON array."""

    host = "govcn.test"
    names = ("www.govcn.test", "big5.govcn.test", "sousuo.govcn.test")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("/lianbo/bumen/", "部门动态", "govcn-bumen", first=25, count=44),
        Column("/zhengce/zuixin/", "最新政策", "govcn-zuixin", "policy", first=7, count=16),
    )
    switches: ClassVar[dict[str, Any]] = {"feed": True}  # the JSON array exists
    numbers = (6900101, 53)
    lag = 3
    shows = ("outlet", "editor", "document")

    def address(self, entry: Entry) -> str:
        """Documents under content/, news beside them."""
        month = entry.compact[:6]
        if entry.column.id == "/zhengce/zuixin/":
            return f"/zhengce/content/{month}/content_{entry.number}.htm"
        return f"{entry.column.id}{month}/content_{entry.number}.htm"

    def twins(self, entry: Entry) -> list[str]:
        """With www, and through the gate in Traditional."""
        path = self.address(entry)
        return [f"http://www.govcn.test{path}", f"http://big5.govcn.test{_GATE}govcn.test{path}"]

    def picture(self, entry: Entry, index: int) -> str:
        """Beside the article, by its number."""
        suffix = entry.text.images[index].rpartition(".")[2]
        return f"{entry.number}/images/{entry.mark()}{index}.{suffix}"

    def file(self, entry: Entry, index: int) -> str:
        """The same for files."""
        suffix = entry.text.attachments[index].rpartition(".")[2]
        return f"{entry.number}/files/{entry.mark()}{index}.{suffix}"

    def page(self, ask: Ask) -> Response | None:
        """The gate's own pages, the search service, listings, the feed, articles."""
        if ask.host == "big5.govcn.test":
            return self._through_gate(ask)
        if ask.host == "sousuo.govcn.test":
            return self._search(ask) if ask.path == "/search-gov/data" else None
        for column in self.columns:
            if ask.path.startswith(column.id):
                found = re.fullmatch(r"(?:index\.htm|home_(\d+)\.htm)?", ask.path[len(column.id) :])
                number = int(found[1] or 0) + 1 if found else 0
                if 0 < number <= self.last(column):
                    return self._listing(column, number)
        if ask.path == "/zhengce/zuixin/ZUIXINZHENGCE.json" and self.on["feed"]:
            return self._feed()
        entry = self.at(ask.path)
        if entry is None:
            return None
        template = "document.html" if entry.column.id == "/zhengce/zuixin/" else "news.html"
        return self.html(template, entry=entry, drawn=self.drawn(entry))

    def fact(self, entry: Entry, **own: Any) -> dict[str, Any]:
        """firstpublishedtime has the time, to the second."""
        minute = "10:59" if entry.column is self.columns[1] else f"08:{entry.number % 60:02d}"
        return super().fact(entry, date=f"{entry.day}T{minute}", **own)

    def _listing(self, column: Column, number: int) -> Response:
        by_script = column.id == "/zhengce/zuixin/" and self.on["feed"]
        return self.html("list.html", column=column, number=number, by_script=by_script)

    def _feed(self) -> Response:
        rows = [
            {
                "TITLE": entry.text.title,
                "SUB_TITLE": "",
                "URL": f"http://{self.host}{self.address(entry)}",
                "DOCRELPUBTIME": entry.day,
            }
            for entry in self.shown(self.columns[1])
        ]
        return Response(json.dumps(rows, ensure_ascii=False), media_type="application/json")

    def _search(self, ask: Ask) -> Response:
        entries, size = self.shown(self.columns[1]), max(int(ask.query.get("n") or 5), 1)
        number = max(int(ask.query.get("p") or 1), 1)
        found = [
            {
                "title": entry.text.title.replace("物业", "<em>物业</em>"),
                "url": self.url(entry),
                "pcode": dict(entry.text.document).get("发文字号", ""),
                "puborg": entry.text.outlet,
                "pubtimeStr": entry.day.replace("-", "."),
            }
            for entry in entries[(number - 1) * size : number * size]
        ]
        told = {"totalCount": len(entries), "totalpage": -(-len(entries) // size), "listVO": found}
        return JSONResponse({"code": 200, "searchVO": told})

    def _through_gate(self, ask: Ask) -> Response | None:
        """The page behind /gate/big5/host/…, converted, its links leading through the gate."""
        if not ask.path.startswith(_GATE):
            return None
        host, _, path = ask.path.removeprefix(_GATE).partition("/")
        if host not in (self.host, "www.govcn.test"):
            return None
        answer = self.page(Ask("GET", self.host, f"/{path}", f"/{path}"))
        if answer is None:
            return None
        text = _traditional().convert(bytes(answer.body).decode())
        text = re.sub(r'href="(/[^"]*)"', rf'href="{_GATE}{host}\1"', text)
        return Response(text, headers={"content-type": "text/html; charset=utf-8"})


@functools.cache
def _traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")
