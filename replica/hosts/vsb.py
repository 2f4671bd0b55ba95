"""vsb.test: a district bureau on Boda VSB: page files that count down, everything in a form."""

from __future__ import annotations

import re
from typing import Any, ClassVar
from urllib.parse import quote

from starlette.responses import HTMLResponse, Response

from ..files import content
from ..site import Ask, Column, Entry, Site


class Vsb(Site):
    """The newest page has no number, the oldest is 1; articles have a dynamic twin."""

    host = "vsb.test"
    names = ("www.vsb.test",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("tzgg", "工作动态", "vsb", first=40, count=47, rows=12),
    )
    switches: ClassVar[dict[str, Any]] = {"referer": True}  # downloads want to know where from
    numbers = (7101, 3)
    lag = 6

    def address(self, entry: Entry) -> str:
        """/info/ the tree's number, the article's."""
        return f"/info/1103/{entry.number}.htm"

    def twins(self, entry: Entry) -> list[str]:
        """The page as the servlet makes it."""
        query = f"urltype=news.NewsContentUrl&wbtreeid=1103&wbnewsid={entry.number}"
        return [f"http://{self.host}/content.jsp?{query}"]

    def picture(self, entry: Entry, index: int) -> str:
        """Under the site's own folder."""
        suffix = entry.text.images[index].rpartition(".")[2]
        return f"/__local/{entry.mark(1).upper()}/{entry.mark(32).upper()}_{index}.{suffix}"

    def file(self, entry: Entry, index: int) -> str:
        """By a servlet that wants to know where one comes from."""
        file_id = entry.number * 10 + index
        query = f"urltype=news.DownloadAttachUrl&owner=1406&wbfileid={file_id}"
        return f"/system/_content/download.jsp?{query}"

    def page(self, ask: Ask) -> Response | None:
        """Listing, articles in both forms, downloads, the counter."""
        column = self.columns[0]
        last = self.last(column)
        if ask.path in ("/tzgg.htm", "/", "/index.htm"):
            return self.html("list.html", column=column, number=1)
        found = re.fullmatch(r"/tzgg/(\d+)\.htm", ask.path)
        if found and 0 < int(found[1]) < last:
            return self.html("list.html", column=column, number=last - int(found[1]) + 1)
        if ask.path == "/system/_content/download.jsp":
            return self._download(ask)
        number = ask.query.get("wbnewsid", "") if ask.path == "/content.jsp" else ""
        entry = self.numbered(number) if number else self.at(ask.path)
        return self.html("article.html", entry=entry, drawn=self.drawn(entry)) if entry else None

    def fact(self, entry: Entry, **own: Any) -> dict[str, Any]:
        """The row tells the day."""
        return super().fact(entry, date=entry.day, **own)

    def page_file(self, number: int, here: int) -> str:
        """The link to a page of the listing from another."""
        last = self.last(self.columns[0])
        up = "../" if here > 1 else ""
        folder = "" if here > 1 else "tzgg/"
        return f"{up}tzgg.htm" if number == 1 else f"{folder}{last - number + 1}.htm"

    def up(self, number: int) -> str:
        """How a listing page reaches the root."""
        return "../" if number > 1 else ""

    def _download(self, ask: Ask) -> Response | None:
        for entry in self.shown():
            for index, name in enumerate(entry.text.attachments):
                if self.file(entry, index) != ask.target:
                    continue
                if self.on["referer"] and not ask.headers.get("referer"):
                    return HTMLResponse("<html><body><form>请输入验证码后下载</form></body></html>")
                headers = {
                    "content-disposition": f"attachment;filename={quote(name, encoding='gbk')}"
                }
                return Response(
                    content(name), headers=headers, media_type="application/octet-stream"
                )
        return None
