"""Stand-in characters become the characters they stand for."""

from __future__ import annotations

import unicodedata

import pytest

from pipelines import forms


def test_every_kangxi_radical_has_its_character() -> None:
    for code in range(0x2F00, 0x2FD6):
        made, count = forms.compatible(chr(code))
        assert count == 1
        assert unicodedata.name(made).startswith("CJK UNIFIED IDEOGRAPH")


def test_compatibility_ideographs_that_are_none_stay() -> None:
    assert forms.compatible("﨎﨏﨑")[1] == 0  # in the block by mistake, unified in truth


def test_full_width_marks_stay_full_width() -> None:
    text = "《通知》（甲）：“乙”，丙；丁！戊？己＋庚￥"
    assert forms.narrow(text) == (text, 0)
    assert forms.narrow(text)[0] is text


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        ("ＡＢｃ０９", "ABc09"),
        ("ｎａｍｅ＠ｑｉｎｇｈｅ．ｔｅｓｔ", "name@qinghe.test"),
        ("５０％、１／３、２０１９－０８", "50%、1/3、2019-08"),
        ("（１）第２条：３", "（1）第2条：3"),
    ],
)
def test_letters_and_digits_become_ascii(wide: str, narrow: str) -> None:
    assert forms.narrow(wide)[0] == narrow


def test_glyphs_of_unknown_meaning_are_kept() -> None:
    assert forms.glyphs("\uf06c甲\uf161乙\ue7c7") == ("●甲\uf161乙ḿ", 2)
