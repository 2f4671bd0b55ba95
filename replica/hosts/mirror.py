"""mirror.test: clones of the association's pages, converted and damaged as spam mirrors do it."""

from __future__ import annotations

import functools
import re
import zlib
from typing import Any, ClassVar

import opencc
from starlette.responses import Response

from ..site import Ask, Column, Entry
from .assoc import Assoc

# What befalls the pages, one after the other: family and level, "hant" an innocent Traditional
# page, "+" a line of keywords on top.
FATES = ("A3+", "B", "A1", "A2+", "hant", "A3", "B+", "A2", "A3+", "A1+", "B", "A3")
_SPAM = "星河體育·(中國)官方網站,星河棋牌大廳下載,注册即送,手機登錄入口"
_PARTS = re.compile(r"(<script.*?</script>|<style.*?</style>|<[^>]*>)", re.IGNORECASE | re.DOTALL)


class Mirror(Assoc):
    """UTF-8; the addresses are those of the site it cloned."""

    host = "mirror.test"
    names = ("www.mirror.test",)
    templates = "assoc"
    encoding = "utf-8"
    columns: ClassVar[tuple[Column, ...]] = (Column("5", "他山之石", "mirror", count=0, rows=8),)
    switches: ClassVar[dict[str, Any]] = {**Assoc.switches, "private_use": True, "count": 16}

    def __init__(self, texts: Any, web: Any) -> None:
        super().__init__(texts, web)
        cloned = web.site("assoc.test").shown()
        long_enough = [e for e in cloned if len("".join(e.text.paragraphs)) > 200]
        for entry in [e for e in long_enough if e.column.id == "5"][: self.on["count"]]:
            self.entries.append(Entry(entry.text, self.columns[0], entry.number, entry.date))

    def fate(self, entry: Entry) -> str:
        """What befell the page of an article."""
        return FATES[self.entries.index(entry) % len(FATES)] if not entry.words else ""

    def fact(self, entry: Entry, **own: Any) -> dict[str, Any]:
        """The truth is the clean text; ``damage`` tells what was done to it."""
        return super().fact(entry, damage=self.fate(entry), **own)

    def page(self, ask: Ask) -> Response | None:
        """The association's page, damaged."""
        answer = super().page(ask)
        if answer is None or b"<BODY" not in answer.body:
            return answer
        query = ask.folded()
        entry = self.numbered(query.get("id", ""))
        fate = self.fate(entry) if entry else "A2"
        text = self._damaged(bytes(answer.body).decode(), fate)
        if fate.endswith("+"):
            text = re.sub(r"(<BODY[^>]*>)", rf"\1<DIV>{_SPAM}</DIV>", text, count=1)
        return Response(
            text.encode("utf-8", "surrogatepass"), headers={"content-type": "text/html"}
        )

    def _damaged(self, page: str, fate: str) -> str:
        parts = _PARTS.split(page)
        return "".join(
            part if part.startswith("<") or not part.strip() else self._fallen(part, fate)
            for part in parts
        )

    def _fallen(self, text: str, fate: str) -> str:
        from ..damage import damage_a, damage_b  # its dictionary takes half a second to load

        if fate.startswith("A"):
            return damage_a(text, int(fate[1]), self.on["private_use"])
        if fate.startswith("B"):
            return damage_b(text, 0.25, seed=zlib.crc32(text.encode()))
        return _traditional().convert(text) if fate == "hant" else text


@functools.cache
def _traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")
