"""Fuzzed pages, cut pages, other clocks: small numbers of what `make torture` does in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.torture import Trial, clocks, cuts, fuzz
from benchmarks.torture.texts import BAD, texts


@pytest.mark.parametrize("trial", fuzz.TRIALS, ids=lambda trial: trial.name)
def test_whatever_is_written_is_read_or_refused(trial: Trial, tmp_path: Path) -> None:
    told = trial.run(150, 5, tmp_path)
    assert told["tried"] == 150
    assert told["read"] > 20
    assert (told["uncaught"], told["slow"]) == (0, 0)


def test_a_page_that_breaks_off_is_never_taken_for_whole(tmp_path: Path) -> None:
    told = cuts.cuts(28, 2, tmp_path)
    assert told["kinds"] >= 6
    assert (told["taken for whole"], told["whole pages lost"]) == (0, 0)


def test_dates_depend_on_no_clock_and_no_zone(tmp_path: Path) -> None:
    told = clocks.clocks(3, 1, tmp_path)
    assert told["dates read"] >= 5
    assert told["differ"] == 0


def test_damaged_texts_lose_nothing_unsaid(tmp_path: Path) -> None:
    told = texts(300, 5, tmp_path)
    assert {name: told[name] for name in BAD} == dict.fromkeys(BAD, 0)
    assert told["marked"] > 20
    assert told["searched"] > 10
