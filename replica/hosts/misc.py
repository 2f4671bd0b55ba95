"""misc.test: eight systems of which a country has only a few, each with its own oddity."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import quote, unquote_to_bytes

from starlette.responses import Response

from ..site import Ask, Column, Entry, Site

_MODULE = "/ecdomain/framework/bhjcy/"
_LIST, _SHOW = "bjhdfibkhlpfbboekapaldnhnlobgaip", "bjhdfibkhlpfbboeadnnlpkkmbkjhgko"
_CHINESE = "工作动态"


@dataclass(frozen=True, slots=True)
class _Route:
    """``listing`` matches its pages, a group is the number; ``article`` makes an address."""

    listing: str
    article: Callable[[Entry], str]


def _guid(entry: Entry) -> str:
    mark = entry.mark()
    return "-".join((mark[:8], mark[8:12], mark[12:16], mark[16:20], mark[20:]))


# Where the pattern has no group, the page number stands in a form or a parameter.
ROUTES = {
    "ecdomain": _Route(
        rf"{_MODULE}{_LIST}\.jsp",
        lambda e: f"{_MODULE}{_SHOW}.jsp?fileid={e.number}",
    ),
    "ilist": _Route(
        r"/info/iList\.jsp",
        lambda e: f"/gk/{e.compact[:6]}/{e.number}.htm",
    ),
    "path": _Route(
        rf"/list/{_CHINESE}",
        lambda e: f"/show/{e.number}",
    ),
    "eportal": _Route(
        r"/eportal/ui",
        lambda e: f"/bjjs/gzdt/{436_000_000 + e.number}/index.shtml",
    ),
    "nnumber": _Route(
        r"/n741440/n741567/index(?:_(\d+))?\.html",
        lambda e: f"/n741440/n741567/c{e.number}/content.html",
    ),
    "liferay": _Route(
        r"/web/szjj/zxdt",
        lambda e: f"/web/szjj/zxdt/-/articles/v1/{e.number}.shtml;jsessionid=A1B2C3D4",
    ),
    "epoint": _Route(
        r"/xwzx/001001/(?:moreinfo|(\d+))\.html",
        lambda e: f"/xwzx/001001/{e.compact}/{_guid(e)}.html",
    ),
    "shanghai": _Route(
        r"/gzdt/(?:index(?:_(\d+))?\.html)?",
        lambda e: f"/gzdt/{e.compact}/{e.mark()}.html",
    ),
}


class Misc(Site):
    """ecdomain, iList.jsp, a Chinese path, eportal, n-numbers, Liferay, Epoint, Shanghai."""

    host = "misc.test"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("ecdomain", "他山之石", "misc-ecdomain", first=18, count=23, rows=10),
        Column("ilist", "业务信息", "misc-ilist", "policy", first=4, count=14, rows=6),
        Column("path", "工作动态", "misc-path", first=38, count=21, rows=10),
        Column("eportal", "经验交流", "misc-eportal", first=46, count=22, rows=9),
        Column("nnumber", "社区建设", "misc-nnumber", first=54, count=20, rows=9),
        Column("liferay", "最新动态", "misc-liferay", first=62, count=18, rows=8),
        Column("epoint", "建设要闻", "misc-epoint", first=70, count=19, rows=8),
        Column("shanghai", "工作动态", "misc-shanghai", first=1, count=20, rows=9),
    )
    numbers = (88001, 13)
    lag = 5

    def address(self, entry: Entry) -> str:
        """Each system's own."""
        return ROUTES[entry.column.id].article(entry)

    def twins(self, entry: Entry) -> list[str]:
        """Liferay without the session it writes into its links."""
        address = self.address(entry)
        plain = address.partition(";")[0]
        return [] if plain == address else [f"http://{self.host}{plain}"]

    def page(self, ask: Ask) -> Response | None:
        """The system whose listing or article this is."""
        moved = self._moved(ask)
        if moved:
            return moved
        for column in self.columns:
            found = re.fullmatch(ROUTES[column.id].listing, ask.path)
            if found:
                said = found[1] if found.re.groups else self._said(column.id, ask)
                number = int(said) if str(said or "").isdigit() else 1
                return self._listing(column, number) if number <= self.last(column) else None
        plain = ask.target.partition(";")[0]
        for entry in self.shown():
            if plain == self.address(entry).partition(";")[0]:
                return self._article(entry)
        return None

    def fact(self, entry: Entry, **own: Any) -> dict[str, Any]:
        """The day; what else is told differs."""
        told = super().fact(entry, date=entry.day, **own)
        if entry.column.id in ("ecdomain", "epoint"):
            told["outlet"] = ""
        return told

    def session(self) -> str:
        """The module's address of the listing that goes on by a form."""
        return f"{_MODULE}{_LIST}.jsp"

    def _said(self, system: str, ask: Ask) -> str:
        """The number of the page asked for, where a parameter or a form has it."""
        names = {
            "ecdomain": "pageNum",
            "ilist": "cur_page",
            "path": "page",
            "eportal": "currentPage",
            "liferay": "_101_INSTANCE_zxdt_cur",
        }
        asked = ask.form if system == "ecdomain" else ask.query
        return asked.get(names[system], "1")

    def _moved(self, ask: Ask) -> Response | None:
        """The Chinese path in GBK is sent to the one in UTF-8, raw in the header."""
        raw = unquote_to_bytes(ask.target.partition("?")[0])
        if raw == f"/list/{_CHINESE}".encode("gbk"):
            location = f"/list/{_CHINESE}".encode().decode("latin-1")
            return Response(status_code=302, headers={"location": location})
        return None

    def _listing(self, column: Column, number: int) -> Response:
        return self.html(
            f"{column.id}_list.html",
            column=column,
            entries=self.listed(column, number),
            number=number,
            last=self.last(column),
            chinese=quote(_CHINESE),
        )

    def _article(self, entry: Entry) -> Response:
        title_hash = hashlib.md5(entry.text.title.encode()).hexdigest()  # noqa: S324  a name
        return self.html(
            f"{entry.column.id}.html", entry=entry, drawn=self.drawn(entry), mark=title_hash
        )
