"""What one request of a stranger may take: seconds of the database, and the size of its answer."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from datasette.database import QueryInterrupted, Results
from datasette.utils import sqlite3, sqlite_timelimit
from datasette.views.base import DatasetteError

from .describing import columns
from .querying import CELLS, HIDDEN, Querying, TooMuch, fetch

App = Callable[[Any, Any, Any], Awaitable[None]]

_PARAMETERS = 60  # of an address; a page of ours has a dozen
_LEAST = 50  # milliseconds of a statement, in which all but the greedy are done
_PATH = 600  # characters
_QUERY = 24_000  # bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one request: seconds of the database for all statements, characters of one answer."""

    seconds: float
    cells: int


STRANGERS = Limits(3.0, CELLS)
OURSELVES = Limits(600.0, 500_000_000)


@dataclass(slots=True)
class _Request:
    until: float  # time.monotonic()
    sql: tuple[str, ...]  # what its sender wrote of the statements
    cut: bool = False


_request: ContextVar[_Request | None] = ContextVar("request", default=None)


def was_cut() -> bool:
    """Whether an answer of this request has fewer rows than there are."""
    request = _request.get()
    return bool(request and request.cut)


def limited(app: App, limits: Limits) -> App:
    """The application, with each request's time counted and its sender's SQL known."""

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            path, query = scope["path"], scope["query_string"]
            if len(path) > _PATH or "\\" in path or path.startswith("//"):
                await _say(send, 404, "There is no such page.")  # browsers read /\ as //
                return
            asked = parse_qsl(query.decode("latin-1"), keep_blank_values=True, errors="replace")
            if len(asked) > _PARAMETERS or len(query) > _QUERY:
                await _say(send, 400, "The address asks for too many things at once.")
                return
            written = {text.strip() for name, text in asked if name in ("sql", "_where")}
            until = time.monotonic() + limits.seconds
            _request.set(_Request(until, tuple(text for text in written if text)))
            scope = {**scope, "headers": [pair for pair in scope["headers"] if _readable(*pair)]}
        await app(scope, receive, send)

    return wrapped


def _readable(name: bytes, value: bytes) -> bool:
    """Whether a header can be read; a cookie that cannot is none of ours."""
    try:
        value.decode("utf-8" if name == b"cookie" else "latin-1")
    except UnicodeDecodeError:
        return False
    return True


async def _say(send: Any, status: int, word: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": word.encode()})


def bind(datasette: Any, database: Any, limits: Limits, querying: Querying | None) -> None:
    """Bounds what Datasette's own pages read of a database.

    What strangers wrote of a statement makes it a stranger's: ``querying`` answers it. None where
    Datasette lets nobody write SQL.
    """

    async def execute(
        sql: str,
        params: Any = None,
        truncate: bool = False,
        custom_time_limit: int | None = None,
        page_size: int | None = None,
        log_sql_errors: bool = True,
    ) -> Results:
        request = _request.get()

        def told(results: Results) -> Results:
            if request and results.truncated:
                request.cut = True
            return results

        milliseconds = min(custom_time_limit or 10**6, datasette.sql_time_limit_ms)
        if request:
            left = int(1000 * (request.until - time.monotonic()))
            milliseconds = max(_LEAST, min(milliseconds, left))
        rows = datasette.max_returned_rows
        most = rows + (rows == (page_size or datasette.page_size)) if rows and truncate else None
        try:
            if querying and request and any(text in sql for text in request.sql):
                return told(await querying.results(sql, params, most, milliseconds / 1000))

            def ask(connection: Any) -> Results:
                with sqlite_timelimit(connection, milliseconds):
                    cursor = connection.cursor()
                    try:
                        cursor.execute(sql, params if params is not None else {})
                        found = fetch(cursor, most, limits.cells)
                    except sqlite3.ProgrammingError as error:  # a key of fewer parts
                        raise DatasetteError(str(error), status=400) from None
                    except sqlite3.DatabaseError as error:
                        if error.args == ("interrupted",):
                            raise QueryInterrupted(error, sql, params) from None
                        raise
                    except sqlite3.Warning as error:  # more than one statement
                        raise sqlite3.OperationalError(str(error)) from None
                more = most is not None and len(found) > most
                return Results(found[:most] if more else found, more, cursor.description)

            return told(await database.execute_fn(ask))
        except TooMuch:
            size = limits.cells // 1_000_000
            raise DatasetteError(
                f"这次回答会超过 {size} 百万字：请用 _size 少要几行，或用 _col 少要几列。 · "
                f"The answer would have more than {size} million characters: "
                "ask for fewer rows (_size) or columns (_col).",
                status=400,
            ) from None

    database.execute = execute


def listed(table: str) -> bool:
    """Whether strangers may see a table: its columns are described, and it is not how we crawl."""
    return bool(columns().get(table)) and table not in HIDDEN
