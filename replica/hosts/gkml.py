"""gkml.test: a Guangdong department: the gkmlpt catalogue by JSON, and a plain column beside it."""

from __future__ import annotations

import calendar
import json
from datetime import datetime, timedelta
from typing import Any, ClassVar

from starlette.responses import JSONResponse, Response

from ..site import Ask, Column, Entry, Site

_SID = 758233
_CATALOGUE, _PLAIN = "9103", "/xxgk/tzgg/"


class Gkml(Site):
    """Two dates a row that differ; rows that lead elsewhere; YY-MM-DD in the plain column."""

    host = "gkml.test"
    columns: ClassVar[tuple[Column, ...]] = (
        Column(_CATALOGUE, "规范性文件", "gkml", "policy", first=6, count=18, rows=8),
        Column(_PLAIN, "行业动态", "gkml-tzgg", first=30, count=32, rows=12),
    )
    switches: ClassVar[dict[str, Any]] = {
        "strangers": True,  # rows with addresses on other hosts
    }
    numbers = (9103001, 41)
    lag = 5

    def address(self, entry: Entry) -> str:
        """post_ in the catalogue, mpost_ in the plain column."""
        number = str(entry.number)
        if entry.column.id == _CATALOGUE:
            return f"/gkmlpt/content/{number[:1]}/{number[:4]}/post_{number}.html"
        return f"{_PLAIN}content/mpost_{number}.html"

    def file(self, entry: Entry, index: int) -> str:
        """Three folders of the number's beginnings."""
        number, suffix = str(entry.number), entry.text.attachments[index].rpartition(".")[2]
        return f"/attachment/0/{number[:3]}/{number[:6]}/{entry.number}{index}.{suffix}"

    def page(self, ask: Ask) -> Response | None:
        """The catalogue's page and API, the plain column, articles."""
        if ask.path in ("/gkmlpt/index", "/gkmlpt"):
            return self.html("index.html", config=self._config())
        if ask.path == f"/gkmlpt/api/all/{_CATALOGUE}":
            return self._api(ask)
        if ask.path.startswith(_PLAIN):
            name = ask.path.removeprefix(_PLAIN)
            digits = name.removeprefix("index_").removesuffix(".html")
            number = 1 if name in ("", "index.html") else int(digits) if digits.isdigit() else 0
            if 0 < number <= self.last(self.columns[1]):
                return self.html("list.html", column=self.columns[1], number=number)
        entry = self.at(ask.path)
        if entry is None:
            return None
        template = "post.html" if entry.column.id == _CATALOGUE else "mpost.html"
        return self.html(template, entry=entry, drawn=self.drawn(entry), table=self._table(entry))

    def fact(self, entry: Entry, **own: Any) -> dict[str, Any]:
        """The catalogue shows a table, the plain column a row with the source."""
        catalogued = entry.column.id == _CATALOGUE
        document = {k: v for k, v in self._table(entry).items() if v} if catalogued else {}
        return super().fact(entry, date=entry.day, document=document, **own)

    def _table(self, entry: Entry) -> dict[str, str]:
        said = dict(entry.text.document)
        return {
            "索引号": said.get("索引号", ""),
            "分类": "城乡建设、环境保护",
            "发布机构": said.get("发布机构", entry.text.outlet),
            "成文日期": said.get("成文日期", ""),
            "文号": said.get("发文字号", ""),
            "主题词": said.get("主题词", ""),
        }

    def _config(self) -> str:
        leaf = {"id": int(_CATALOGUE), "name": "规范性文件", "children": []}
        tree = [{"id": 9100, "name": "法定主动公开内容", "children": [leaf]}]
        return json.dumps({"SID": _SID, "TREE": tree, "SITE_NAME": "住建厅"}, ensure_ascii=False)

    def _api(self, ask: Ask) -> Response:
        page = max(int(ask.query.get("page") or 1), 1)
        entries, rows = self.shown(self.columns[0]), self.rows(self.columns[0])
        articles = [self._row(entry) for entry in entries[(page - 1) * rows : page * rows]]
        if self.on["strangers"] and page == 1:
            articles.insert(2, self._stranger("https://mp.weixin.qq.com/s/aB3dE5gH7jK9mN1pQ3sT5v"))
            articles.insert(
                4, self._stranger("http://www.elsewhere.test/gkmlpt/content/3/3100/post_1.html")
            )
            articles.insert(5, self._stranger("http://gkml.test/zcjdpt?id=4411"))
        return JSONResponse({"total": len(entries), "classify": _CATALOGUE, "articles": articles})

    def _row(self, entry: Entry) -> dict[str, Any]:
        shown = datetime.fromisoformat(entry.day)
        made = shown + timedelta(hours=7 + entry.number % 900)
        address = f"http://{self.host}{self.address(entry)}"
        return {
            "id": entry.number,
            "title": entry.text.title,
            "url": address,
            "post_url": address,
            "publisher": entry.text.outlet,
            "create_time": _unix(made),
            "display_publish_time": _unix(shown),
            "created_at": f"{made:%Y-%m-%d %H:%M:%S}",
        }

    def _stranger(self, url: str) -> dict[str, Any]:
        row = self._row(self.shown(self.columns[0])[0])
        return {**row, "id": 7, "title": "一图读懂：物业管理新规定", "url": url, "post_url": url}


def _unix(when: datetime) -> int:
    return calendar.timegm(when.timetuple()) - 8 * 3600  # China's time
