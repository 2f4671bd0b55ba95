"""gov.test: a housing department on TRS WCM: static pages, a pager by script, the meta standard."""

from __future__ import annotations

from typing import Any, ClassVar

from starlette.responses import RedirectResponse, Response

from ..site import Ask, Column, Entry, Site

_STUB = (
    '<html xmlns="http://www.w3.org/1999/xhtml">\r\n<head>\r\n<meta http-equiv="Content-Type" '
    'content="text/html; charset=UTF-8" />\r\n<title>栏目列表</title>\r\n</head>\r\n'
    '<body>\r\n<!-- 本页由系统自动生成，栏目列表至此为止 -->\r\n<div class="list-con"></div>\r\n'
    "</body>\r\n</html>\r\n"
)
_PAGER = """function createPageHTML(_nPageCount,_nCurrIndex,_sPageName,_sPageExt){
 if(_nPageCount<=1)return;
 for(var i=0;i<_nPageCount;i++){
  var s=i==0?_sPageName+"."+_sPageExt:_sPageName+"_"+i+"."+_sPageExt;
  document.write(i==_nCurrIndex?"<span>"+(i+1)+"</span>":'<a href="'+s+'">'+(i+1)+"</a>");
 }
}
"""


class Gov(Site):
    """Listings at a bare directory; index_1 is page 2; pages promised past the end are stubs."""

    host = "gov.test"
    title: ClassVar[str] = "云溪市住房和城乡建设局"
    names = ("www.gov.test",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("/zwgk/tszs/", "他山之石", "gov-tashan", first=20, count=50, rows=15),
        Column("/zwgk/zcfg/", "政策法规", "gov-policy", "policy", first=8, count=24, rows=15),
    )
    switches: ClassVar[dict[str, Any]] = {
        "stubs": True,  # the pager promises three pages more than there are
        "numbering": 1,  # index_1 is page 2; at 2: index_2 is
        "strangers": True,  # rows that lead elsewhere
        "gbk": False,  # GBK bytes, declared gb2312
        "metas": True,  # the meta standard
        "conditional": True,  # ETag, and 304 where it still fits
        "layout": "trs",  # "new": after a redesign no rule of the old layout fits
    }
    listing: ClassVar[str] = "list.html"
    numbers = (2840001, 137)
    lag = 6
    shows = ("kicker", "outlet", "author", "editor", "document")

    def address(self, entry: Entry) -> str:
        """Month, then t and the day and the number."""
        day = entry.day.replace("-", "")
        return f"{entry.column.id}{day[:6]}/t{day}_{entry.number}.shtml"

    def picture(self, entry: Entry, index: int) -> str:
        """W, the day, eighteen digits in all."""
        suffix = entry.text.images[index].rpartition(".")[2]
        return f"./W0{entry.day.replace('-', '')}{entry.number}{index:02d}.{suffix}"

    def file(self, entry: Entry, index: int) -> str:
        """P instead of W."""
        suffix = entry.text.attachments[index].rpartition(".")[2]
        return f"./P0{entry.day.replace('-', '')}{entry.number}{index:02d}.{suffix}"

    def page(self, ask: Ask) -> Response | None:
        """Listings, articles, the pager's script."""
        if ask.path == "/images/page.js":
            return Response(_PAGER, media_type="application/x-javascript")
        if ask.path in ("/", "/index.shtml"):
            return self._made(ask, "home.html", columns=self.columns)
        for column in self.columns:
            if ask.path == column.id.rstrip("/"):
                return RedirectResponse(column.id, 301)
            if ask.path.startswith(column.id):
                number = self._page_number(ask.path.removeprefix(column.id))
                if number:
                    return self._listing(ask, column, number)
        entry = self.at(ask.path)
        return self._article(ask, entry) if entry else None

    def missing(self, ask: Ask) -> Response:
        """A styled 404."""
        answer = self.html("missing.html", charset=self._charset)
        answer.status_code = 404
        return answer

    def fact(self, entry: Entry, **own: Any) -> dict[str, Any]:
        """PubDate has the minute."""
        outlet = "" if entry.number % 9 == 4 else entry.text.outlet
        told = super().fact(entry, date=minute(entry).replace(" ", "T"), outlet=outlet, **own)
        for column in self.columns:
            if self.on["strangers"] and entry is self._neighbour(column):
                told["listed_by"].append(column.source)
        return told

    @property
    def _charset(self) -> str:
        return "gbk" if self.on["gbk"] else "utf-8"

    def _page_number(self, name: str) -> int:
        """The number of a listing page counted from 1; 0 for a name that is none."""
        if name in ("", "index.shtml"):
            return 1
        digits = name.removeprefix("index_").removesuffix(".shtml")
        if not digits.isdigit() or name != f"index_{digits}.shtml":
            return 0
        number = int(digits) + (self.on["numbering"] == 1)
        return number if 1 < number <= self._promised else 0

    @property
    def _promised(self) -> int:
        """How many pages the pager of the longest column speaks of."""
        return max(map(self.last, self.columns)) + 3

    def _listing(self, ask: Ask, column: Column, number: int) -> Response | None:
        if number > self.last(column):
            return (
                Response(_STUB, headers={"content-type": "text/html"}) if self.on["stubs"] else None
            )
        strangers = self.on["strangers"] and number == 1
        return self._made(
            ask,
            self.listing,
            column=column,
            rows=[(entry, self._link(entry)) for entry in self.listed(column, number)],
            strangers=strangers,
            neighbour=self._neighbour(column) if strangers else None,
            count=self.last(column) + 3 * bool(self.on["stubs"]),
            current=number - (self.on["numbering"] == 1),
        )

    def _neighbour(self, column: Column) -> Entry:
        """An article of another column that the listing of this one names as well."""
        return next(entry for entry in self.shown() if entry.column != column)

    def _link(self, entry: Entry) -> str:
        return "./" + self.address(entry).removeprefix(entry.column.id)

    def _article(self, ask: Ask, entry: Entry) -> Response:
        if "page" in entry.words:
            return Response(entry.words["page"].encode(), headers={"content-type": "text/html"})
        return self._made(
            ask,
            "article.html" if self.on["layout"] == "trs" else "redesigned.html",
            entry=entry,
            fact=self.fact(entry),
            drawn=self.drawn(entry),
            minute=minute(entry),
            doubled=entry.number % 7 == 0,
            broken_title=entry.number % 5 == 0,
        )

    def _made(self, ask: Ask, template: str, **words: Any) -> Response:
        declared = "gb2312" if self.on["gbk"] else "UTF-8"
        header = "text/html" if self.on["gbk"] else "text/html; charset=utf-8"
        answer = self.html(
            template, self._charset, {"content-type": header}, charset=declared, **words
        )
        return self.conditional(ask, answer) if self.on["conditional"] else answer


def minute(entry: Entry) -> str:
    """The date with a time of the day."""
    if len(entry.date) > 10:
        return entry.date
    return f"{entry.date} {8 + entry.number % 9:02d}:{entry.number % 60:02d}"
