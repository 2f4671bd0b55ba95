"""Judging a source after a run: what is normal for it, and is tonight like that?

Pure: what was seen tonight, what is usual, and today's date go in, a verdict comes out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from math import comb
from statistics import median, pstdev
from typing import Literal

import holidays

from archive.runs import Counts, Past
from model.source import Source

from .habits import KNOWN_FROM, UNLIKELY, Habits, at_least, at_most

Verdict = Literal["healthy", "quiet", "thin", "broken", "refused", "moved"]
BAD: frozenset[Verdict] = frozenset({"quiet", "thin", "broken", "refused", "moved"})

_ENOUGH_ARTICLES = 5  # shares of fewer say nothing in the archive's history
_ENOUGH_RUNS = 3
_ENOUGH_DATES, _MANY_DATES = 12, 60  # the first over half a year, the second over any time
_LONG_KNOWN = timedelta(days=180)
_YOUNG = 3  # times the silence that nobody promised, for a source whose rhythm is not known
_ROWS, _ROWS_EVER = 0.6, 0.8  # of the usual rows on the first page, and of the fewest so far
_BELOW_PROMISE = 1e-3  # a promise is broken where chance alone is less likely
_SHORT = 0.05  # of the usual lengths are as short as this share of them
_MANY_LOST = 3  # articles
_SOME = 10  # so much more unlikely must a lack in a part of the articles be
_CERTAINTY = 20_000  # one false alarm in so many silences of a source without any rhythm
_SPREAD, _GRACE = 10, 3  # silence allowed: longest gap and so many deviations; days
_AHEAD = timedelta(days=1)  # a date further in the future is a slip


@dataclass(slots=True)
class Seen:
    """What one source gave tonight."""

    counts: Counts = field(default_factory=Counts)
    first_page: int = 0  # rows on the first listing page
    moved_to: str = ""  # where the listing's address leads now, if elsewhere
    strange: str = ""  # why the listing seems to be another page
    trouble: str = ""  # why the listing could not be had
    refusal: str = ""  # how the site said that it does not want us
    mistakes: int = 0
    held: int = 0  # new articles that were kept aside
    lost: int = 0  # new addresses that gave no article
    gone: int = 0  # known articles that were not there
    there: int = 0  # known articles that were
    read: Counter[str] = field(default_factory=Counter)  # trait: articles where it can be told
    had: Counter[str] = field(default_factory=Counter)
    lengths: list[int] = field(default_factory=list)  # characters of each text body read

    @property
    def shares(self) -> dict[str, float]:
        """Of the articles read tonight, the share that had a field; empty for too few."""
        return {
            name: self.had[name] / read
            for name, read in self.read.items()
            if read >= _ENOUGH_ARTICLES
        }


@dataclass(frozen=True, slots=True)
class Usual:
    """What is known of a source from before tonight.

    ``first_walk``: the listing was walked to its end for the first time tonight; ``walked``: it
    was before. ``past``: earlier good runs, newest first. ``days``: dates of publication, newest
    first, tonight's among them. ``lost``: of the addresses tried, how many gave nothing, and how
    many there were.
    """

    today: date
    first_walk: bool = False
    walked: bool = True
    past: Sequence[Past] = ()
    habits: Habits = field(default_factory=Habits)
    days: Sequence[date] = ()
    lost: tuple[int, int] = (0, 0)


def judge(source: Source, seen: Seen, reason: str, usual: Usual) -> tuple[Verdict, str]:
    """The verdict and one line that says why. ``reason`` is Scrapy's for ending."""
    counts = seen.counts
    if reason == "refused":
        return "refused", f"the site refused us: {seen.refusal}".rstrip(": ")
    if seen.mistakes:
        return "broken", f"{seen.mistakes} mistakes of the program; see the table problems"
    if seen.moved_to:
        return "moved", f"the listing leads to {seen.moved_to} now"
    if seen.strange:
        return "broken", seen.strange
    if seen.first_page == 0 and seen.trouble:
        refused = seen.trouble.startswith("restricted:")
        return "refused" if refused else "broken", f"no listing: {seen.trouble}"
    if counts.listed == 0:
        return "broken", "the listing named no article"
    if reason not in ("finished", "closespider_timeout"):
        return "broken", f"the crawl stopped early: {reason}"
    if are_gone(seen):
        return "broken", f"{seen.gone} of {seen.gone + seen.there} known articles are gone"
    for doubt in _doubts(source, seen, usual):
        return "thin", doubt
    if reason == "closespider_timeout":
        told = "the time ran out; the rest comes next time"
        return ("thin" if usual.walked or not counts.new else "healthy"), told
    silent = silence(source, usual.days, usual.today)
    if silent:
        return "quiet", silent
    return "healthy", "" if counts.new or counts.changed else "nothing new"


def are_gone(seen: Seen) -> bool:
    """Whether so many known articles are gone that the site must have broken."""
    return seen.gone >= 2 and seen.gone > seen.there + seen.counts.new


def few_rows(number: int, past: Sequence[Past]) -> bool:
    """Whether the first page has far fewer rows than it usually had, and ever had."""
    rows = [run.first_page for run in past]
    return len(rows) >= _ENOUGH_RUNS and number < min(_ROWS * median(rows), _ROWS_EVER * min(rows))


