"""Downloads: all results of a search, or all rows of a table as the reader has narrowed it."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from archive import search

from ..room import Room
from ..spooling import file_of
from ..visit import BadRequest, Missing, Visit
from .results import asked

_COLUMNS = (
    "key", "title", "published", "outlet", "author", "source", "organisation_kind", "region",
    "document_number", "issuer", "body_kind", "characters", "url",
)  # fmt: skip
_ROWS = f"""
    SELECT {", ".join("a." + name for name in _COLUMNS)}
    FROM json_each(?) AS wanted JOIN articles a ON a.id = wanted.value ORDER BY wanted.key
"""  # noqa: S608  our own names
_LIMIT = re.compile(r"\s+limit\s+\d+\s*$")


async def results(visit: Visit, room: Room) -> Any:
    """All results of a search, in their order."""
    if not visit.datasette.setting("allow_download"):
        return await _refused(visit)
    try:
        wish = asked(visit)
    except search.QueryError as error:
        raise BadRequest(error.english if visit.choice.lang == "en" else error.chinese) from None

    def ids(connection: Any) -> list[int]:
        found = room.reader.page(connection, wish.query, wish.order, wish.columns, limit=10**9)
        return list(found.ids)

    wanted = json.dumps(await room.ask(ids))
    return await file_of(room, _ROWS, [wanted], visit.request.url_vars["format"], "tashan")


async def table(visit: Visit, room: Room) -> Any:
    """All rows of a table or view of Datasette's, narrowed and ordered as its page shows them."""
    if not visit.datasette.setting("allow_download"):
        return await _refused(visit)
    name = visit.request.url_vars["table"]
    asked_for = visit.request.query_string
    path = f"/{room.database.route}/{quote(name, safe='')}.json?{asked_for}&_shape=objects&_size=1"
    answer = await visit.datasette.client.get(path)
    if answer.status_code == 404:
        raise Missing(visit.say("没有这个数据表。"))
    if answer.status_code != 200:
        raise BadRequest(answer.json().get("error") or answer.reason_phrase)
    query = answer.json()["query"]
    form = visit.request.url_vars["format"]
    return await file_of(room, _LIMIT.sub("", query["sql"]), query["params"], form, name)


async def _refused(visit: Visit) -> Any:
    return await visit.page("error.html", 403, word=visit.say("这里不提供下载。"), number=403)
