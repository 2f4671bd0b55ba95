"""The language model and the characters chosen with it."""

from __future__ import annotations

import pytest

from pipelines.damage import candidates
from pipelines.damage.habits import Habits
from pipelines.damage.language import FILE, language, plainly


def test_the_model_is_small() -> None:
    assert FILE.stat().st_size < 1_500_000


def test_text_is_seen_simplified_with_full_width_marks() -> None:
    assert plainly("發展,著重2019年A座") == "发展，着重0000年0座"


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [
        ("占總人口的比重為", "占總人口的比重臘"),
        ("改變全球市場的發展", "改變拳涵市場的發展"),
        ("這件事辦得好。”\n", "這件事辦得好。、\n"),
        ("專科護理", "?？频護理"),
    ],
)
def test_sense_is_likelier_than_nonsense(likely: str, unlikely: str) -> None:
    model = language()
    assert model.read(likely).total > model.read(unlikely).total + 3


def test_reading_on_equals_reading_at_once() -> None:
    model = language()
    once = model.read("物業服務中心")
    assert model.read("服務中心", model.read("物業")) == once


def test_the_lost_byte_of_a_character_is_found_by_its_neighbours() -> None:
    lead = "務".encode("gbk")[0]
    found = candidates.best(candidates.with_lead(lead), "服", "中", 3, Habits())
    assert found[0].character == "務"
    shunned = candidates.best(candidates.with_lead(lead), "服", "中", 3, Habits(), frozenset("務"))
    assert shunned[0].character != "務"


def test_couples_have_a_private_use_character_between_their_halves() -> None:
    one, two = "全".encode("gbk"), "球".encode("gbk")
    found = candidates.couples(one[0], two[1], "变", "市", -40.0, Habits(), frozenset())
    assert "全球" in [both for both, _ in found[:3]]
    for both, _ in found:
        first, second = (c.encode("gbk") for c in both)
        assert "\ue000" <= bytes((first[1], second[0])).decode("gb18030") <= "\uf8ff"


def test_a_character_before_a_dropped_one_ends_as_it_must() -> None:
    found = candidates.before_private(
        "全".encode("gbk")[0], "球".encode("gbk")[0], "变", "球", 5, Habits()
    )
    assert "全" in [option.character for option in found]


def test_what_a_document_says_elsewhere_is_likelier() -> None:
    options = candidates.with_trail("海".encode("gbk")[1])
    before, after = plainly("乌"), plainly("市")
    strange = candidates.best(options, before, after, 1, Habits())
    familiar = Habits(pairs=frozenset({"乌海", "海市"}))
    assert strange[0].character != "牛"
    assert candidates.best(options, before, after, 1, familiar)[0].character == "海"
    assert candidates.familiar("乌", "海", "市", familiar.pairs) == 2 * candidates.FAMILIAR
