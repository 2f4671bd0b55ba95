"""The damage that the replica's mirror does, which repair has to undo."""

from __future__ import annotations

import pytest

from replica.damage import ANNOTATED, damage_a, damage_b, reading, to_traditional

TEXT = "改变全球市场的发展，当地经济结构。科学家们认识到：知识。现在！"


def test_conversion_is_one_character_for_one() -> None:
    assert len(to_traditional(TEXT)) == len(TEXT)
    assert to_traditional("台着准症后里干面") == "臺著準癥后里干面"


def test_annotations_fall_inside_characters() -> None:
    assert damage_a("业务") == "業(yè)務(wù)"
    assert damage_a("改变全") == "改變?nèi)?"
    assert damage_a("当地经济", 2) == "當(dāng)地經(jīng)濟"
    assert damage_a("局数据") == "局?jǐn)?shù)據(jù)"


def test_punctuation_is_cut_out_of_characters() -> None:
    assert damage_a("知识。科学").startswith("知識(shí)?？")


def test_levels_annotate_more_and_more() -> None:
    sizes = [len(damage_a("业务网络农村经济从业者们", level)) for level in (1, 2, 3, 4)]
    assert sizes == sorted(set(sizes))


def test_private_use_characters_can_be_dropped() -> None:
    kept, dropped = damage_a("变全球"), damage_a("变全球", private_use=False)
    assert any("\ue000" <= c <= "\uf8ff" for c in kept)
    assert dropped == "".join(c for c in kept if not "\ue000" <= c <= "\uf8ff")


def test_family_b_is_repeatable_and_annotates_every_occurrence_of_a_line() -> None:
    text = "年年有余，年景好\n年年有余，年景好"
    damaged = damage_b(text, 0.5, 3)
    assert damaged == damage_b(text, 0.5, 3)
    assert damaged != damage_b(text, 0.5, 4)
    for line in damaged.split("\n"):
        assert line.count("年(") in (0, 3)


@pytest.mark.parametrize("character", ANNOTATED)
def test_every_annotated_character_has_a_toned_reading(character: str) -> None:
    assert not reading(character).isascii()
