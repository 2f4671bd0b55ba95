"""xinhua.test: a news agency whose listing is an empty ul and a JSON file beside it."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from starlette.responses import Response

from ..site import Ask, Column, Entry, Site

LONG = ("jiedao-shinian-zhangben", "shenzhen-wuye-chengshi-zhuanti")  # articles of several pages
_SOURCE = "ae1f7b9d03624853bc927f6c216be3b4"


class Xinhua(Site):
    """Articles since 2021 in one template and form of address, older ones in another."""

    host = "xinhua.test"
    names = ("www.xinhua.test",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("/house/", "房产", "xinhua", first=55, count=36, also=LONG),
    )
    switches: ClassVar[dict[str, Any]] = {"html_titles": True}  # titles of the feed are markup
    numbers = (1125328001, 211)
    shows = ("outlet", "editor")

    def address(self, entry: Entry) -> str:
        """A folder of the day and a hash; before, c_ and the number."""
        if entry.day >= "2021":
            return f"/house/{entry.compact}/{entry.mark()}/c.html"
        return f"/house/{entry.day[:7]}/{entry.day[8:]}/c_{entry.number}.htm"

    def picture(self, entry: Entry, index: int) -> str:
        """Beside the article."""
        suffix = entry.text.images[index].rpartition(".")[2]
        return f"{entry.mark()[::-1]}{index}_zsite.{suffix}"

    def file(self, entry: Entry, index: int) -> str:
        """Beside the article."""
        suffix = entry.text.attachments[index].rpartition(".")[2]
        return f"{entry.mark()[::-1]}f{index}.{suffix}"

    def page(self, ask: Ask) -> Response | None:
        """The empty listing, its feed, articles with their further pages."""
        if ask.path in ("/house/", "/house/index.html", "/house/index.htm"):
            return self.html("list.html", source=_SOURCE)
        if ask.path == f"/house/ds_{_SOURCE}.json":
            return Response(self._feed(), media_type="application/json")
        for entry in self.shown():
            address = self.address(entry)
            stem, _, ending = address.rpartition(".")
            for number in range(1, len(entry.text.pages) + 1):
                if ask.path == (address if number == 1 else f"{stem}_{number}.{ending}"):
                    return self._article(entry, number)
        return None

    def fact(self, entry: Entry, **own: Any) -> dict[str, Any]:
        """The minute is shown."""
        return super().fact(entry, date=self.second(entry)[:16].replace(" ", "T"), **own)

    def second(self, entry: Entry) -> str:
        """Date and time to the second."""
        if len(entry.date) > 10:
            return f"{entry.date}:00"
        number = entry.number
        return f"{entry.day} {7 + number % 11:02d}:{number % 60:02d}:{number % 59:02d}"

    def _article(self, entry: Entry, number: int) -> Response:
        stem, _, ending = self.address(entry).rpartition("/")[2].rpartition(".")
        more = number < len(entry.text.pages)
        return self.html(
            "article.html" if entry.day >= "2021" else "article_old.html",
            entry=entry,
            drawn=self.drawn(entry, number - 1),
            second=self.second(entry),
            onward=f"{stem}_{number + 1}.{ending}" if more else "",
        )

    def _feed(self) -> str:
        rows = []
        for entry in self.shown():
            title, link = entry.text.title, f"..{self.address(entry)}"
            shown = f'<a href="{link}" target="_blank">{title[:14]}<br>{title[14:]}</a>'
            rows.append(
                {
                    "contentId": entry.number,
                    "title": title if entry.number % 2 or not self.on["html_titles"] else shown,
                    "showTitle": shown if self.on["html_titles"] else title,
                    "publishUrl": link,
                    "publishTime": self.second(entry),
                    "summary": "".join(entry.text.paragraphs)[:60],
                    "sourceText": entry.text.outlet,
                    "author": entry.text.author,
                    "keywords": "",
                }
            )
        return json.dumps({"datasource": rows}, ensure_ascii=False)
