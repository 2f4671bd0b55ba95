"""How to search: the words, fields and dates that a query may have, with examples."""

from __future__ import annotations

from datasette import Response

from ..room import Room
from ..visit import Visit


async def guide(visit: Visit, room: Room) -> Response:
    """The page that explains searching and the keys."""
    return await visit.page("guide.html")
