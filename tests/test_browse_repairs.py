"""Guesses of repair found again in the text as it is shown."""

from __future__ import annotations

from typing import Any

from browse.repairs import guesses


def edit(offset: int, before: str, after: str, sure: bool, field: str = "body") -> dict[str, Any]:
    return {"offset": offset, "before": before, "after": after, "sure": sure, "field": field}


def test_earlier_edits_move_a_guess() -> None:
    read = "業(yè)主請不了爲(wèi)難的人"
    edits = [
        edit(1, "(yè)", "", True),
        edit(read.index("爲"), "爲(wèi)", "爲", False),
    ]
    shown = "业主请不了为难的人"
    assert guesses(edits, shown) == [(5, 6)]
    assert shown[5] == "为"


def test_only_guesses_of_the_field_count() -> None:
    edits = [edit(0, "x", "为", True), edit(0, "x", "为", False, "title")]
    assert guesses(edits, "为") == []


def test_a_guess_that_is_not_there_is_left_out() -> None:
    assert guesses([edit(0, "x", "为", False)], "別的文字") == []
    assert guesses([edit(0, "(x)", "", False)], "文字") == []


def test_a_place_that_is_a_little_off_is_found() -> None:
    assert guesses([edit(3, "?", "为", False)], "一二三四五为") == [(5, 6)]
