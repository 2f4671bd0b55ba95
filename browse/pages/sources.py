"""The sources: all of them on one page, and each on its own with its history and its gaps."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from statistics import median
from typing import Any

from datasette import Response

from ..overview import SourceGlance
from ..room import Room
from ..timeline import Timeline, timeline
from ..visit import Missing, Visit

_RUNS = """
    SELECT r.id, r.started, rs.* FROM run_sources rs JOIN runs r ON r.id = rs.run
    WHERE rs.source = ? ORDER BY rs.run DESC LIMIT 60
"""
_PROBLEMS = """
    SELECT kind, message, url, happened, run FROM problems
    WHERE source = ? ORDER BY id DESC LIMIT 20
"""
_FRONTIER = "SELECT state, count(*) FROM frontier WHERE source = ? GROUP BY state"
_MONTH = re.compile("[0-9]{4}-[0-9]{2}")  # of a year and a month; dates may know less
_MOST_MONTHS = 240
_MOST_GAPS = 12


async def sources(visit: Visit, room: Room) -> Response:
    """All sources."""
    overview = await room.ask(room.overviews.latest)
    return await visit.page("sources.html", overview=overview)


async def source(visit: Visit, room: Room) -> Response:
    """One source."""
    name = visit.request.url_vars["source"]

    def question(connection: Any) -> Any:
        overview = room.overviews.latest(connection)
        glance = next((g for g in overview.sources if g.row["id"] == name), None)
        if glance is None:
            raise Missing("没有这个来源。")
        return (
            glance,
            [dict(row) for row in connection.execute(_RUNS, [name])],
            [dict(row) for row in connection.execute(_PROBLEMS, [name])],
            dict(connection.execute(_FRONTIER, [name]).fetchall()),
            _newest(room, connection, name),
        )

    glance, runs, problems, frontier, newest = await room.ask(question)
    months = _all_months(glance.months)
    return await visit.page(
        "source.html",
        source=glance.row,
        glance=glance,
        runs=runs,
        problems=problems,
        frontier=frontier,
        newest=newest,
        times=_times(visit, name, months),
        gaps=_gaps(months),
        quiet=_quiet_days(glance),
    )


def _newest(room: Room, connection: Any, name: str) -> list[dict[str, Any]]:
    """The newest articles of a source, by the columns in memory: no index gives this order."""
    columns = room.reader.columns(connection)
    found = connection.execute("SELECT id FROM articles WHERE source = ?", [name]).fetchall()
    ids = columns.by_date(sorted(number for (number,) in found), "newest", 10)
    sql = "SELECT key, title, title_original, published, outlet FROM articles WHERE id = ?"
    return [dict(connection.execute(sql, [number]).fetchone()) for number in ids]


def _all_months(counted: Mapping[str, int]) -> list[tuple[str, int]]:
    """Every month from the first to the last with an article, empty ones too; at most 20 years."""
    dated = sorted(month for month in counted if _MONTH.fullmatch(month))
    if not dated:
        return []
    first, last = _index(dated[0]), _index(dated[-1])
    every = range(max(first, last - _MOST_MONTHS + 1), last + 1)
    names = [f"{month // 12:04}-{month % 12 + 1:02}" for month in every]
    return [(name, counted.get(name, 0)) for name in names]


def _times(visit: Visit, name: str, months: list[tuple[str, int]]) -> Timeline:
    addresses = [
        visit.link("/search", source=name, year=month[:4], month=month) for month, _ in months
    ]
    return timeline("month", months, addresses)


def _index(month: str) -> int:
    year, number = month.split("-")
    return int(year) * 12 + int(number) - 1


def _gaps(months: Sequence[tuple[str, int]]) -> list[tuple[str, str, int]]:
    """Stretches without an article that are long for this source: first, last, how many months.

    Long is three months and three times what is usual between two months with articles.
    """
    filled = [place for place, (_, number) in enumerate(months) if number]
    empty = [later - earlier - 1 for earlier, later in pairwise(filled)]
    longest_usual = max(3, 3 * median(empty)) if empty else 0
    found = [
        (months[earlier + 1][0], months[later - 1][0], later - earlier - 1)
        for earlier, later in pairwise(filled)
        if later - earlier - 1 >= longest_usual
    ]
    return sorted(found, key=lambda gap: -gap[2])[:_MOST_GAPS]


def _quiet_days(glance: SourceGlance) -> int | None:
    """Days since the newest article with a whole date; None where that is not known."""
    try:
        newest = datetime.fromisoformat(glance.newest[:10]).replace(tzinfo=UTC)
    except ValueError:
        return None
    return max(0, (datetime.now(UTC) - newest).days)
