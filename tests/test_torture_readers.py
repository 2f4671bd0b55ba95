"""What strangers may try on a real server: a small run of what `make torture` does in full."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.torture import Trial, abuse, greedy, payloads, queries, sheets, strangers


def trial(module: object, name: str) -> Trial:
    found: tuple[Trial, ...] = module.TRIALS  # type: ignore[attr-defined]
    return next(one for one in found if one.name == name)


def held(trial: Trial, told: dict[str, int]) -> None:
    """Nothing happened that must not."""
    assert {name: told[name] for name in trial.bad} == dict.fromkeys(trial.bad, 0), told


def small(function: Callable[..., dict[str, int]], **options: int) -> Callable[..., dict[str, int]]:
    return lambda number, folder: function(number, 1, folder, **options)


CASES: dict[str, tuple[Any, Any, int, dict[str, int]]] = {
    "queries": (queries, queries.queries, 12, {"articles": 200}),
    "greedy": (greedy, greedy.greedy, 30, {"page": 2_000_000, "articles": 12}),
    "sockets": (abuse, abuse.sockets, 1100, {}),
    "strangers": (strangers, strangers.strangers, 200, {}),
    "sheets": (sheets, sheets.sheets, 480, {}),
}


@pytest.mark.parametrize("name", CASES)
def test_strangers_do_no_harm(name: str, tmp_path: Path) -> None:
    module, function, number, options = CASES[name]
    told = small(function, **options)(number, tmp_path)
    held(trial(module, name), told)


def test_readers_are_answered_beside_those_who_ask_too_much(tmp_path: Path) -> None:
    told = abuse.abuse(3, 1, tmp_path, articles=300, abusers=8)
    assert told["good pages"] > 5
    assert told["abusive requests"] > 3
    assert told["good refused"] == 0


def test_nothing_runs_in_a_browser(tmp_path: Path) -> None:
    pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if payloads.chromium() is None:
        pytest.skip("no Chromium here (apt install chromium)")
    places = ("/search?q=P", "/article/KEY", "/DB/articles?_search=P&_facet=P", "/DB/articles/ID")
    told = payloads.payloads(2, 1, tmp_path, places)
    assert told["visits"] == 2 * 4 * 3
    held(trial(payloads, "payloads"), told)
