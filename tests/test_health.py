"""Judging a source: what is told, and what is no reason for alarm."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from archive.runs import Counts, Example, Past
from crawler.habits import Habits, agrees, is_legible, learnt
from crawler.health import Seen, Usual, judge, working_days
from model.source import Source

TODAY = date(2026, 11, 25)
BODY = "近日，清河市要求全市小区公开服务标准、收费和维修资金，首批六十二个小区已经完成公示。"
USUAL = Usual(
    TODAY,
    past=[Past(20, {}, 900.0)] * 5,
    habits=learnt(
        Example(f"清河市服务标准之{n}", f"清河市服务标准之{n}", "2026-08-16", "清河日报", "",
                "text", f"{n}{BODY}" * (8 + n % 30))
        for n in range(400)
    ),
    days=[TODAY - timedelta(days=2 * n) for n in range(1, 95)][:60],
    lost=(4, 300),
)  # fmt: skip
READ = Counter(title=10, body=10, published=10, outlet=10, listed=10, legible=10)


def told(source: Source, seen: Seen, reason: str = "finished", **more: Any) -> tuple[str, str]:
    return judge(source, seen, reason, replace(USUAL, **more))


def verdict(source: Source, seen: Seen, reason: str = "finished", **more: Any) -> str:
    return told(source, seen, reason, **more)[0]


def seen(**more: Any) -> Seen:
    usual = Seen(
        Counts(listed=20, new=10), 20, read=Counter(READ), had=Counter(READ), lengths=[900] * 10
    )
    return replace(usual, **more)


def few(number: int, **had: int) -> Seen:
    """A night with a few new articles."""
    read = Counter(dict.fromkeys(READ, number))
    counts = Counts(listed=20, new=number)
    return Seen(counts, 20, read=read, had=Counter({**read, **had}), lengths=[900] * number)


def test_an_ordinary_night_is_healthy(source: Source) -> None:
    assert told(source, seen()) == ("healthy", "")
    assert told(source, few(2)) == ("healthy", "")


def test_a_night_without_news_is_healthy(source: Source) -> None:
    assert told(source, Seen(Counts(listed=20), 20)) == ("healthy", "nothing new")


@pytest.mark.parametrize(
    ("given", "reason", "expected", "word"),
    [
        (Seen(), "finished", "broken", "named no article"),
        (Seen(trouble="HTTP status 503"), "finished", "broken", "HTTP status 503"),
        (Seen(trouble="ConnectionRefusedError: x"), "finished", "broken", "ConnectionRefused"),
        (Seen(trouble="ResponseFailed: certificate verify failed"), "finished", "broken", "certif"),
        (Seen(trouble="DownloadTimeoutError: 60 s"), "finished", "broken", "Timeout"),
        (Seen(trouble="restricted: the page says 请先登录"), "finished", "refused", "请先登录"),
        (Seen(refusal="robots.txt forbids it"), "refused", "refused", "robots.txt forbids it"),
        (Seen(refusal="the page holds captcha"), "refused", "refused", "captcha"),
        (seen(), "shutdown", "broken", "shutdown"),
        (seen(), "stalled", "broken", "stalled"),
        (seen(), "closespider_timeout", "thin", "time ran out"),
        (seen(mistakes=1), "finished", "broken", "mistakes"),
        (seen(moved_to="http://parked.test/"), "finished", "moved", "http://parked.test/"),
        (Seen(moved_to="http://parked.test/"), "finished", "moved", "http://parked.test/"),
        (Seen(strange="9 of 9 older rows are new"), "finished", "broken", "9 of 9"),
        (seen(first_page=10), "finished", "thin", "10 rows on the first page, usually 20"),
        (seen(counts=Counts(listed=20, new=3), lost=7), "finished", "thin", "7 of 10"),
        (Seen(Counts(listed=20), 20, lost=3), "finished", "thin", "3 of 3"),
        (Seen(Counts(listed=20), 20, gone=4, there=1), "finished", "broken", "4 of 5"),
        (seen(held=8, counts=Counts(listed=20, new=2)), "finished", "thin", "8 of 10"),
        (seen(had=READ | Counter() - Counter(published=5)), "finished", "healthy", ""),
        (seen(had=Counter({**READ, "published": 5})), "finished", "thin", "published in 50%"),
        (seen(had=Counter({**READ, "outlet": 1})), "finished", "thin", "outlet in 10%"),
        (seen(had=Counter({**READ, "listed": 0})), "finished", "thin", "the listed title"),
        (seen(had=Counter({**READ, "legible": 2})), "finished", "thin", "legible"),
        (few(2, published=0), "finished", "thin", "published in 0%"),
        (few(1, title=0), "finished", "thin", "title in 0%"),
        (seen(lengths=[12] * 10), "finished", "thin", "12 characters"),
        (seen(lengths=[200] * 10), "finished", "thin", "200 characters"),
    ],
)  # fmt: skip
def test_every_kind_of_breakage_is_told(
    source: Source, given: Seen, reason: str, expected: str, word: str
) -> None:
    found, note = told(source, given, reason)
    assert (found, word in note) == (expected, True), note


def test_of_a_young_source_too_little_is_known_for_an_alarm(source: Source) -> None:
    young: dict[str, Any] = {"past": [Past(20, {}, 0.0)] * 2, "habits": Habits(), "lost": (0, 0)}
    for given in (
        seen(first_page=6),
        few(2, outlet=0),
        seen(had=Counter({**READ, "outlet": 3})),
        seen(lengths=[120] * 10),
        Seen(Counts(listed=3, new=1), 3, lost=1),
    ):
        assert verdict(source, given, **young, days=USUAL.days[:3]) == "healthy", given


def test_a_first_walk_must_give_what_is_promised(source: Source) -> None:
    promising = source.model_copy(
        update={"expect": source.expect.model_copy(update={"articles": 50})}
    )
    assert verdict(promising, seen(), first_walk=True) == "thin"
    assert verdict(promising, seen()) == "healthy"


def test_a_long_first_walk_goes_on_for_nights_without_alarm(source: Source) -> None:
    assert verdict(source, seen(), "closespider_timeout", walked=False) == "healthy"
    assert verdict(source, Seen(Counts(listed=9), 9), "closespider_timeout", walked=False) == "thin"


def test_a_source_that_falls_silent_is_quiet(source: Source) -> None:
    assert verdict(source, seen(), days=[TODAY - timedelta(days=181)]) == "quiet"
    stopped = [day - timedelta(days=20) for day in USUAL.days]
    assert verdict(source, seen(), days=stopped) == "quiet"


def test_what_its_file_says_of_silence_holds(source: Source) -> None:
    patient = source.model_copy(
        update={"expect": source.expect.model_validate({"silence_days": 400})}
    )
    assert verdict(patient, seen(), days=[TODAY - timedelta(days=390)]) == "healthy"
    assert verdict(patient, seen(), days=[TODAY - timedelta(days=401)]) == "quiet"


def test_a_slip_of_a_date_hides_no_silence(source: Source) -> None:
    stopped = [date(2062, 1, 1), *(day - timedelta(days=20) for day in USUAL.days)]
    assert verdict(source, seen(), days=stopped) == "quiet"


def test_spring_festival_counts_no_working_days() -> None:
    assert working_days(date(2026, 2, 14), date(2026, 2, 23)) == 0
    assert working_days(date(2026, 11, 20), date(2026, 11, 25)) == 3


def test_titles_agree_when_cut_or_lengthened() -> None:
    assert agrees("清河市推行物业服务“四公…", "清河市推行物业服务“四公开”") is True
    assert agrees("一图读懂：清河市物业新规", "清河市物业新规") is True
    assert agrees("清河市推行物业服务四公开", "系统维护通知") is False
    assert agrees("清河市物业新规", "提示") is False
    assert agrees("更多", "清河市物业新规") is None


def test_mojibake_is_not_legible() -> None:
    assert is_legible(BODY)
    assert is_legible("AI 5G 2026 budget")
    assert not is_legible(BODY.encode("utf-8").decode("gb18030", "replace"))
    assert not is_legible(BODY.encode("gb18030").decode("utf-8", "replace"))
    assert not is_legible(BODY.encode("utf-8").decode("latin-1"))
