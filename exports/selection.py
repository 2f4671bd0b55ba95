"""Selection: which articles a dataset is of, as somebody asked for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.reading import Reading
from archive.search.fields import Period, period
from model.errors import ChoiceError

from .choices import known

_REGION = re.compile(r"\d{2}(\d{2}){0,2}")
_YEARS = re.compile(r"(\d{4})(?:\s*(?:-|\.\.|–|—|~|至)\s*(\d{4}))?")


@dataclass(frozen=True, slots=True)
class Selection:
    """What every chosen article fulfils; within one tuple one of the values is enough.

    ``years``: ``2019`` or ``2019-2021``. ``regions``: GB/T 2260, a province or city means all
    that lies in it. ``since`` and ``until``: dates as in a search, both included.
    """

    sources: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    search: str = ""
    sql: str = ""

    def apply(self, reading: Reading) -> int:
        """Leaves chosen what fulfils all of it; gives the number. Raises ChoiceError."""
        for kind, column, names in (
            ("source", "source", self.sources),
            ("outlet", "outlet", self.outlets),
        ):
            _choose_named(reading, kind, column, names)
        if self.regions:
            patterns = [_region(code) for code in self.regions]
            _choose_any(reading, "a.region GLOB ?", patterns)
        if self.years:
            spans = [bound for text in self.years for bound in _years(text)]
            either = " OR ".join("a.year BETWEEN ? AND ?" for _ in self.years)
            reading.choose(either, spans)
        within = Period(_date("since", self.since).since, _date("until", self.until).until)
        if within.since:
            # A date that only tells its year may be any day of it; ~ sorts after every digit.
            reading.choose(
                "a.published >= ? AND a.published || '~' >= ?", [within.since[:4], within.since]
            )
        if within.until:
            reading.choose("a.published <= ?", [within.until + "~"])
        if self.search:
            reading.narrow(reading.matching(self.search))
        if self.sql:
            reading.narrow_by(self.sql)
        return reading.count()

    def words(self) -> Iterator[tuple[str, str, str]]:
        """What was asked for: each condition in Chinese, in English, and its value."""
        for chinese, english, value in (
            ("来源栏目", "sources", ", ".join(self.sources)),
            ("出处", "outlets", ", ".join(self.outlets)),
            ("行政区划", "regions", ", ".join(self.regions)),
            ("年份", "years", ", ".join(self.years)),
            ("不早于", "since", self.since),
            ("不晚于", "until", self.until),
            ("检索式", "search", self.search),
            ("SQL", "SQL", self.sql),
        ):
            if value:
                yield chinese, english, value


def _choose_named(reading: Reading, kind: str, column: str, names: tuple[str, ...]) -> None:
    if not names:
        return
    table = "sources" if kind == "source" else "articles"
    wanted = "id" if kind == "source" else column
    rows = reading.ask(
        f"SELECT DISTINCT {wanted} FROM {table} WHERE {wanted} IS NOT NULL ORDER BY 1"  # noqa: S608
    )
    there = [name for (name,) in rows]
    for name in names:
        known(kind, name, there)
    _choose_any(reading, f"a.{column} = ?", list(names))


def _choose_any(reading: Reading, condition: str, values: list[str]) -> None:
    reading.choose(" OR ".join(condition for _ in values), values)


def _region(code: str) -> str:
    """The pattern of all codes inside a region: 440000 is the province, 440300 the city."""
    if not _REGION.fullmatch(code):
        raise ChoiceError(f"region {code!r}: give a code of GB/T 2260, two, four or six digits")
    while code.endswith("00") and len(code) > 2:
        code = code[:-2]
    return code + "*"


def _years(text: str) -> tuple[int, int]:
    found = _YEARS.fullmatch(text.strip())
    if not found:
        raise ChoiceError(f"year {text!r}: write 2019 or 2019-2021")
    first, last = int(found[1]), int(found[2] or found[1])
    return min(first, last), max(first, last)


def _date(name: str, text: str) -> Period:
    if not text:
        return Period()
    try:
        return period(name, text)
    except ValueError:
        raise ChoiceError(f"--{name} {text!r}: write 2019, 2019-06 or 2019-06-30") from None
