"""people.test: a national news site whose bytes are GB 18030 while its pages say GB2312."""

from __future__ import annotations

import re
from typing import Any, ClassVar
from urllib.parse import urljoin

from starlette.responses import Response

from ..site import Ask, Column, Entry, Site

LONG = ("jiedao-shinian-zhangben", "shenzhen-wuye-chengshi-zhuanti")  # articles of several pages
_EDITORS = "毕方舟、路知遥"


class People(Site):
    """index2.html is page 2; page 2 of an article stands behind a picture; three body templates."""

    host = "people.test"
    names = ("www.people.test", "opinion.people.test", "society.people.test")
    encoding = "gb18030"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("/GB/194441/", "社区治理", "people", first=35, count=52, also=LONG),
    )
    switches: ClassVar[dict[str, Any]] = {
        "utf8_pages": True,  # some pages are UTF-8 and say GB2312 all the same
        "old_templates": True,  # older articles in the templates of their time
    }
    numbers = (40012001, 83)
    shows = ("kicker", "subtitle", "outlet", "author")

    def address(self, entry: Entry) -> str:
        """/n1/ year, month and day, channel and number; full where another channel has it."""
        year, month, day = entry.day.split("-")
        return f"{self._channel(entry)}/n1/{year}/{month}{day}/c1008-{entry.number}.html"

    def picture(self, entry: Entry, index: int) -> str:
        """From the media library."""
        suffix = entry.text.images[index].rpartition(".")[2]
        return f"/NMediaFile/{entry.day[:4]}/{entry.compact[4:]}/MAIN{entry.number}{index}.{suffix}"

    def page(self, ask: Ask) -> Response | None:
        """Listings and articles; the channels answer only for their own articles."""
        column = self.columns[0]
        found = re.fullmatch(rf"{column.id}(?:index(\d*)\.html)?", ask.path)
        if found and ask.host in (self.host, "www.people.test"):
            number = int(found[1] or 1) if found[1] != "1" else 0
            if 0 < number <= self.last(column):
                return self.html("list.html", column=column, number=number)
            return None
        for entry in self.shown():
            path = urljoin(f"http://{self.host}/", self.address(entry)).split(".test", 1)[1]
            stem = re.escape(path.removesuffix(".html"))
            match = re.fullmatch(rf"{stem}(?:-(\d+))?\.html", ask.path)
            if match:
                number = int(match[1] or 1)
                if number <= len(entry.text.pages) and match[1] != "1":
                    return self._article(entry, number)
        return None

    def served_file(self, ask: Ask) -> Response | None:
        """As everywhere, and the picture that leads to the next page."""
        if ask.path == "/img/next_page.jpg":
            return Response(b"\xff\xd8\xff\xe0", media_type="image/jpeg")
        return super().served_file(ask)

    def fact(self, entry: Entry, **own: Any) -> dict[str, Any]:
        """The minute is shown; the editors are the site's own."""
        return super().fact(
            entry, date=self.minute(entry).replace(" ", "T"), editor=_EDITORS, **own
        )

    def minute(self, entry: Entry) -> str:
        """Date and time."""
        return entry.date if len(entry.date) > 10 else f"{entry.day} 08:{entry.number % 60:02d}"

    def link(self, entry: Entry) -> str:
        """As the listing writes it: full, absolute or relative."""
        address = self.address(entry)
        return f"../..{address}" if entry.number % 4 == 0 and address.startswith("/") else address

    def _channel(self, entry: Entry) -> str:
        return "http://opinion.people.test" if entry.number % 6 == 1 else ""

    def _article(self, entry: Entry, number: int) -> Response:
        era = "new" if entry.day >= "2020" else "rwb" if entry.day >= "2014" else "old"
        path = self.address(entry).rpartition("/")[2].removesuffix(".html")
        return self.html(
            "article.html",
            encoding="utf-8" if self.on["utf8_pages"] and entry.number % 13 == 0 else "",
            entry=entry,
            era=era if self.on["old_templates"] else "new",
            number=number,
            stem=path,
            drawn=self.drawn(entry, number - 1),
            said=f"{self.minute(entry)[:10]} {self.minute(entry)[11:]}",
            editors=_EDITORS,
        )
