"""What a site changed in an article: two of its wordings, compared by characters."""

from __future__ import annotations

from typing import Any

from datasette import Response

from ..difference import compare
from ..room import Room
from ..visit import Missing, Visit
from .article import one

_REVISIONS = """
    SELECT number, kind, title, body, first_seen, last_seen FROM revisions
    WHERE article = ? AND number IN (?, ?)
"""
_NUMBERS = "SELECT number, kind, first_seen FROM revisions WHERE article = ? ORDER BY number"


async def changes(visit: Visit, room: Room) -> Response:
    """Two wordings of an article; the last two where the address names none."""
    key = visit.request.url_vars["key"]

    def question(connection: Any) -> Any:
        row = one(connection, key)
        numbers = [dict(found) for found in connection.execute(_NUMBERS, [row["id"]])]
        last = max((found["number"] for found in numbers), default=1)
        new = visit.number("to", last)
        old = visit.number("from", max(new - 1, 1))
        found = connection.execute(_REVISIONS, [row["id"], old, new]).fetchall()
        return row, numbers, old, new, {made["number"]: dict(made) for made in found}

    row, numbers, old, new, found = await room.ask(question)
    if old not in found or new not in found:
        raise Missing("这篇文章没有这一版。")
    title = compare(found[old]["title"] or "", found[new]["title"] or "")
    body = compare(found[old]["body"] or "", found[new]["body"] or "")
    return await visit.page(
        "changes.html",
        article=row,
        numbers=numbers,
        old=found[old],
        new=found[new],
        title=title,
        body=body,
    )
