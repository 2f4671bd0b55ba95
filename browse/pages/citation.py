"""The citation of one article as a file that reference managers open."""

from __future__ import annotations

from typing import Any

from datasette import Response

from ..citing import STYLES, citations, records
from ..room import Room
from ..visit import Visit
from .article import one

_SUFFIXES = {"gbt7714": "txt", "bibtex": "bib", "ris": "ris", "csl-json": "json"}


async def citation(visit: Visit, room: Room) -> Response:
    """One citation; the address names its style."""
    wanted = visit.request.url_vars

    def question(connection: Any) -> Any:
        row = one(connection, wanted["key"])
        return row["key"], records(connection, [row["id"]])[0]

    key, record = await room.ask(question)
    text = next(text for style, _, text in citations(record) if style == wanted["style"])
    headers = {
        "content-disposition": f'attachment; filename="{key}.{_SUFFIXES[wanted["style"]]}"',
        "cache-control": "max-age=3600",
    }
    kind = f"{STYLES[wanted['style']][1]}; charset=utf-8"
    return Response(text + "\n", headers=headers, content_type=kind)
