"""jpaas.test: a ministry on Hanweb's jpaas: twenty rows in the page, the rest from an API."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any, ClassVar
from urllib.parse import quote

from starlette.responses import HTMLResponse, JSONResponse, Response

from ..files import content
from ..rendering import render
from ..site import Ask, Column, Entry, Site

API = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_DOWNLOAD = "/api-gateway/jpaas-web-server/front/document/download"
# pageId and tagId of the columns, as the script element of the page names them
_UNITS = {
    "/xinwen/dfxx/": ("13f214f3a89147ea859e47aab5f60d01", "栏目-list"),
    "/gongkai/zc/wjk/": ("vhiC3JxmPC8o7Lqg4Jw0E", "内容1"),
    "/gongkai/fdzdgknr/zqyj/": ("Pgf4Z2WE0oiRbuRzvrIVB", "栏目-list"),
}


class Jpaas(Site):
    """Only paramJson.pageNo counts; three generations of addresses for one article."""

    host = "jpaas.test"
    names = ("www.jpaas.test",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("/xinwen/dfxx/", "地方信息", "jpaas-dfxx", first=5, count=50),
        Column("/gongkai/zc/wjk/", "政策文件库", "jpaas-wjk", "policy", first=5, count=14, rows=10),
        Column("/gongkai/fdzdgknr/zqyj/", "征求意见", "jpaas-zqyj", "policy", first=1, count=4),
    )
    switches: ClassVar[dict[str, Any]] = {
        "refuse_every": 0,  # every so many calls of the API answer 403 and a page
        "first_page": True,  # the first rows stand in the page itself
    }
    numbers = (770001, 23)
    lag = 9
    shows = ("outlet", "document")

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.calls = 0

    def address(self, entry: Entry) -> str:
        """By number until 2024, by a hash since."""
        folder, day = entry.column.id, entry.day.replace("-", "")
        if entry.day < "2025" and folder == "/xinwen/dfxx/":
            return f"{folder}{day[:6]}/{day}_{entry.number}.html"
        return f"{folder}art/{day[:4]}/art_{entry.mark()}.html"

    def twins(self, entry: Entry) -> list[str]:
        """Older articles answer at the new form as well."""
        new = f"{entry.column.id}art/{entry.day[:4]}/art_{entry.mark()}.html"
        return [] if new == self.address(entry) else [f"http://{self.host}{new}"]

    def file(self, entry: Entry, index: int) -> str:
        """A script with the path in its query; no suffix in its own path."""
        suffix = entry.text.attachments[index].rpartition(".")[2]
        path = f"/attachment/{entry.day.replace('-', '')}/{entry.mark()}{index}.{suffix}"
        return f"{_DOWNLOAD}?fileUrl={quote(path, safe='')}"

    def page(self, ask: Ask) -> Response | None:
        """Columns, the API, articles, downloads."""
        if ask.path == API:
            return self._unit(ask)
        for column in self.columns:
            if ask.path in (column.id, f"{column.id}index.html"):
                page_id, tag = _UNITS[column.id]
                rows = self._rows(column, 1) if self.on["first_page"] else ""
                return self.html("list.html", column=column, rows=rows, page_id=page_id, tag=tag)
        for entry in self.shown():
            twins = (twin.split(".test", 1)[1] for twin in self.twins(entry))
            if ask.path in (self.address(entry), *twins):
                return self.html("article.html", entry=entry, drawn=self.drawn(entry))
            for index, name in enumerate(entry.text.attachments):
                if self.file(entry, index) == ask.target:
                    headers = {"content-disposition": f"attachment;filename*=UTF-8''{quote(name)}"}
                    return Response(content(name), headers=headers)
        return None

    def deadline(self, entry: Entry) -> str:
        """The date the listing of opinions sought shows: when it closes."""
        return (date.fromisoformat(entry.day) + timedelta(30)).isoformat()

    def _unit(self, ask: Ask) -> Response:
        self.calls += 1
        every = self.on["refuse_every"]
        if every and self.calls % every == 0:
            return HTMLResponse(
                "<html><head><title>403</title></head><body>访问过于频繁</body></html>", 403
            )
        asked = ask.query
        for column in self.columns:
            if _UNITS[column.id] == (asked.get("pageId"), asked.get("tagId")):
                try:
                    number = int(json.loads(asked.get("paramJson") or "{}").get("pageNo", 1))
                except (ValueError, AttributeError):
                    number = 1
                return JSONResponse({"success": True, "data": {"html": self._rows(column, number)}})
        return JSONResponse({"success": False, "data": None})

    def _rows(self, column: Column, number: int) -> str:
        template = "table.html" if "wjk" in column.id else "rows.html"
        return render(
            f"jpaas/{template}",
            site=self,
            column=column,
            entries=self.listed(column, number),
            total=len(self.shown(column)),
            number=number,
            late="zqyj" in column.id,
        )
