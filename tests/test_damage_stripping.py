"""Annotations behind whole characters."""

from __future__ import annotations

import pytest

from pipelines.damage.stripping import belongs, changes, strip


@pytest.mark.parametrize(
    ("family", "read", "whole"),
    [
        ("A", "業(yè)務(wù)(wù)中心(站)", "業務中心(站)"),
        ("A", "樂(yuè)府與音樂(lè)", "樂(yuè)府與音樂"),
        ("A", "綠(lv)色和重(zhòng)要", "綠(lv)色和重(zhòng)要"),
        ("A", "\n(yè)業\n(yè)", "\n(yè)業\n(yè)"),
        ("B", "管(guan)(guan)(黑管(guan)(guan))", "管(黑管)"),
        ("B", "業(yè)務(wu)(Wu)", "業(yè)務(Wu)"),
        ("AB", "業(yè)務(wu)", "業務"),
    ],
)
def test_only_own_readings_go(family: str, read: str, whole: str) -> None:
    assert strip(read, family) == whole


@pytest.mark.parametrize("family", ["A", "B", "AB"])
def test_text_without_annotations_is_the_same_object(family: str) -> None:
    text = "業務中心(站)由公司(Company)負責(2019)"
    assert strip(text, family) is text
    assert list(changes(text, family)) == []


def test_changes_are_what_strip_does() -> None:
    read = "業(yè)務(wù)(wù)中心(站)長(zhǎng)(cháng)"
    made, at = [], 0
    for change in changes(read, "A", 100):
        start = change.offset - 100
        assert read.startswith(change.before, start)
        made += [read[at:start], change.after]
        at = start + len(change.before)
    assert "".join(made) + read[at:] == strip(read, "A") == "業務中心(站)長(cháng)"


def test_a_reading_belongs_to_its_character_and_family() -> None:
    assert belongs("業", "yè", "A")
    assert not belongs("業", "yè", "B")
    assert belongs("業", "ye", "B")
    assert not belongs("的", "de", "A")
