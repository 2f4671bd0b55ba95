"""sc.test: a Sichuan department on ucap: column codes, hash names, rows in groups of five."""

from __future__ import annotations

from typing import Any, ClassVar

from starlette.responses import JSONResponse, Response

from ..site import Ask, Column, Entry, Site


class Sc(Site):
    """article_list.shtml and article_list_2.shtml; a pager by script, or 下一页."""

    host = "sc.test"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("c101428", "要闻播报", "sc-yw", first=15, count=48, rows=15),
        Column("c101448", "住建动态", "sc-dt", first=60, count=30, rows=15),
        Column("c101429", "政策文件", "sc-policy", "policy", first=2, count=12, rows=15),
    )
    switches: ClassVar[dict[str, Any]] = {"private_tags": True}  # ucaptitle, ucapcontent
    numbers = (501, 9)
    lag = 4
    shows = ("outlet", "author", "editor", "document")

    def address(self, entry: Entry) -> str:
        """Month and day are not padded."""
        year, month, day = map(int, entry.day.split("-"))
        return f"/scjst/{entry.column.id}/{year}/{month}/{day}/{entry.mark()}.shtml"

    def picture(self, entry: Entry, index: int) -> str:
        """Beside the article, in a folder of its name."""
        suffix = entry.text.images[index].rpartition(".")[2]
        return f"{entry.mark()}/images/{entry.mark(31)}{index}.{suffix}"

    def file(self, entry: Entry, index: int) -> str:
        """The same for files."""
        suffix = entry.text.attachments[index].rpartition(".")[2]
        return f"{entry.mark()}/files/{entry.mark(31)}{index}.{suffix}"

    def page(self, ask: Ask) -> Response | None:
        """Listings under two names, their JSON twin, articles."""
        if ask.path == "/queryList" and ask.method == "POST":
            return self._query(ask)
        for column in self.columns:
            stem = self.stem(column)
            folder = f"/scjst/{column.id}/"
            if not ask.path.startswith(f"{folder}{stem}"):
                continue
            tail = ask.path.removeprefix(f"{folder}{stem}")
            digits = tail.removeprefix("_").removesuffix(".shtml")
            number = 1 if tail == ".shtml" else int(digits) if digits.isdigit() else 0
            if 0 < number <= self.last(column):
                return self.html(f"{stem}.html", column=column, number=number)
        entry = self.at(ask.path)
        if entry is None:
            return None
        return self.html("article.html", entry=entry, drawn=self.drawn(entry))

    def fact(self, entry: Entry, **own: Any) -> dict[str, Any]:
        """The minute stands in publishtime."""
        return super().fact(entry, **own)

    def stem(self, column: Column) -> str:
        """How the files of a listing are called."""
        return "list" if column.id == "c101448" else "article_list"

    def _query(self, ask: Ask) -> Response:
        code = ask.form.get("channelCode[]") or ask.form.get("channelCode") or ""
        column = next((c for c in self.columns if c.id == code), None)
        if column is None:
            return JSONResponse({"code": 500, "msg": "channelCode"})
        number = max(int(ask.form.get("page") or 1), 1)
        results = [
            {
                "source": {
                    "title": entry.text.title,
                    "urls": '{"common":"' + self.address(entry) + '"}',
                    "pubDate": f"{entry.day} 09:00:00",
                    "publishOrg": entry.text.outlet,
                }
            }
            for entry in self.listed(column, number)
        ]
        total = len(self.shown(column))
        return JSONResponse({"code": 200, "data": {"total": total, "results": results}})
