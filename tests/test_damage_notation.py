"""The spellings of an annotation."""

from __future__ import annotations

import pytest

from pipelines.damage import notation


@pytest.mark.parametrize(
    "written",
    ["(yè)", "（yè）", "&#40;yè&#41;", "(y&egrave;)", "(ye\u0300)", "(y&#232;)", "\u200b(yè)"],
)
def test_every_spelling_is_the_same_reading(written: str) -> None:
    found = notation.ANY.fullmatch(written)
    assert found is not None
    assert notation.reading(found[1]) == "yè"


def test_letters_of_old_fonts_are_read() -> None:
    assert notation.reading("ɡuǎnɡ") == "guǎng"
    assert notation.reading("bɑ") == "ba"


def test_an_annotation_inside_an_annotation_is_left_out() -> None:
    found = notation.PLAIN.fullmatch("(yōu(zī))")
    assert found is not None
    assert notation.reading(found[1]) == "yōu"


@pytest.mark.parametrize("written", ["(Yè)", "(2019)", "(A座)", "(yèyèyèyè)", "()", "(y è)"])
def test_other_parentheses_are_none(written: str) -> None:
    assert notation.PLAIN.search(written) is None


def test_usual_text_has_no_other_spelling() -> None:
    assert notation.is_usual("業(yè)務（一）公司（ABC）")
    assert not notation.is_usual("業（yè）")
    assert not notation.is_usual("業&#40;yè)")


def test_tones_are_seen_in_every_spelling() -> None:
    assert all(map(notation.is_toned, ["yè", "y&egrave;", "ye\u0300"]))
    assert not any(map(notation.is_toned, ["ye", "lü", ""]))


@pytest.mark.parametrize("text", ["負責(z", "負責(zé ...", "è)務中心"])
def test_a_text_cut_off_inside_an_annotation_is_seen(text: str) -> None:
    assert notation.is_cut(text)


def test_a_whole_text_is_not_cut() -> None:
    assert not notation.is_cut("負責人(站)")
