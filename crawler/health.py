"""Judging a source after a run: what is normal for it, and is tonight like that?

Pure: what was seen tonight, what earlier runs saw, and today's date go in, a verdict comes out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Literal

import holidays

from archive.runs import Counts, Past
from model.source import Source

Verdict = Literal["healthy", "quiet", "thin", "broken", "refused", "moved"]
BAD: frozenset[Verdict] = frozenset({"quiet", "thin", "broken", "refused", "moved"})

_ENOUGH_ARTICLES = 5  # shares and lengths of fewer say nothing
_ENOUGH_RUNS = 3
_ENOUGH_DATES = 12
_HALF = 0.5  # of the usual rows on the first page
_FAR_BELOW = 0.4  # of the usual share of filled fields, or of the usual length
_PATIENCE = (2, 3)  # silence allowed: so often the longest gap so far, and so many days more


@dataclass(slots=True)
class Seen:
    """What one source gave tonight."""

    counts: Counts = field(default_factory=Counts)
    first_page: int = 0  # rows on the first listing page
    moved_to: str = ""  # where the listing's address leads now, if elsewhere
    mistakes: int = 0
    filled: dict[str, int] = field(default_factory=dict)  # field: articles that had it
    lengths: list[int] = field(default_factory=list)  # characters of each text body read

    @property
    def shares(self) -> dict[str, float]:
        """Of the articles read tonight, the share that had a field; empty for too few."""
        read = self.filled.get("read", 0)
        if read < _ENOUGH_ARTICLES:
            return {}
        return {name: had / read for name, had in self.filled.items() if name != "read"}


def judge(
    source: Source,
    seen: Seen,
    reason: str,
    *,
    first_walk: bool,
    past: Sequence[Past],
    days: Sequence[date],
    today: date,
) -> tuple[Verdict, str]:
    """The verdict and one line that says why.

    ``reason`` is Scrapy's for ending. ``first_walk``: the listing was walked to its end for the
    first time. ``past``: earlier good runs, newest first. ``days``: dates of publication known for
    the source, newest first.
    """
    counts = seen.counts
    if reason == "refused":
        return "refused", "the site refused us"
    if seen.mistakes:
        return "broken", f"{seen.mistakes} mistakes of the program; see the table problems"
    if counts.listed == 0:
        return "broken", "the listing named no article"
    if seen.moved_to:
        return "moved", f"the listing leads to {seen.moved_to} now"
    if reason not in ("finished", "closespider_timeout"):
        return "broken", f"the crawl stopped early: {reason}"
    for doubt in _doubts(source, seen, first_walk, past):
        return "thin", doubt
    if reason == "closespider_timeout":
        return "thin", "the time ran out; the rest comes next time"
    silent = _silence(source, days, today)
    if silent:
        return "quiet", silent
    return "healthy", "" if counts.new or counts.changed else "nothing new"


def _doubts(source: Source, seen: Seen, first_walk: bool, past: Sequence[Past]) -> Iterator[str]:
    """Why tonight is less than what is promised or usual, gravest first."""
    counts, expect = seen.counts, source.expect
    if first_walk and counts.listed < expect.articles:
        yield f"{counts.listed} articles listed, at least {expect.articles} expected"
    rows = [run.first_page for run in past if run.first_page]
    if len(rows) >= _ENOUGH_RUNS and seen.first_page < _HALF * median(rows):
        yield f"{seen.first_page} rows on the first page, usually {median(rows):g}"
    delivered = counts.new + counts.changed + counts.unchanged
    if counts.failed and counts.failed >= delivered:
        yield f"{counts.failed} articles could not be read"
    shares = seen.shares
    for field_, share in expect.filled.items():
        if shares.get(field_, 1.0) < share:
            yield f"{field_} in {shares[field_]:.0%} of the articles, {share:.0%} expected"
    for name, now in shares.items():
        usual = [run.shares[name] for run in past if name in run.shares]
        if len(usual) >= _ENOUGH_RUNS and now < _FAR_BELOW * median(usual):
            yield f"{name} in {now:.0%} of the articles, usually {median(usual):.0%}"
    if len(seen.lengths) >= _ENOUGH_ARTICLES:
        length = median(seen.lengths)
        usual = [run.length for run in past if run.length]
        if length < expect.shortest_body:
            yield f"bodies of {length:g} characters, at least {expect.shortest_body} expected"
        elif len(usual) >= _ENOUGH_RUNS and length < _FAR_BELOW * median(usual):
            yield f"bodies of {length:g} characters, usually {median(usual):g}"


def _silence(source: Source, days: Sequence[date], today: date) -> str:
    """Why the silence of a source is too long, '' where it is not.

    Counted in China's working days: nobody publishes over Spring Festival.
    """
    if not days:
        return ""
    newest = days[0]
    if (today - newest).days > source.expect.silence_days:
        return f"nothing since {newest}, at most {source.expect.silence_days} days expected"
    if len(days) < _ENOUGH_DATES:
        return ""
    gaps = [working_days(earlier, later) for later, earlier in pairwise(days)]
    times, more = _PATIENCE
    allowed = times * max(gaps) + more
    silent = working_days(newest, today)
    if silent <= allowed:
        return ""
    return f"nothing since {newest}: {silent} working days, never more than {max(gaps)} before"


def working_days(after: date, until: date) -> int:
    """China's working days after one date up to and including another."""
    span = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return sum(_is_working_day(day) for day in span)


@cache
def _is_working_day(day: date) -> bool:
    return bool(_calendar(day.year).is_working_day(day))


@cache
def _calendar(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("CN", years=year)
