"""The catalogue: every text of the pages has an English one, and none is left over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import browse
from browse.language import english, say
from browse.showing import FORMS, KINDS, VERDICTS

FOLDER = Path(browse.__file__).parent
_CALL = re.compile(r"""(?<!\w)(?:_|say|visit\.say)\(\s*(?:"([^"]+)"|'([^']+)')""")
_STRING = re.compile(r'"([^"\n]*[\u4e00-\u9fff][^"\n]*)"|\'([^\'\n]*[\u4e00-\u9fff][^\'\n]*)\'')


def said() -> set[str]:
    """Every text that a page may say."""
    found = {*KINDS.values(), *FORMS.values(), *VERDICTS.values()}
    files = [*FOLDER.rglob("*.html"), *FOLDER.rglob("*.py"), FOLDER / "stock.yml"]
    for path in files:
        for one, other in _CALL.findall(path.read_text(encoding="utf-8")):
            found.add(one or other)
    return {text for text in found if re.search(r"[\u4e00-\u9fff]", text)}


def test_every_text_has_its_english() -> None:
    assert sorted(said() - english().keys()) == []


def test_no_english_is_left_over() -> None:
    texts = "\n".join(
        path.read_text(encoding="utf-8").replace('\\"', '"')
        for pattern in ("*.html", "*.py", "stock.yml")
        for path in FOLDER.rglob(pattern)
    )
    assert sorted(text for text in english() if text not in texts) == []


@pytest.mark.parametrize("text", sorted(english()))
def test_both_languages_take_the_same_values(text: str) -> None:
    assert set(re.findall(r"\{(\w+)\}", text)) == set(re.findall(r"\{(\w+)\}", english()[text]))


def test_a_text_without_english_stays_chinese() -> None:
    assert say("en", "没有译文 {n}", n=3) == "没有译文 3"
    assert say("zh", "{n} 篇", n="1,000") == "1,000 篇"
    assert say("en", "{n} 篇", n="1,000") == "1,000 articles"
