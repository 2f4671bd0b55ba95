"""What is new in the archive, or new for a search, as an Atom feed."""

from __future__ import annotations

from typing import Any

from datasette import Response

from archive import search
from exports.feed import atom

from ..citing import records
from ..room import Room
from ..visit import BadRequest, Visit
from .results import asked, parameters

_ENTRIES = 50


async def feed(visit: Visit, room: Room) -> Response:
    """The newest articles in the archive that the address asks for, the last found first."""
    try:
        wish = asked(visit)
    except search.QueryError as error:
        raise BadRequest(error.english if visit.choice.lang == "en" else error.chinese) from None

    def question(connection: Any) -> Any:
        ids = search.find(connection, search.compile(wish.query))
        ids = room.reader.columns(connection).narrow(ids, wish.columns)
        return records(connection, ids[: -_ENTRIES - 1 : -1])

    found = await room.ask(question)
    named = [wish.text, *map(str, wish.chosen.values())]
    values = parameters(wish, {"sort": None})
    made = atom(
        found,
        " · ".join(part for part in ["他山 Tashan", *named] if part),
        about="; ".join(f"{name}: {value}" for name, value in values.items() if value),
        address=_absolute(visit, visit.link("/feed.atom", **values)),
        site=_absolute(visit, visit.link("/article").partition("?")[0]),
    )
    headers = {"cache-control": "max-age=600"}
    return Response(made, headers=headers, content_type="application/atom+xml; charset=utf-8")


def _absolute(visit: Visit, address: str) -> str:
    absolute: str = visit.datasette.absolute_url(visit.request, address)
    return absolute
