"""No fetch where robots.txt cannot be had, none before the rest is over."""

from __future__ import annotations

from pathlib import Path

from benchmarks.torture.manners import TRIALS, manners


def test_hosts_are_left_alone_when_they_say_so_or_cannot_say(tmp_path: Path) -> None:
    told = manners(7, 1, tmp_path)
    assert (told["closed hosts"], told["resting hosts"]) == (7, 7)
    assert {name: told[name] for name in TRIALS[0].bad} == dict.fromkeys(TRIALS[0].bad, 0)
