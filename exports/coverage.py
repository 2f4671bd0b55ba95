"""Coverage: what the sources listed, and what of it was fetched, refused or is missing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from archive.reading import Reading

from .columns import Column
from .rows import Rows

_MONTH = "[12][0-9][0-9][0-9]*"  # what begins with a year; other dates say nothing

# One row an address that was listed or an article chosen. Addresses that were kept count for the
# month of their article, others for the month the listing told.
_SEEN = f"""
 seen(source, month, state, article) AS (
  SELECT f.source, coalesce(a.published, f.published, ''), f.state, NULL
  FROM frontier f LEFT JOIN article_urls u ON u.url = f.url LEFT JOIN articles a ON a.id = u.article
  WHERE f.source IN (SELECT value FROM json_each(?1))
  UNION ALL
  SELECT a.source, coalesce(a.published, ''), NULL, a.id
  FROM temp.chosen c JOIN articles a ON a.id = c.id
 ),
 counted(source, month, listed, fetched, refused, missing, articles) AS (
  SELECT source, iif(month GLOB '{_MONTH}', substr(month, 1, 7), 'unknown') AS shown,
   count(state), count(iif(state = 'kept', 1, NULL)), count(iif(state = 'refused', 1, NULL)),
   count(iif(state IN ('failed', 'waiting'), 1, NULL)), count(article)
  FROM seen GROUP BY source, shown
 )
"""  # noqa: S608  a pattern of our own
_COUNTS = ("listed", "fetched", "refused", "missing", "articles")


@dataclass(frozen=True, slots=True)
class Total:
    """Addresses listed and what became of them, and articles in the dataset."""

    listed: int
    fetched: int
    refused: int
    missing: int
    articles: int

    @property
    def known(self) -> bool:
        """Whether listings are known at all; a published copy does not hold them."""
        return self.listed > 0

    def share(self, number: int) -> str:
        """A number as a share of what was listed: 98.5%."""
        return f"{100 * number / self.listed:.1f}%" if self.listed else "–"


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """One source of the dataset."""

    source: str
    title: str
    organisation: str
    terms: str
    start: str
    first: str
    last: str
    total: Total


def scope(reading: Reading, named: Sequence[str], everything: bool) -> list[str]:
    """The sources that coverage is told of: those named, else every one or those of the articles.

    A source that gave nothing must not be left out of a dataset of everything.
    """
    if named:
        return sorted(named)
    chosen = "SELECT DISTINCT a.source FROM temp.chosen c JOIN articles a ON a.id = c.id"
    rows = reading.ask(
        "SELECT id FROM sources ORDER BY id" if everything else f"{chosen} ORDER BY 1"
    )
    return [source for (source,) in rows]


def encoded(sources: Sequence[str]) -> str:
    """Sources as one value for SQL's json_each."""
    return json.dumps(list(sources))


def table(reading: Reading, sources: Sequence[str]) -> Rows:
    """Coverage by source and month; where listings are not known their counts are NULL."""
    known = "(SELECT sum(listed) FROM counted) > 0"
    columns = [Column("source", "text", "m.source"), Column("month", "text", "m.month")]
    for name in _COUNTS:
        sql = f"m.{name}" if name == "articles" else f"iif({known}, m.{name}, NULL)"
        columns.append(Column(name, "integer", sql, short=True))
    return Rows(
        tuple(columns),
        "FROM counted m ORDER BY m.source, m.month",
        reading.ask,
        values=[encoded(sources)],
        head=f"WITH {_SEEN}",
    )


def by_source(reading: Reading, sources: Sequence[str]) -> list[SourceCoverage]:
    """Coverage of each source of the dataset, in order of id."""
    sums = ", ".join(f"coalesce(sum(m.{name}), 0)" for name in _COUNTS)
    rows = reading.ask(
        f"""WITH {_SEEN}
        SELECT s.id, coalesce(s.title, s.id), coalesce(s.organisation, ''), coalesce(s.terms, ''),
         coalesce(s.start, ''),
         coalesce((SELECT min(published) FROM articles WHERE source = s.id AND id IN temp.chosen),
          ''),
         coalesce((SELECT max(published) FROM articles WHERE source = s.id AND id IN temp.chosen),
          ''),
         {sums}
        FROM sources s LEFT JOIN counted m ON m.source = s.id
        WHERE s.id IN (SELECT value FROM json_each(?1)) GROUP BY s.id ORDER BY s.id""",  # noqa: S608
        [encoded(sources)],
    )
    made = []
    for source, title, organisation, terms, start, first, last, *counts in rows:
        total = Total(*counts)
        made.append(
            SourceCoverage(source, title, organisation, terms, start, first[:10], last[:10], total)
        )
    return made


def refusals(reading: Reading, sources: Sequence[str]) -> list[tuple[str, int]]:
    """Why addresses were refused, the most frequent first."""
    rows = reading.ask(
        "SELECT coalesce(reason, ''), count(*) FROM frontier WHERE state = 'refused'"
        " AND source IN (SELECT value FROM json_each(?)) GROUP BY 1 ORDER BY 2 DESC, 1",
        [encoded(sources)],
    )
    return [(reason, number) for reason, number in rows]


def total(sources: list[SourceCoverage]) -> Total:
    """The sum of all sources."""
    return Total(*(sum(getattr(s.total, name) for s in sources) for name in _COUNTS))
