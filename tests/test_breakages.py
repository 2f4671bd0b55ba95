"""Sources that break overnight, and what becomes of what they showed: small runs of the trials."""

from __future__ import annotations

from pathlib import Path

from benchmarks.torture.breakages import BREAKAGES, breakages
from benchmarks.torture.quiet import quiet


def test_every_way_to_break_is_told_the_same_night_and_nothing_of_it_is_believed(
    tmp_path: Path,
) -> None:
    told = breakages(len(BREAKAGES), 1, tmp_path)
    assert len(BREAKAGES) >= 12
    bad = ("missed", "misjudged", "false alarms", "bad articles")
    assert {name: told[name] for name in bad} == dict.fromkeys(bad, 0)


def test_a_quiet_night_costs_one_request_a_listing_and_changes_no_row(tmp_path: Path) -> None:
    told = quiet(6, 1, tmp_path)
    assert told["requests"] == told["sources"] == told["robots.txt"] == 6
    assert told["articles"] >= 100
    assert told["nights that ended badly"] == told["rows changed"] == 0
