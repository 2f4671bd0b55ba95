"""trsjs.test: a TRS site whose listing rows stand in a script; without one the list is empty."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from ..site import Column, Entry
from .gov import Gov, minute


class TrsJs(Gov):
    """The rows are objects (URL, title, FILENUM, time) that document.writeln shows."""

    host = "trsjs.test"
    title = "青陵市住房和城市更新局"
    names = ("www.trsjs.test",)
    templates = "gov"
    listing = "list_script.html"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("/zwdt/jdxw/", "基层动态", "trsjs", first=50, count=34, rows=12),
    )
    switches: ClassVar[dict[str, Any]] = {**Gov.switches, "strangers": False, "stubs": False}
    numbers = (2601100, 41)

    def script(self, entries: list[tuple[Entry, str]]) -> str:
        """The array as the template's script holds it: escaped quotes, an entity in some titles."""
        made = []
        for entry, link in entries:
            title = entry.text.title.replace("“", "&ldquo;").replace("”", "&rdquo;")
            number = dict(entry.text.document).get("发文字号", "")
            made.append({"URL": link, "title": title, "FILENUM": number, "time": minute(entry)})
        return json.dumps(made, ensure_ascii=False).replace("</", "<\\/")
