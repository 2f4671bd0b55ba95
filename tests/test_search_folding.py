"""Folding: the classes are those of OpenCC, and no conversion of a text changes its fold."""

from __future__ import annotations

from pathlib import Path

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.search.folding import fold, others
from pipelines.make_variants import TARGET, variants

CONVERSIONS = ("t2s", "tw2s", "hk2s", "s2t", "s2tw", "s2hk")
CONVERTERS = {name: opencc.OpenCC(name) for name in CONVERSIONS}
CHARACTERS = [chr(code) for code in range(0x4E00, 0xA000)]

# Words in which a character alone and in its word convert differently, and names of places.
WORDS = (
    "乾隆皇帝的著作 乾淨的後面 瞭望塔了解 里程 這裡裏面 計畫劃分 覆蓋復興 鐘錶鍾情 藉口借 沈陽沉 "
    "一隻只有 範围范例 谷物山穀 台灣臺北颱风 只有皇后以後 么麼幺 着着著名 周週到 鬥爭斗米 白麵面粉"
)
hanzi = st.text(st.one_of(st.sampled_from(CHARACTERS), st.sampled_from(WORDS)), max_size=30)


def test_the_shipped_classes_are_what_the_locked_opencc_makes() -> None:
    assert TARGET.read_text(encoding="utf-8") == variants()


@pytest.mark.parametrize("name", CONVERSIONS)
@settings(deadline=None)
@given(text=hanzi)
def test_a_conversion_does_not_change_the_fold(name: str, text: str) -> None:
    assert fold(CONVERTERS[name].convert(text)) == fold(text)


@pytest.mark.parametrize("name", CONVERSIONS)
def test_no_word_is_an_exception(name: str) -> None:
    assert fold(CONVERTERS[name].convert(WORDS)) == fold(WORDS)
    for char in CHARACTERS:
        assert fold(CONVERTERS[name].convert(char)) == fold(char)


@settings(deadline=None)
@given(st.text())
def test_every_character_keeps_its_place(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert [fold(char) for char in text] == list(folded)


@settings(deadline=None)
@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("ＡＩ", "ai"), ("２０１９年", "2019年"), ("Ａi", "ai"), ("naïve", "naive"), ("CO₂", "co2")],
)
def test_width_case_and_accents_are_folded(typed: str, plain: str) -> None:
    assert fold(typed) == plain


def test_radicals_are_read_as_characters() -> None:
    assert fold("⽤⼾⻓⺠") == fold("用户长民")


def test_a_class_is_shown_by_its_simplified_character() -> None:
    assert [fold(char) for char in "養後裡臺灣國"] == list("养后里台湾国")
    assert set("裡裏") <= set(others("里"))


def test_punctuation_stays() -> None:
    assert fold("“业主”，（一）！") == "“业主”，（一）！"


def test_pages_have_no_character_that_conversion_moves_to_another_class(shared: Path) -> None:
    pages = sorted((shared / "pages").glob("*/gold.jsonl"))
    assert pages
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for converter in CONVERTERS.values():
            assert fold(converter.convert(text)) == fold(text)
