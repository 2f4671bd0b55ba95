"""Overview: the archive at a glance (sources, months, last night), counted once for each state."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from archive import search

_PATIENCE = 60  # seconds for which a glance may lag behind an archive that is being written


@dataclass(frozen=True)
class SourceGlance:
    """One source: its row, its articles by month, and what the last run with it said."""

    row: Mapping[str, Any]
    articles: int
    newest: str  # date of its newest article, '' where none has one
    months: Mapping[str, int]  # by YYYY-MM
    verdict: str  # '' where it was never crawled
    note: str


@dataclass(frozen=True)
class Overview:
    """All sources by number of articles; ``years`` and ``undated`` count the articles of all."""

    sources: tuple[SourceGlance, ...]
    total: int
    years: Mapping[str, int]
    undated: int
    last_run: Mapping[str, Any] | None
    added: int  # articles that the last run found


class Overviews:
    """Keeps the newest overview; one is enough for all threads and connections."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._state: tuple[Any, ...] = ()
        self._made = 0.0
        self._held: Overview | None = None

    def latest(self, connection: Any) -> Overview:
        """The overview as it is now, or was at most a minute ago."""
        state = _state(connection)
        with self._lock:
            stale = state != self._state and time.monotonic() - self._made > _PATIENCE
            if self._held is None or stale:
                self._held = _overview(connection)
                self._state, self._made = state, time.monotonic()
            return self._held


def _state(connection: Any) -> tuple[Any, ...]:
    run = connection.execute("SELECT id, finished FROM runs ORDER BY id DESC LIMIT 1").fetchone()
    return (search.version(connection), *(run or ()))


def _overview(connection: Any) -> Overview:
    months: dict[str, Counter[str]] = {}
    newest: dict[str, str] = {}
    undated = 0
    for source, month, number, latest in connection.execute(
        "SELECT source, substr(published, 1, 7), count(*), max(published)"
        " FROM articles GROUP BY 1, 2"
    ):
        months.setdefault(source, Counter())[month or ""] += number
        newest[source] = max(newest.get(source, ""), latest or "")
        undated += 0 if month else number
    verdicts = {
        source: (verdict or "", note or "")
        for source, verdict, note, _run in connection.execute(
            "SELECT source, verdict, note, max(run) FROM run_sources GROUP BY source"
        )
    }
    glances = []
    for row in connection.execute("SELECT * FROM sources ORDER BY id"):
        counted = months.get(row["id"], Counter())
        verdict, note = verdicts.get(row["id"], ("", ""))
        glances.append(
            SourceGlance(
                dict(row),
                counted.total(),
                newest.get(row["id"], ""),
                {month: number for month, number in sorted(counted.items()) if month},
                verdict,
                note,
            )
        )
    years: Counter[str] = Counter()
    for counted in months.values():
        for month, number in counted.items():
            years[month[:4]] += number
    years.pop("", None)
    run = connection.execute("SELECT * FROM runs ORDER BY id DESC LIMIT 1").fetchone()
    added = 0
    if run:
        sql = "SELECT coalesce(sum(new), 0) FROM run_sources WHERE run = ?"
        added = connection.execute(sql, [run["id"]]).fetchone()[0]
    return Overview(
        tuple(sorted(glances, key=lambda glance: -glance.articles)),
        sum(counted.total() for counted in months.values()),
        dict(sorted(years.items())),
        undated,
        dict(run) if run else None,
        added,
    )
