"""The home page: what is in here, what is new, how the sources do."""

from __future__ import annotations

from typing import Any

from datasette import Response

from ..overview import Overview
from ..room import Room
from ..timeline import Timeline, timeline, years
from ..visit import Visit

_NEWEST = """
    SELECT a.key, a.title, a.title_original, a.published, a.outlet, a.source, a.wording,
           s.title AS source_title
    FROM articles a LEFT JOIN sources s ON s.id = a.source
    WHERE a.published IS NOT NULL ORDER BY a.published DESC, a.id DESC LIMIT 120
"""
_SHOWN = 12


async def home(visit: Visit, room: Room) -> Response:
    """The home page."""

    def question(connection: Any) -> Any:
        return (
            room.overviews.latest(connection),
            [dict(row) for row in connection.execute(_NEWEST)],
        )

    overview, newest = await room.ask(question)
    newest = list({row["wording"]: row for row in reversed(newest)}.values())[::-1]
    newest.sort(key=lambda row: row["published"], reverse=True)
    return await visit.page(
        "home.html", overview=overview, newest=newest[:_SHOWN], times=_times(visit, overview)
    )


def _times(visit: Visit, overview: Overview) -> Timeline:
    rows = years(overview.years)
    addresses = [visit.link("/search", year=year) for year, _ in rows]
    return timeline("year", rows, addresses)