def _doubts(source: Source, seen: Seen, usual: Usual) -> Iterator[str]:
    """Why tonight is less than what is promised or usual, gravest first."""
    counts, expect = seen.counts, source.expect
    if usual.first_walk and counts.listed < expect.articles:
        yield f"{counts.listed} articles listed, at least {expect.articles} expected"
    if few_rows(seen.first_page, usual.past):
        usually = median(run.first_page for run in usual.past)
        yield f"{seen.first_page} rows on the first page, usually {usually:g}"
    tried = seen.lost + seen.held + counts.new
    if seen.held >= 2 and 2 * seen.held > tried:
        yield f"{seen.held} of {tried} new articles look wrong and were kept aside"
    bad, known = usual.lost
    many = seen.lost >= _MANY_LOST and 2 * seen.lost >= tried and (not known or usual.first_walk)
    if many or (seen.lost and at_least(seen.lost, tried, (bad + 1) / (known + 2)) < UNLIKELY):
        yield f"{seen.lost} of {tried} new articles could not be had"
    yield from _lacking(source, seen, usual)
    yield from _short(source, seen, usual.habits)


def _lacking(source: Source, seen: Seen, usual: Usual) -> Iterator[str]:
    """Fields that fewer articles have than is promised or usual."""
    for promised, share in source.expect.filled.items():
        had, read = seen.had[promised], seen.read[promised]
        whole = usual.first_walk and read >= _ENOUGH_ARTICLES
        if read and had < share * read and (whole or at_most(had, read, share) < _BELOW_PROMISE):
            yield f"{promised} in {had / read:.0%} of the articles, {share:.0%} expected"
    for name, read in seen.read.items():
        had, share = seen.had[name], usual.habits.share(name)
        # A layout that changed takes a field from every article; of some, chance may.
        bound = UNLIKELY / _SOME if had else UNLIKELY
        if usual.habits.is_known(name) and at_most(had, read, share) < bound:
            what = _WORDS.get(name, name)
            yield f"{what} in {had / read:.0%} of the articles, usually {share:.0%}"


_WORDS = {"listed": "the listed title", "legible": "legible text"}


def _short(source: Source, seen: Seen, habits: Habits) -> Iterator[str]:
    """Bodies that are shorter than is promised or usual."""
    if not seen.lengths:
        return
    length, least = median(seen.lengths), source.expect.shortest_body
    if len(seen.lengths) >= _ENOUGH_ARTICLES and length < least:
        yield f"bodies of {length:g} characters, at least {least} expected"
    usual = sorted(habits.lengths)
    if len(usual) < KNOWN_FROM:
        return
    for bound in (least, min(usual[int(_SHORT * len(usual))], median(usual) / 2)):
        short = sum(length < bound for length in seen.lengths)
        share = (sum(length < bound for length in usual) + 1) / (len(usual) + 2)
        if short and at_least(short, len(seen.lengths), share) < UNLIKELY:
            yield f"bodies of {length:g} characters, usually {median(usual):g}"


def silence(source: Source, days: Sequence[date], today: date) -> str:
    """Why the silence of a source is too long, '' where it is not.

    A ``silence_days`` that its file says holds. Otherwise its own rhythm does, in China's working
    days, since nobody publishes over Spring Festival; the younger a source, the more is allowed.
    """
    known = [day for day in days if day <= today + _AHEAD]
    if not known:
        return ""
    newest, promised = known[0], source.expect.silence_days
    gaps = [working_days(earlier, later) for later, earlier in pairwise(known)]
    grown = len(known) >= _MANY_DATES or (
        len(known) >= _ENOUGH_DATES and newest - known[-1] >= _LONG_KNOWN
    )
    told = "silence_days" in source.expect.model_fields_set
    if told or not grown:
        allowed = promised if told else _YOUNG * promised
        if (today - newest).days <= allowed:
            return ""
        return f"nothing since {newest}, at most {allowed} days expected"
    silent, allowed = working_days(newest, today), patience(gaps)
    if silent <= allowed:
        return ""
    return f"nothing since {newest}: {silent} working days, never more than {max(gaps)} before"


def patience(gaps: Sequence[int]) -> int:
    """How many working days of silence are believable after these gaps between publications.

    For a source without any rhythm the next gap exceeds ``times`` times the longest of n in one
    of comb(n + times, times) cases; for one with a rhythm the deviation says it sooner.
    """
    longest, times = max(gaps), 2
    while comb(len(gaps) + times, times) < _CERTAINTY:
        times += 1
    spread = longest + (_SPREAD + 60 / len(gaps)) * pstdev(gaps)
    return round(min(times * longest, spread)) + _GRACE


def working_days(after: date, until: date) -> int:
    """China's working days after one date up to and including another."""
    years = range(after.year, until.year + 1)
    return sum(
        bisect_right(_worked(year), until) - bisect_right(_worked(year), after) for year in years
    )


@cache
def _worked(year: int) -> list[date]:
    """The working days of a year, make-up days at week-ends among them."""
    calendar = holidays.country_holidays("CN", years=year)
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    return [day for day in days if day.year == year and calendar.is_working_day(day)]
