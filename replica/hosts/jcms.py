"""jcms.test: a department on Hanweb's JCMS: rows in a data island, the rest by dataproxy.jsp."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar

from starlette.responses import Response

from ..files import content
from ..rendering import render
from ..site import Ask, Column, Entry, Site

_UNIT = {"1229283449": "6331812", "1229283450": "6331813"}
_REFUSED = (
    "<datastore>\n<nextgroup></nextgroup><recordset></recordset>\n</datastore>"  # 54 bytes or so
)
_PROXIES = (
    "/module/web/jpage/dataproxy.jsp",
    "/module/jpage/dataproxy.jsp",
    "/module/jslib/jquery/jpage/dataproxy.jsp",
)


class Jcms(Site):
    """Dates are not padded in addresses; every article answers under either column's number."""

    host = "jcms.test"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("1229283449", "经验交流", "jcms", first=10, count=46, rows=15),
        Column("1229283450", "政策文件", "jcms-policy", "policy", first=3, count=14, rows=15),
    )
    switches: ClassVar[dict[str, Any]] = {
        "island": 30,  # rows in the page itself; the rest by dataproxy
        "referer": True,  # dataproxy gives nothing to who comes from nowhere
        "encrypted": True,  # the second column's nextgroup, which always answers nothing
    }
    numbers = (2493001, 17)
    lag = 8
    shows = ("outlet", "document")

    def address(self, entry: Entry) -> str:
        """/art/ year, month, day, art_column_number."""
        return self._address(entry, entry.column.id)

    def twins(self, entry: Entry) -> list[str]:
        """The same number under the other column."""
        other = next(column.id for column in self.columns if column != entry.column)
        return [f"http://{self.host}{self._address(entry, other)}"]

    def picture(self, entry: Entry, index: int) -> str:
        """The upload folder of the site's number."""
        suffix = entry.text.images[index].rpartition(".")[2]
        return f"/picture/0/s{entry.mark()}{index}.{suffix}"

    def file(self, entry: Entry, index: int) -> str:
        """By a script; the name is a hash."""
        name = entry.text.attachments[index]
        hashed = hashlib.md5(f"{entry.number}{name}".encode()).hexdigest()  # noqa: S324  a name
        return (
            f"/module/download/downfile.jsp?classid=0&filename={hashed}.{name.rpartition('.')[2]}"
        )

    def page(self, ask: Ask) -> Response | None:
        """Columns, dataproxy, articles, counters, the script that writes the header."""
        for column in self.columns:
            if ask.path in (f"/col/col{column.id}/index.html", f"/col/col{column.id}/"):
                return self._listing(column)
        if ask.path in _PROXIES:
            return self._proxy(ask)
        if ask.path == "/module/visitcount/articlehits.jsp":
            return Response('document.write("2168")', media_type="application/x-javascript")
        if ask.path.startswith("/script/0/"):
            return Response(
                'document.write("<div class=\\"foot\\">主办单位：宁川县住房和城乡建设局</div>")'
            )
        if ask.path.startswith("/module/download/"):
            return self._download(ask)
        for entry in self.shown():
            if ask.path in (self.address(entry), *(t.split(".test")[1] for t in self.twins(entry))):
                return self.html("article.html", entry=entry, drawn=self.drawn(entry), url=ask.path)
        return None

    def fact(self, entry: Entry, **own: Any) -> dict[str, Any]:
        """The row tells the day, PubDate the minute."""
        return super().fact(entry, **own)

    def _address(self, entry: Entry, column: str) -> str:
        year, month, day = map(int, entry.day.split("-"))
        return f"/art/{year}/{month}/{day}/art_{column}_{entry.number}.html"

    def _listing(self, column: Column) -> Response:
        entries = self.shown(column)
        return self.html(
            "list.html",
            column=column,
            unit=_UNIT[column.id],
            island=self._store(entries[: self.on["island"]], len(entries), column),
            total=len(entries),
        )

    def _store(self, entries: list[Entry], total: int, column: Column) -> str:
        encrypted = self.on["encrypted"] and column is self.columns[1]
        records = [
            render("jcms/record.html", entry=entry, link=self.address(entry)) for entry in entries
        ]
        return render(
            "jcms/store.xml",
            records=records,
            total=total,
            pages=-(-total // self.rows(column)),
            group=entry_group(column) if encrypted else "",
        )

    def _proxy(self, ask: Ask) -> Response:
        asked = {**ask.query, **ask.form}
        column = next((c for c in self.columns if c.id == asked.get("columnid")), None)
        stranger = not (ask.headers.get("referer") or ask.headers.get("x-requested-with"))
        known = column is not None and asked.get("unitid") == _UNIT[column.id]
        if column is None or not known or (self.on["referer"] and stranger):
            return Response(_REFUSED, headers={"content-type": "text/html;charset=UTF-8"})
        if self.on["encrypted"] and column is self.columns[1]:
            return Response(_REFUSED, headers={"content-type": "text/html;charset=UTF-8"})
        first = max(int(asked.get("startrecord") or 1), 1)
        last = min(int(asked.get("endrecord") or first + 44), first + 74)
        entries = self.shown(column)
        body = self._store(entries[first - 1 : last], len(entries), column)
        return Response(body, headers={"content-type": "text/html;charset=UTF-8"})

    def _download(self, ask: Ask) -> Response | None:
        for entry in self.shown():
            for index, name in enumerate(entry.text.attachments):
                if self.file(entry, index) == ask.target:
                    quoted = name.encode("gbk", "replace").decode("latin-1")
                    headers = {
                        "content-disposition": f'attachment; filename="{quoted}"',
                        "content-type": "application/octet-stream",
                    }
                    return Response(content(name), headers=headers)
        return None


def entry_group(column: Column) -> str:
    """What an encrypted nextgroup looks like."""
    hashed = hashlib.sha256(column.id.encode()).hexdigest()
    return f"/module/web/jpage/dataproxy.jsp?page=2&appid=1&columnid={hashed}&unitid={hashed[::-1]}"
