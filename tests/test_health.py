"""Judging a source: what is told, and what is no reason for alarm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from archive.runs import Counts, Past
from crawler.health import Seen, judge, working_days
from model.source import Source

TODAY = date(2026, 11, 25)
USUAL = [Past(20, {"title": 1.0, "body": 1.0, "published": 1.0, "outlet": 0.9}, 900.0)] * 5
DAYS = [TODAY - timedelta(days=2 * n) for n in range(1, 40)]
GOOD = {"read": 10, "title": 10, "body": 10, "published": 10, "outlet": 9}


def verdict(source: Source, seen: Seen, reason: str = "finished", **more: Any) -> str:
    given: dict[str, Any] = {"first_walk": False, "past": USUAL, "days": DAYS, "today": TODAY}
    return judge(source, seen, reason, **(given | more))[0]


def seen(**more: Any) -> Seen:
    usual = Seen(Counts(listed=20, new=10), 20, filled=dict(GOOD), lengths=[900] * 10)
    return replace(usual, **more)


def test_an_ordinary_night_is_healthy(source: Source) -> None:
    assert verdict(source, seen()) == "healthy"


def test_a_night_without_news_is_healthy(source: Source) -> None:
    quiet = Seen(Counts(listed=20), 20)
    told = judge(source, quiet, "finished", first_walk=False, past=USUAL, days=DAYS, today=TODAY)
    assert told == ("healthy", "nothing new")


@pytest.mark.parametrize(
    ("given", "reason", "expected"),
    [
        (seen(counts=Counts()), "finished", "broken"),
        (seen(), "refused", "refused"),
        (seen(), "shutdown", "broken"),
        (seen(), "closespider_timeout", "thin"),
        (seen(mistakes=1), "finished", "broken"),
        (seen(moved_to="http://parked.test/"), "finished", "moved"),
        (seen(first_page=6), "finished", "thin"),
        (seen(counts=Counts(listed=20, new=3, failed=7)), "finished", "thin"),
        (seen(filled={**GOOD, "published": 5}), "finished", "thin"),
        (seen(filled={**GOOD, "outlet": 1}), "finished", "thin"),
        (seen(lengths=[12] * 10), "finished", "thin"),
        (seen(lengths=[200] * 10), "finished", "thin"),
    ],
)
def test_every_kind_of_breakage_is_told(
    source: Source, given: Seen, reason: str, expected: str
) -> None:
    assert verdict(source, given, reason) == expected


def test_a_first_walk_must_give_what_is_promised(source: Source) -> None:
    promising = source.model_copy(
        update={"expect": source.expect.model_copy(update={"articles": 50})}
    )
    assert verdict(promising, seen(), first_walk=True) == "thin"
    assert verdict(promising, seen()) == "healthy"


def test_a_source_that_falls_silent_is_quiet(source: Source) -> None:
    assert verdict(source, seen(), days=[TODAY - timedelta(days=61)]) == "quiet"
    stopped = [day - timedelta(days=20) for day in DAYS]
    assert verdict(source, seen(), days=stopped) == "quiet"


def test_ninety_quiet_nights_with_spring_festival_raise_no_alarm(source: Source) -> None:
    published: list[date] = []
    start = date(2025, 10, 1)
    false_alarms = []
    for n in range(190):
        today = start + timedelta(days=n)
        if working_days(today - timedelta(days=1), today) and n % 3 != 2:
            published.insert(0, today)
        if n >= 100 and verdict(source, seen(), days=published[:60], today=today) != "healthy":
            false_alarms.append(today)
    assert false_alarms == []


def test_spring_festival_counts_no_working_days() -> None:
    assert working_days(date(2026, 2, 14), date(2026, 2, 23)) == 0
    assert working_days(date(2026, 11, 20), date(2026, 11, 25)) == 3
