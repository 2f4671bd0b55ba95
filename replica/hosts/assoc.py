"""assoc.test: a small association on classic ASP, after the founding page."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from starlette.responses import Response

from ..site import Ask, Column, Entry, Site

LONG = ("jiedao-shinian-zhangben", "shenzhen-wuye-chengshi-zhuanti")  # articles of several pages
# What the template says by itself; publish() may say each of them otherwise.
WORDS = {
    "site": "青陵市物业管理协会",
    "welcome": "你好，欢迎来到青陵市物业管理协会网站！",
    "phone": "联系电话：0890-2230766",
    "contact": "联系我们",
    "homepage": "设为首页",
    "favourite": "加入收藏",
    "visitors": "欢迎访问青陵物业网站，您是第{visitors}位访客",
    "copyright": "青陵市物业管理协会 版权所有 青陵林溪信息技术有限公司 技术支持",
    "place": "协会地址：青陵市东区机场路万和中心12楼",
    "record": "ICP备案编号：青ICP备19001751号-1 统一社会信用代码：51990400MJQ0582614",
    "section": "{column}",
    "here": "当前位置:首页 > {column}",
    "meta": "发布时间:{date}\xa0\xa0\xa0 来源:{outlet}\xa0\xa0 \xa0 阅读次数:{reads}",
}
_TAG = re.compile(r"</?[a-z]+")
_CUT = 17  # Mid(title, 1, 17), no ellipsis


class Assoc(Site):
    """GBK bytes, a header without charset, layout tables, counters that grow."""

    host = "assoc.test"
    names = ("www.assoc.test",)
    encoding = "gbk"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("5", "他山之石", "assoc-tashan", count=48, rows=15, also=LONG),
        Column("7", "政策法规", "assoc-policy", "policy", count=16, rows=10),
    )
    switches: ClassVar[dict[str, Any]] = {
        "counters": True,  # read and visitor counters grow with every fetch
        "header_utf8": False,  # the header claims UTF-8 although the bytes are GBK
        "layout": "table",  # "div": after a redesign no rule of the old layout fits
        "dead_row": False,  # the listing names an article that does not exist
    }
    lag = 5

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.visitors = 264_000
        self.reads: dict[int, int] = {}
        members_only = [entry for entry in self.entries if entry.column.id == "7"]
        if members_only:
            members_only[len(members_only) // 2].state = "restricted"

    def address(self, entry: Entry) -> str:
        """As the listing writes it."""
        return f"/NewsView.Asp?ID={entry.number}&SortID={entry.column.id}"

    def twins(self, entry: Entry) -> list[str]:
        """IIS looks at no letter case, and the column's number changes nothing."""
        number = entry.number
        return [
            f"http://{self.host}/newsview.asp?id={number}",
            f"http://www.assoc.test/NewsView.Asp?ID={number}&SortID={entry.column.id}",
        ]

    def picture(self, entry: Entry, index: int) -> str:
        """Kesion's habit: month, editor, seventeen digits."""
        suffix = entry.text.images[index].rpartition(".")[2]
        name = f"{entry.day.replace('-', '')}{entry.number:07d}{index:02d}"
        return f"UploadFiles/{entry.day[:7]}/admin/{name}.{suffix}"

    def file(self, entry: Entry, index: int) -> str:
        """Beside the pictures."""
        suffix = entry.text.attachments[index].rpartition(".")[2]
        return f"UploadFiles/file/{entry.day.replace('-', '')}{entry.number}{index}.{suffix}"

    def page(self, ask: Ask) -> Response | None:
        """Two scripts and a home page; paths and parameters in any letter case."""
        path, query = ask.path.lower(), ask.folded()
        if path in ("/", "/index.asp"):
            return self._listing(self.columns[0], 1)
        if path == "/news.asp":
            for column in self.columns:
                if column.id == query.get("sortid"):
                    return self._listing(column, _number(query.get("page", "1")))
            return self._word("暂无相关信息")
        if path == "/newsview.asp":
            entry = self.numbered(query.get("id", ""))
            if entry is None:
                return self._word("暂无相关信息")
            if entry.state == "restricted":
                return self.closed()
            return self._article(entry, _number(query.get("page", "0")))
        if path == "/hitcount.asp":
            entry = self.numbered(query.get("id", ""))
            return Response(f"document.write('{self._read(entry) if entry else 0}');")
        return None

    def closed(self) -> Response:
        """In the site's frame, with status 200."""
        return self._word("对不起，无查看权限！")

    def fact(self, entry: Entry, **own: Any) -> dict[str, Any]:
        """Day and outlet are all its meta row tells."""
        return super().fact(entry, date=entry.day, listed_title=entry.text.title[:_CUT], **own)

    def _listing(self, column: Column, number: int) -> Response:
        number = min(max(number, 1), self.last(column))  # past the end it repeats the last page
        rows = [self._row(entry, place) for place, entry in enumerate(self.listed(column, number))]
        if self.on["dead_row"] and number == 1:
            gone = {"link": f"NewsView.Asp?ID=9&SortID={column.id}", "titled": 2, "new": False}
            rows.insert(3, {**gone, "shown": "关于物业服务收费情况的说", "date": "2012-03-09"})
        return self._html(
            "news.html",
            column=column,
            rows=rows,
            number=number,
            last=self.last(column),
            total=len(self.shown(column)),
        )

    def _row(self, entry: Entry, place: int) -> dict[str, Any]:
        full = entry.text.title
        return {
            "link": self.address(entry).lstrip("/"),
            "titled": entry.number % 3,  # quoted, without quotes, not at all
            "full": full,
            "shown": full[:_CUT],
            "date": entry.day,
            "new": place < 2,
        }

    def _article(self, entry: Entry, number: int) -> Response:
        if "page" in entry.words:
            coded = entry.words["page"].encode(self._encoding(entry), "xmlcharrefreplace")
            return Response(coded, headers={"content-type": "text/html"})
        pages = len(entry.text.pages)
        number = min(max(number, 0), pages - 1)
        siblings = self.shown(entry.column)
        place = siblings.index(entry)
        by_script = entry.number % 5 == 0 and not entry.words
        return self._html(
            "view.html" if self.on["layout"] == "table" else "redesigned.html",
            entry=entry,
            by_script=by_script,
            reads="" if by_script else self._read(entry),
            drawn=self.drawn(entry, number),
            style=entry.number % 3,
            number=number,
            pages=pages,
            newer=siblings[place - 1] if place else None,
            older=siblings[place + 1] if place + 1 < len(siblings) else None,
        )

    def _word(self, sentence: str) -> Response:
        return self._html("word.html", sentence=sentence)

    def _html(
        self, template: str, entry: Entry | None = None, reads: object = "", **words: Any
    ) -> Response:
        encoding = self._encoding(entry)
        self.visitors += bool(self.on["counters"])
        otherwise = entry.words if entry else {}
        told = {
            "column": entry.column.name if entry else "",
            "date": entry.day if entry else "",
            "outlet": entry.text.outlet if entry else "",
            "reads": reads,
            "visitors": self.visitors,
        }
        declared = {"gbk": "gb2312"}.get(encoding, encoding)
        answer = self.html(
            template,
            encoding,
            say={key: otherwise.get(key, usual.format(**told)) for key, usual in WORDS.items()},
            charset=declared,
            typo=entry is not None and entry.number % 11 == 0,
            hot=self.shown()[:4],
            entry=entry,
            **words,
        )
        text = _TAG.sub(lambda tag: tag[0].upper(), bytes(answer.body).decode(encoding))
        claimed = "text/html; charset=utf-8" if self.on["header_utf8"] else "text/html"
        return Response(text.encode(encoding), headers={"content-type": claimed})

    def _encoding(self, entry: Entry | None) -> str:
        return str(entry.words.get("encoding", self.encoding)) if entry else self.encoding

    def _read(self, entry: Entry) -> int:
        reads = self.reads.get(entry.number, entry.words.get("reads", 150 + entry.number * 7 % 900))
        self.reads[entry.number] = reads + bool(self.on["counters"])
        return int(reads)


def _number(value: str) -> int:
    return int(value) if value.isdigit() else 0
