"""No way leads inside: links, redirects, refreshes, feeds, DNS answers and starts alike."""

from __future__ import annotations

from pathlib import Path

from benchmarks.torture.addresses import addresses, forms


def test_nothing_inside_is_connected_to(tmp_path: Path) -> None:
    assert len(forms()) >= 60
    told = addresses(30, 3, tmp_path)
    assert told["refusals told"] >= 100
    assert told["connects outside"] > 0
    bad = ("connects inside", "files opened", "sockets listening")
    assert {name: told[name] for name in bad} == dict.fromkeys(bad, 0)


def test_without_guard_and_resolver_the_trial_fails(tmp_path: Path) -> None:
    assert addresses(6, 3, tmp_path, door="open")["connects inside"] > 0
