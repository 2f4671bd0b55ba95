"""aspnet.test: an association on ASP.NET, an older PowerEasy beside it, and a still older ASP."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from starlette.responses import Response

from ..site import Ask, Column, Entry, Site

_FORMS = (  # of articles, and the parameter with the number where the path has none
    (r"/item/(\d+)\.aspx", ""),
    (r"/newsinfo\.aspx", "newsid"),
    (r"/article/showarticle\.asp", "articleid"),
)
_SESSION = re.compile(r"^/\(s\([a-z0-9]+\)\)", re.IGNORECASE)


class AspNet(Site):
    """GBK; __VIEWSTATE; a session in the path if asked for; dates only in title attributes."""

    host = "aspnet.test"
    encoding = "gbk"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("4020", "行业资讯", "aspnet", first=28, count=34, rows=12),
        Column("1642", "工作动态", "aspnet-powereasy", first=52, count=25, rows=10),
        Column("33", "建设要闻", "aspnet-showclass", first=8, count=23, rows=10),
    )
    switches: ClassVar[dict[str, Any]] = {"sessions": False}  # links carry a session in their path
    numbers = (5101, 2)
    lag = 7
    shows = ("outlet", "author")

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.fetches = 0

    def address(self, entry: Entry) -> str:
        """Three generations of Microsoft's server."""
        forms = {
            "4020": f"/NewsInfo.aspx?NewsID={entry.number}",
            "1642": f"/Item/{entry.number}.aspx",
            "33": f"/Article/ShowArticle.asp?ArticleID={entry.number}",
        }
        return forms[entry.column.id]

    def twins(self, entry: Entry) -> list[str]:
        """With a session, in lower case, with a page."""
        if entry.column.id == "4020":
            number = entry.number
            return [
                f"http://{self.host}/(S(k3xq0v55mzl2rn45))/NewsInfo.aspx?NewsID={number}",
                f"http://{self.host}/newsinfo.aspx?newsid={number}",
            ]
        return [f"http://{self.host}{self.address(entry).lower()}"]

    def picture(self, entry: Entry, index: int) -> str:
        """UploadFiles, by month."""
        suffix = entry.text.images[index].rpartition(".")[2]
        return f"/UploadFiles/{entry.day[:7]}/{entry.number}{entry.compact}{index}.{suffix}"

    def file(self, entry: Entry, index: int) -> str:
        """The same for files."""
        suffix = entry.text.attachments[index].rpartition(".")[2]
        return f"/UploadFiles/{entry.day[:7]}/f{entry.number}{entry.compact}{index}.{suffix}"

    def page(self, ask: Ask) -> Response | None:
        """In any letter case, with or without a session."""
        self.fetches += 1
        path, query = _SESSION.sub("", ask.path).lower(), ask.folded()
        if path in ("/articlelist.aspx", "/default.aspx", "/"):
            return self._listing(self.columns[0], _page(query))
        found = re.fullmatch(r"/category_1642/index(?:_(\d+))?\.aspx", path)
        if found:
            return self._listing(self.columns[1], int(found[1] or 1))
        if path == "/article/showclass.asp" and query.get("classid") == "33":
            return self._listing(self.columns[2], _page(query))
        for form, name in _FORMS:
            match = re.fullmatch(form, path)
            if match:
                return self._article(query.get(name, "") if name else match[1])
        return None

    def fact(self, entry: Entry, **own: Any) -> dict[str, Any]:
        """The row tells the day; PowerEasy names its author."""
        told = super().fact(entry, date=entry.day, **own)
        if entry.column.id == "4020":
            told["author"] = ""
        return told

    def session(self) -> str:
        """What stands in front of links, another on every fetch."""
        return f"/(S(q{self.fetches:06d}x55mzl2rn45))" if self.on["sessions"] else ""

    def _listing(self, column: Column, number: int) -> Response:
        number = min(max(number, 1), self.last(column))
        return self.html(
            f"list{column.id}.html",
            column=column,
            entries=self.listed(column, number),
            number=number,
            last=self.last(column),
        )

    def _article(self, number: str) -> Response:
        entry = self.numbered(number)
        if entry is None:
            return self.html("word.html", sentence="参数错误，您要查看的信息不存在或已被删除！")
        return self.html(f"view{entry.column.id}.html", entry=entry, drawn=self.drawn(entry))


def _page(query: dict[str, str]) -> int:
    value = query.get("page", "1")
    return int(value) if value.isdigit() else 1
