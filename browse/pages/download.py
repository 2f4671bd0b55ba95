"""All results of a search as a file: CSV for spreadsheets, or a JSON object a line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from datasette.utils.asgi import AsgiStream

from archive import search

from ..room import Room
from ..visit import BadRequest, Visit
from .results import Asked, asked

_BATCH = 500
_COLUMNS = [
    "key",
    "title",
    "published",
    "outlet",
    "author",
    "source",
    "organisation_kind",
    "region",
    "document_number",
    "issuer",
    "body_kind",
    "characters",
    "url",
]
_ROWS = f"""
    SELECT {", ".join("a." + name for name in _COLUMNS)}
    FROM json_each(?) AS wanted JOIN articles a ON a.id = wanted.value ORDER BY wanted.key
"""  # noqa: S608  our own names
_FORMULA = tuple("=+-@\t\r\0＝＋－＠")  # what a spreadsheet takes for the start of a formula
_TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson; charset=utf-8"}


async def download(visit: Visit, room: Room) -> Any:
    """The file; the whole of it is found before the first byte is sent."""
    if not visit.datasette.setting("allow_download"):
        return await visit.page("error.html", 403, word=visit.say("这里不提供下载。"), number=403)
    kind = visit.request.url_vars["format"]
    try:
        wish = asked(visit)
    except search.QueryError as error:
        raise BadRequest(error.english if visit.choice.lang == "en" else error.chinese) from None
    ids = await room.ask(lambda connection: _all(room, connection, wish))

    async def write(to: Any) -> None:
        if kind == "csv":
            await to.write("\ufeff" + _lines([_COLUMNS]))
        for start in range(0, len(ids), _BATCH):
            batch = json.dumps(ids[start : start + _BATCH])
            await to.write(_written(kind, await room.ask(partial(_rows, batch))))

    headers = {
        "content-disposition": f'attachment; filename="tashan.{kind}"',
        "cache-control": "no-store",
    }
    return _stream(write, headers, _TYPES[kind])


def _rows(batch: str, connection: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(_ROWS, [batch])]


def _all(room: Room, connection: Any, wish: Asked) -> list[int]:
    """The ids of all results, in order."""
    found = room.reader.page(connection, wish.query, wish.order, wish.columns, limit=10**9)
    return list(found.ids)


def _written(kind: str, rows: Sequence[Mapping[str, Any]]) -> str:
    if kind == "jsonl":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return _lines([[_inert(row[name]) for name in _COLUMNS] for row in rows])


def _lines(rows: Sequence[Sequence[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _inert(value: Any) -> Any:
    """A value that no spreadsheet runs."""
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value


def _stream(write: Any, headers: dict[str, str], kind: str) -> Any:
    return AsgiStream(write, headers=headers, content_type=kind)
