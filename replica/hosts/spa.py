"""spa.test: a newspaper's application: __NEXT_DATA__ in the page, the rest by POST."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any, ClassVar

from starlette.responses import JSONResponse, Response

from ..rendering import render
from ..site import Ask, Column, Entry, Site

_API = "/contentapi/nodeCont/getByNodeIdPortal"
_CHINA = timezone(timedelta(hours=8))


class Spa(Site):
    """Without a script the page shows nothing; everything stands in JSON."""

    host = "spa.test"
    names = ("www.spa.test",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("25433", "社区界", "spa", first=15, count=38, rows=10),
    )
    switches: ClassVar[dict[str, Any]] = {"markup": True}  # the body stands in the page as well
    numbers = (26100001, 97)
    lag = 2
    shows = ("outlet", "author", "editor")

    def address(self, entry: Entry) -> str:
        """newsDetail_forward_ and the number."""
        return f"/newsDetail_forward_{entry.number}"

    def twins(self, entry: Entry) -> list[str]:
        """As telephones are sent to it."""
        return [f"http://www.spa.test/newsDetail_forward_{entry.number}?from=m"]

    def picture(self, entry: Entry, index: int) -> str:
        """On an image host's folder."""
        suffix = entry.text.images[index].rpartition(".")[2]
        return f"/image/{entry.number % 300}/{entry.number % 1000}/{index}.{suffix}"

    def page(self, ask: Ask) -> Response | None:
        """The column, its API, articles."""
        column = self.columns[0]
        if ask.path == f"/list_{column.id}":
            return self.html("list.html", column=column, data=self._state({"data": self._rows(1)}))
        if ask.path == _API and ask.method == "POST":
            number = max(int(ask.form.get("pageNum") or 1), 1)
            if ask.form.get("nodeId") != column.id:
                return JSONResponse({"code": 400, "desc": "参数错误", "data": None})
            return JSONResponse({"code": 200, "desc": "成功", "data": self._rows(number)})
        entry = self.at(ask.path)
        return self._article(entry) if entry else None

    def fact(self, entry: Entry, **own: Any) -> dict[str, Any]:
        """The minute is shown."""
        return super().fact(entry, date=_minute(entry).replace(" ", "T"), **own)

    def _rows(self, number: int) -> dict[str, Any]:
        column = self.columns[0]
        rows = [
            {
                "contId": str(entry.number),
                "name": entry.text.title,
                "pubTime": entry.day,
                "pubTimeLong": _milliseconds(entry),
                "link": "",
                "isOutForword": "0",
            }
            for entry in self.listed(column, number)
        ]
        return {
            "hasNext": number < self.last(column),
            "pageNum": number,
            "pageSize": self.rows(column),
            "total": len(self.shown(column)),
            "list": rows,
        }

    def _article(self, entry: Entry) -> Response:
        drawn = self.drawn(entry)
        content = render("spa/content.html", drawn=drawn)
        detail = {
            "contId": entry.number,
            "name": entry.text.title,
            "content": content,
            "pubTime": _minute(entry),
            "publishTime": _milliseconds(entry),
            "author": entry.text.author,
            "source": entry.text.outlet,
            "responEditor": entry.text.editor,
            "nodeInfo": {"nodeId": 25433, "name": entry.column.name},
        }
        return self.html(
            "article.html",
            entry=entry,
            minute=_minute(entry),
            content=content if self.on["markup"] else "",
            data=self._state({"detailData": {"contentDetail": detail}}),
        )

    def _state(self, props: dict[str, Any]) -> str:
        state = {"props": {"pageProps": props}, "page": "/", "buildId": "x7", "query": {}}
        return json.dumps(state, ensure_ascii=False).replace("<", "\\u003c")


def _minute(entry: Entry) -> str:
    return entry.date if len(entry.date) > 10 else f"{entry.day} 07:{entry.number % 60:02d}"


def _milliseconds(entry: Entry) -> int:
    when = datetime.fromisoformat(_minute(entry)).replace(tzinfo=_CHINA)
    return int(when.timestamp()) * 1000
