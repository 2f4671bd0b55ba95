"""Hostile hosts beside good ones: the good pages are kept, the others cost little and are told."""

from __future__ import annotations

from pathlib import Path

from benchmarks.torture.hostile import TRIALS, hostile

FACES = ("headers", "gzip-bomb", "nested", "reset", "short", "chunk-cut", "huge", "waf403")


def test_good_pages_come_through_a_hostile_night(tmp_path: Path) -> None:
    told = hostile(24, 1, tmp_path, FACES)
    assert told["good pages"] >= 60
    assert told["hostile requests"] >= 40
    bad = set(TRIALS[0].bad) - {"good pages that waited", "stalls"}  # by the clock, on any machine
    assert {name: told[name] for name in bad} == dict.fromkeys(bad, 0)
