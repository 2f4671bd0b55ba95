"""Quiet nights: no alarm for a source that keeps its rhythm, and a word when it stops.

Sources of many rhythms are made up from seeds, and lived through from October to March: National
Day and Spring Festival are among the nights.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from archive.runs import Counts, Example, Past
from crawler.habits import Habits, traits
from crawler.health import Seen, Usual, judge, silence, working_days
from model.source import Source

NIGHTS = 165
START = date(2025, 9, 20)  # National Day and Spring Festival are among the nights
DAY = timedelta(days=1)
Rhythm = Callable[[random.Random, date, date], bool]  # chance, today, the last day: published?


def works(day: date) -> bool:
    return bool(working_days(day - DAY, day))


def since(last: date, today: date) -> int:
    return working_days(last, today)


# Chance of publishing on a working day, given the working days since the last time.
RHYTHMS: dict[str, Rhythm] = {
    "daily": lambda chance, today, last: works(today) and chance.random() < 0.93,
    "every day of the week": lambda chance, today, last: chance.random() < 0.95,
    "most days": lambda chance, today, last: works(today) and chance.random() < 0.5,
    "weekly": lambda chance, today, last: (
        works(today) and since(last, today) >= chance.randint(4, 6)
    ),
    "weekly, without rhythm": lambda chance, today, last: works(today) and chance.random() < 0.2,
    "fortnightly": lambda chance, today, last: (
        works(today) and since(last, today) >= chance.randint(8, 12)
    ),
    "monthly": lambda chance, today, last: (
        works(today) and since(last, today) >= chance.randint(18, 25)
    ),
    "bursty": lambda chance, today, last: (
        works(today) and chance.random() < (0.6 if since(last, today) <= 2 else 0.06)
    ),
}  # fmt: skip
# Working days of silence after which each rhythm must be told at the latest.
TOLD_WITHIN = {
    "daily": 15, "every day of the week": 15, "most days": 40, "weekly": 35,
    "weekly, without rhythm": 110, "fortnightly": 55, "monthly": 80, "bursty": 320,
}  # fmt: skip


class Life:
    """One source and what it published; learns as the archive would."""

    def __init__(self, seed: int, rhythm: str, start: date, years: float = 2.0) -> None:
        self.chance = random.Random(seed)
        self.rhythm = RHYTHMS[rhythm]
        self.days: list[date] = []
        self.habits = Habits()
        self.rows = self.chance.choice((8, 15, 20, 30))
        self.past: list[Past] = []
        self.fill = {name: self.chance.choice((1.0, 0.97, 0.6)) for name in ("outlet", "author")}
        self.number = 0
        day = start - timedelta(days=int(365 * years))
        self.last = day
        while day < start:
            for example in self.publish(day):
                self.habits.add(example)
            day += DAY

    def publish(self, today: date) -> list[Example]:
        """What the source publishes on one day."""
        if not self.rhythm(self.chance, today, self.last):
            return []
        self.last = today
        self.days.insert(0, today)
        return [self._article(today) for _ in range(self.chance.choice((1, 1, 1, 2, 3, 6)))]

    def _article(self, today: date) -> Example:
        self.number += 1
        has = {name: self.chance.random() < share for name, share in self.fill.items()}
        length = int(self.chance.lognormvariate(6.6, 0.8)) + 60
        title = f"清河市第{self.number}号物业服务经验"
        return Example(
            title if self.chance.random() < 0.99 else "图解新规定的要点", title,
            today.isoformat() if self.chance.random() < 0.99 else "",
            "清河日报" if has["outlet"] else "", "王小明" if has["author"] else "", "text",
            f"{self.number}" + "业" * (length % 900),
        )  # fmt: skip

    def night(self, source: Source, today: date) -> tuple[str, str]:
        """One night: the verdict, then what was new becomes usual."""
        new = self.publish(today)
        seen = Seen(Counts(listed=self.rows, new=len(new)), self.rows - self.chance.randint(0, 1))
        seen.lost = int(self.chance.random() < 0.02)
        for example in new:
            for name, has in traits(example).items():
                seen.read[name] += 1
                seen.had[name] += has
            seen.lengths.append(len(example.body))
        usual = Usual(
            today, past=self.past[:30], habits=self.habits, days=self.days[:250], lost=(3, 200)
        )
        told = judge(source, seen, "finished", usual)
        for example in new:
            self.habits.add(example)
        if told[0] in ("healthy", "quiet"):
            self.past.insert(0, Past(seen.first_page, {}, 0.0))
        return told


def alarms(source: Source, years: float, lives: int) -> Counter[str]:
    """The alarms of many sources over all nights, by rhythm and word."""
    found: Counter[str] = Counter()
    for seed in range(lives):
        rhythm = list(RHYTHMS)[seed % len(RHYTHMS)]
        life = Life(seed, rhythm, START, years)
        for night in range(NIGHTS):
            verdict, note = life.night(source, START + night * DAY)
            if verdict != "healthy":
                found[f"{rhythm}: {verdict}: {note}"] += 1
    return found


def test_two_hundred_sources_raise_no_alarm_in_quiet_nights(source: Source) -> None:
    assert alarms(source, 1.2, 200) == Counter()


def test_young_sources_raise_no_alarm(source: Source) -> None:
    assert alarms(source, 0.15, 80) == Counter()


@pytest.mark.parametrize("rhythm", RHYTHMS)
def test_a_silence_is_told_in_time(source: Source, rhythm: str) -> None:
    start, waits = START, []
    for seed in range(12):
        life = Life(seed, rhythm, start)
        today = life.days[0]
        while not silence(source, life.days[:250], today):
            today += DAY
        waits.append(working_days(life.days[0], today))
    assert max(waits) <= TOLD_WITHIN[rhythm], waits


def test_a_breakage_among_quiet_nights_is_told_at_once(source: Source) -> None:
    life = Life(1, "daily", START)
    today = START
    for _ in range(10):
        life.night(source, today)
        today += DAY
    usual = Usual(today, past=life.past, habits=life.habits, days=life.days[:250])
    whole = Seen(Counts(listed=life.rows), life.rows)
    assert judge(source, whole, "finished", usual)[0] == "healthy"
    halved = replace(whole, first_page=life.rows // 2)
    assert judge(source, halved, "finished", usual)[0] == "thin"
