"""The derived facts: bytes, readings, what a converter writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.damage import tables

SHARED = Path(__file__).parents[2] / "shared"


def test_two_bytes_and_characters_are_each_others_inverse() -> None:
    decoded, encoded = tables.decoded(), tables.encoded()
    pairs = [pair for pair, character in enumerate(decoded) if character]
    assert len(pairs) == 126 * 190
    assert all(encoded[decoded[pair]] == pair for pair in pairs)


def test_every_converted_character_of_gbk_has_one_reading() -> None:
    readings = tables.readings()
    assert len(readings) == 3559
    assert (readings["業"], readings["長"], readings["樂"]) == ("yè", "zhǎng", "lè")
    assert "于" not in readings


def test_readings_agree_with_the_observed_table() -> None:
    path = SHARED / "text" / "table.tsv"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    assert {row[0]: row[1] for row in rows} == tables.readings()


def test_a_first_byte_and_a_reading_nearly_always_tell_the_second() -> None:
    trails = tables.trails()
    assert trails[0x83, "nèi"] == (0xC8,)
    assert sum(len(options) > 1 for options in trails.values()) < 0.06 * len(trails)


def test_a_converter_writes_traditional_forms_and_what_it_keeps() -> None:
    assert all(map(tables.is_written, "業發臺著癥于后里的人"))
    assert not any(map(tables.is_written, "业发学国"))


@pytest.mark.parametrize(
    ("character", "found"), [("律", {"lv", "lu", "lü"}), ("重", {"zhong", "chong", "tong"})]
)
def test_toneless_readings_write_u_umlaut_in_every_way(character: str, found: set[str]) -> None:
    assert tables.toneless_readings(character) == found
