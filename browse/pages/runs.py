"""The runs: last night's on one page, the worst first, and every night before it."""

from __future__ import annotations

from typing import Any

from datasette import Response

from ..room import Room
from ..visit import Missing, Visit

_LISTED = 60
_RUNS = """
    SELECT r.*, count(rs.source) AS sources, coalesce(sum(rs.new), 0) AS new,
           coalesce(sum(rs.changed), 0) AS changed, coalesce(sum(rs.failed), 0) AS failed,
           sum(rs.verdict NOT IN ('healthy')) AS troubled
    FROM (SELECT * FROM runs ORDER BY id DESC LIMIT ?) r
    LEFT JOIN run_sources rs ON rs.run = r.id GROUP BY r.id ORDER BY r.id DESC
"""
_SOURCES = """
    SELECT rs.*, s.title AS source_title,
           (SELECT count(*) FROM problems p WHERE p.source = rs.source AND p.run = rs.run)
             AS problems
    FROM run_sources rs LEFT JOIN sources s ON s.id = rs.source WHERE rs.run = ?
"""
_KINDS = """
    SELECT p.kind, p.source, s.title AS source_title, count(*) AS number,
           min(p.message) AS message, min(p.url) AS url
    FROM problems p LEFT JOIN sources s ON s.id = p.source WHERE p.run = ?
    GROUP BY p.kind, p.source ORDER BY number DESC LIMIT 100
"""
_WORST = {"broken": 0, "refused": 1, "moved": 2, "thin": 3, "quiet": 4}


async def runs(visit: Visit, room: Room) -> Response:
    """The operator's morning page: the newest run, or the one that the address names."""
    wanted = visit.request.url_vars.get("run")

    def question(connection: Any) -> Any:
        listed = [dict(row) for row in connection.execute(_RUNS, [_LISTED])]
        if wanted is None:
            run = listed[0] if listed else None
        else:
            row = connection.execute("SELECT * FROM runs WHERE id = ?", [int(wanted)]).fetchone()
            if row is None:
                raise Missing("没有这次抓取。")
            run = dict(row)
        if run is None:
            return listed, None, [], []
        sources = [dict(row) for row in connection.execute(_SOURCES, [run["id"]])]
        sources.sort(key=lambda row: (_WORST.get(row["verdict"], 9), -row["failed"], -row["new"]))
        return listed, run, sources, [dict(r) for r in connection.execute(_KINDS, [run["id"]])]

    listed, run, sources, kinds = await room.ask(question)
    headers = {"cache-control": "no-cache"}
    return await visit.page(
        "runs.html", headers=headers, runs=listed, run=run, sources=sources, kinds=kinds
    )
