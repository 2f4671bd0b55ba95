"""OpenCC's converters with words of ours in front."""

from __future__ import annotations

import pytest

from pipelines import conversion


def test_a_stock_converter_is_built_once() -> None:
    assert conversion.stock("t2s") is conversion.stock("t2s")
    assert conversion.stock("t2s")("後來發現頭髮") == "后来发现头发"


@pytest.mark.parametrize("config", ["t2s", "s2t", "s2tw", "s2hk"])
def test_own_words_come_first_and_the_rest_is_opencc(config: str) -> None:
    text = "後来发现頭髮在裏面，里程五公里"
    convert = conversion.extended(config, {"里程": "甲乙"})
    assert convert(text) == conversion.stock(config)(text).replace("里程", "甲乙")


def test_the_longest_of_the_own_words_decides() -> None:
    convert = conversion.extended("t2s", {"著": "着", "著作": "著作", "看著": "看着"})
    assert convert("隨著，看著作業，著作") == "随着，看着作业，著作"


def test_own_words_alone_change_nothing_else() -> None:
    assert conversion.only({"發": "发", "發髮": "发发"})("發髮後") == "发发後"


@pytest.mark.parametrize("config", ["t2s", "s2t", "s2tw", "s2hk"])
def test_single_characters_need_no_phrases(config: str) -> None:
    han = "\n".join(map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))))
    assert conversion.by_character(config)(han) == conversion.stock(config)(han)
