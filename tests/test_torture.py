"""Nothing lost, nothing doubled: a small run of what `make torture` does in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.torture.full import can_mount, full
from benchmarks.torture.interrupted import BAD, interrupted
from benchmarks.torture.kills import kills

SOURCES = ("assoc-policy", "gov-policy")
MUST_BE_NONE = ("lost", "doubled", "different", "damaged", "hung", "unanswered", "long logs")


def test_killed_crawls_lose_and_double_nothing(tmp_path: Path) -> None:
    told = kills(4, 3, tmp_path, SOURCES)
    assert told["kills"] >= 2
    assert {name: told[name] for name in MUST_BE_NONE} == dict.fromkeys(MUST_BE_NONE, 0)
    assert told["requests"] > 0


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    if not can_mount(tmp_path):
        pytest.skip("small disks can be made here by root only")
    told = full(2, 2, tmp_path, SOURCES)
    assert told.pop("disks") == 2
    assert told.pop("full") >= 1
    assert set(told.values()) == {0}, told


def test_killed_commands_leave_what_was_or_what_shall_be(tmp_path: Path) -> None:
    works = ("migration", "restore")
    told = interrupted(2, 4, tmp_path, works)
    assert {name: told[name] for name in BAD} == dict.fromkeys(BAD, 0)
    assert [told[name] for name in works] == [1, 1]
