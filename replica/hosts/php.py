"""php.test: five small PHP systems on one host, each with its own routes and habits."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from starlette.responses import Response

from ..site import Ask, Column, Entry, Site

_TIMES = {"dede": "T10:12", "kesion": "T21:43"}  # where the row has one, all have the same


class Php(Site):
    """DedeCMS, xunrui, ThinkPHP, a home-made one with glued labels, Kesion."""

    host = "php.test"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("dede", "行业动态", "php-dede", first=12, count=33, rows=12),
        Column("xunrui", "工作动态", "php-xunrui", first=44, count=25, rows=10),
        Column("think", "协会新闻", "php-think", first=68, count=22, rows=10),
        Column("glued", "政策法规", "php-glued", "policy", first=9, count=15, rows=10),
        Column("kesion", "经验交流", "php-kesion", first=2, count=18, rows=20),
    )
    switches: ClassVar[dict[str, Any]] = {"counters": True}
    numbers = (3001, 11)
    lag = 4
    shows = ("outlet", "author")

    def address(self, entry: Entry) -> str:
        """Each system's own form."""
        number, kind = entry.number, entry.column.id
        if kind == "dede":
            year, month, day = entry.day.split("-")
            return f"/a/hangyedongtai/{year}/{month}{day}/{number}.html"
        forms = {
            "xunrui": f"/index.php?c=show&id={number}",
            "think": f"/Infor/index/id/{number}.html",
            "glued": f"/view.php?id={number}",
            "kesion": f"/html/74-3/{number}.htm",
        }
        return forms[kind]

    def twins(self, entry: Entry) -> list[str]:
        """DedeCMS answers by script as well."""
        if entry.column.id == "dede":
            return [f"http://{self.host}/plus/view.php?aid={entry.number}"]
        return []

    def page(self, ask: Ask) -> Response | None:
        """The first router that knows the address."""
        for router in (self._dede, self._xunrui, self._think, self._glued, self._kesion):
            answer = router(ask)
            if answer is not None:
                return answer
        if ask.path in ("/plus/count.php", "/api.php"):
            return Response("document.write('72');", media_type="application/x-javascript")
        return None

    def fact(self, entry: Entry, **own: Any) -> dict[str, Any]:
        """What each system's row tells."""
        told = super().fact(entry, **own)
        told["date"] = entry.day + _TIMES.get(entry.column.id, "")
        if entry.column.id in ("glued", "kesion"):
            told["author"] = ""
        if entry.column.id == "kesion":
            told["outlet"] = ""
        return told

    def _listing(self, name: str, number: int) -> Response | None:
        column = next(column for column in self.columns if column.id == name)
        if number < 1:
            return None
        return self.html(
            f"{name}_list.html",
            column=column,
            number=min(number, self.last(column)),
            last=self.last(column),
            entries=self.listed(column, min(number, self.last(column))),
        )

    def _article(self, name: str, entry: Entry | None) -> Response | None:
        if entry is None or entry.column.id != name:
            return None
        return self.html("article.html", entry=entry, drawn=self.drawn(entry), system=name)

    def _dede(self, ask: Ask) -> Response | None:
        found = re.fullmatch(r"/a/hangyedongtai/(?:index\.html|list_12_(\d+)\.html)?", ask.path)
        if found:
            number = int(found[1] or 1)
            return self._listing("dede", number if number <= self.last(self.columns[0]) else 0)
        if ask.path == "/plus/view.php":
            return self._article("dede", self.numbered(ask.query.get("aid", "")))
        return self._article("dede", self.at(ask.path))

    def _xunrui(self, ask: Ask) -> Response | None:
        if ask.path != "/index.php":
            return None
        if ask.query.get("c") == "category" and ask.query.get("id") == "72":
            return self._listing("xunrui", _number(ask.query.get("page", "1")))
        return self._article("xunrui", self.numbered(ask.query.get("id", "")))

    def _think(self, ask: Ask) -> Response | None:
        if ask.path == "/Infor/type/typeid/22.html":
            return self._listing("think", _number(ask.query.get("p", "1")))
        return self._article("think", self.at(ask.path))

    def _glued(self, ask: Ask) -> Response | None:
        if ask.path == "/more.php" and ask.query.get("pid") == "66":
            return self._listing("glued", _number(ask.query.get("page", "1")))
        if ask.path != "/view.php":
            return None
        entry = self.numbered(ask.query.get("id", ""))
        return self._article("glued", entry) or Response("<html><body>参数错误</body></html>")

    def _kesion(self, ask: Ask) -> Response | None:
        if ask.path in ("/html/74-3/", "/html/74-3/index.htm"):
            return self._listing("kesion", 1)
        return self._article("kesion", self.at(ask.path))


def _number(value: str) -> int:
    return int(value) if value.isdigit() else 1
