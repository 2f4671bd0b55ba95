"""The problems that a person should look at: newest first, by run, source and kind."""

from __future__ import annotations

from typing import Any

from datasette import Response

from ..room import Room
from ..visit import Visit

PAGE = 100
_WHERE = {"run": "p.run = :run", "source": "p.source = :source", "kind": "p.kind = :kind"}


async def problems(visit: Visit, room: Room) -> Response:
    """One page of problems, and how many there are of each kind."""
    chosen: dict[str, Any] = {name: visit.asked(name) for name in _WHERE if visit.asked(name)}
    if "run" in chosen:
        chosen["run"] = visit.number("run", 1)
    page = visit.number("page", 1)
    where = " AND ".join(_WHERE[name] for name in chosen) or "1"
    values = {**chosen, "limit": PAGE, "offset": (page - 1) * PAGE}
    listed = f"""
        SELECT p.*, s.title AS source_title FROM problems p LEFT JOIN sources s ON s.id = p.source
        WHERE {where} ORDER BY p.id DESC LIMIT :limit OFFSET :offset
    """  # noqa: S608  our own conditions, values bound
    counted = f"SELECT kind, count(*) FROM problems p WHERE {where} GROUP BY kind ORDER BY 2 DESC"  # noqa: S608

    def question(connection: Any) -> Any:
        rows = [dict(row) for row in connection.execute(listed, values)]
        return rows, dict(connection.execute(counted, chosen).fetchall())

    rows, kinds = await room.ask(question)
    total = sum(kinds.values())
    return await visit.page(
        "problems.html",
        headers={"cache-control": "no-cache"},
        problems=rows,
        kinds=kinds,
        chosen=chosen,
        total=total,
        number=page,
        pages=-(-total // PAGE),
    )
