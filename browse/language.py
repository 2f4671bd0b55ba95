"""Languages and scripts of the pages: the catalogue of English words, and what a reader chose."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

Language = Literal["zh", "en"]
Script = Literal["hans", "hant", "tw", "hk", "original"]

# Parameters begin with _, for Datasette takes others for columns of a table.
_COOKIES = {"_lang": "tashan_lang", "_script": "tashan_script"}
_KNOWN: dict[str, tuple[str, ...]] = {"_lang": get_args(Language), "_script": get_args(Script)}
_TAGS = {"hans": "zh-Hans", "hant": "zh-Hant", "tw": "zh-Hant-TW", "hk": "zh-Hant-HK"}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader chose: the language of the frame and the script of everything Chinese.

    ``carried`` are the choices that stand in the address, to be kept in links; ``asked`` are
    those a cookie does not hold yet.
    """

    lang: Language
    script: Script
    carried: dict[str, str]
    asked: dict[str, str]

    @property
    def page_tag(self) -> str:
        """The language of the page, as HTML names it."""
        return "en" if self.lang == "en" else self.text_tag

    @property
    def text_tag(self) -> str:
        """The language of the texts."""
        return _TAGS.get(self.script, "zh-Hans" if self.lang == "zh" else "zh")


def choice(request: Any) -> Choice:
    """What the address says, else the cookie, else Chinese and Simplified."""
    made, carried, asked = {}, {}, {}
    for name, known in _KNOWN.items():
        kept = request.cookies.get(_COOKIES[name], "") if request else ""
        said = (request.args.get(name) or "") if request else ""
        if said in known:
            carried[name] = said
            if said != (kept or known[0]):
                asked[_COOKIES[name]] = said
        made[name] = next((value for value in (said, kept) if value in known), known[0])
    return Choice(made["_lang"], made["_script"], carried, asked)  # type: ignore[arg-type]


@cache
def english() -> dict[str, str]:
    """The English of every Chinese text of the pages."""
    path = Path(__file__).with_name("english.yml")
    catalogue: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return catalogue


def say(lang: Language, chinese: str, **values: Any) -> str:
    """A text of the pages in a language, values put in; without an English one it stays Chinese."""
    text = english().get(chinese, chinese) if lang == "en" else chinese
    return text.format(**values) if values else text
