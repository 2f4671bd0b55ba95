"""webplus.test: an institute on Sudy's webplus: list2.htm, and page.htm in a folder."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from starlette.responses import Response

from ..site import Ask, Column, Entry, Site


class Webplus(Site):
    """The date in the path, the column's and the article's number behind it."""

    host = "webplus.test"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("4501", "他山之石", "webplus", first=66, count=26, rows=14),
    )
    numbers = (61001, 7)
    lag = 12

    def address(self, entry: Entry) -> str:
        """Year, month and day, c and a."""
        year, month, day = entry.day.split("-")
        return f"/{year}/{month}{day}/c{entry.column.id}a{entry.number}/page.htm"

    def twins(self, entry: Entry) -> list[str]:
        """The servlet's form of the same page."""
        return [f"http://{self.host}{self.address(entry).removesuffix('page.htm')}page.psp"]

    def picture(self, entry: Entry, index: int) -> str:
        """Upload folders of two letters."""
        suffix = entry.text.images[index].rpartition(".")[2]
        mark = entry.mark()
        return f"/_upload/article/images/{mark[:2]}/{mark[2:4]}/{mark}{index}.{suffix}"

    def file(self, entry: Entry, index: int) -> str:
        """The same for files."""
        suffix = entry.text.attachments[index].rpartition(".")[2]
        mark = entry.mark()
        return f"/_upload/article/files/{mark[:2]}/{mark[2:4]}/{mark}{index}.{suffix}"

    def page(self, ask: Ask) -> Response | None:
        """list.htm, list2.htm and the articles."""
        column = self.columns[0]
        found = re.fullmatch(rf"/{column.id}/list(\d*)\.(?:htm|psp)", ask.path)
        if found:
            number = int(found[1] or 1)
            if 0 < number <= self.last(column):
                return self.html("list.html", column=column, number=number)
            return None
        entry = self.at(re.sub(r"page\.psp$", "page.htm", ask.path))
        return self.html("article.html", entry=entry, drawn=self.drawn(entry)) if entry else None

    def fact(self, entry: Entry, **own: Any) -> dict[str, Any]:
        """The row tells the day."""
        return super().fact(entry, date=entry.day, **own)
