"""A stranger's SQL, answered in child processes that can be killed: bounded in time and memory.

Limits inside SQLite do not hold for one long step of a query, nor for all of its memory. A child
has both bounded by the system, and a query that hangs takes no thread from other readers.
"""

from __future__ import annotations

import asyncio
import os
import resource
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from datasette.database import QueryInterrupted, Results
from datasette.utils import sqlite3, sqlite_timelimit
from pebble import ProcessExpired, ProcessPool

from . import functions

CHILDREN = 2
SECONDS = 1.0  # after which a query is interrupted,
_KILLED = 1.4  # and after which its process is ended
MEMORY = 96 << 20  # bytes on top of what a child has before its first query
LENGTH = 20_000  # characters of a query
CELLS = 4_000_000  # characters and bytes of an answer
_WAIT = 4.0  # seconds in which a child must be found

# Actions that SQLite asks leave for while it compiles; the driver does not name all of them.
_SELECT, _READ, _FUNCTION, _PRAGMA, _RECURSIVE = 21, 20, 31, 19, 33
_OK, _DENY = 0, 1
_PRAGMAS = frozenset(
    {"data_version", "table_info", "table_xinfo", "table_list", "index_list", "index_info",
     "index_xinfo", "foreign_key_list"}
)  # fmt: skip
# What tells of the machine or loads code; what is only expensive ends with its process.
_BARRED = frozenset(
    {"load_extension", "fts3_tokenizer", "sqlite_log", "sqlite_version", "sqlite_source_id",
     "sqlite_compileoption_get", "sqlite_compileoption_used", "fts5_source_id"}
)  # fmt: skip
HIDDEN = frozenset({"frontier", "listings", "suspects", "_sqlite_migrations"})  # how we crawl


class TooMuch(Exception):
    """The answer would be larger than an answer may be."""


class Row(tuple[Any, ...]):
    """A row that knows its columns, as sqlite3.Row does."""

    columns: tuple[str, ...] = ()

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__(self.columns.index(key) if isinstance(key, str) else key)

    def keys(self) -> list[str]:
        """The names of the columns."""
        return list(self.columns)


@dataclass(frozen=True, slots=True)
class _Answer:
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


class Querying:
    """Children that answer SELECTs on one file."""

    def __init__(self, path: Path) -> None:
        self._pool = ProcessPool(
            max_workers=CHILDREN,
            context=get_context("forkserver"),
            initializer=_open,
            initargs=(str(path),),
        )
        self._pool.submit(_answer, None, "SELECT 1", (), 1, SECONDS)  # starts them now

    async def results(
        self, sql: str, parameters: Any, most: int | None, seconds: float = SECONDS
    ) -> Results:
        """At most ``most`` rows and whether there are more; raises what Datasette expects."""
        if len(sql) > LENGTH:
            raise sqlite3.OperationalError(f"a query may have {LENGTH} characters")
        values = dict(parameters) if isinstance(parameters, Mapping) else list(parameters or ())
        future = self._pool.submit(_answer, _KILLED, sql, values, most, min(seconds, SECONDS))
        try:
            answer: _Answer = await asyncio.wait_for(asyncio.wrap_future(future), _WAIT)
        except TimeoutError as error:
            future.cancel()  # type: ignore[no-untyped-call]
            raise QueryInterrupted(error, sql, parameters) from None
        except (ProcessExpired, MemoryError):
            raise sqlite3.OperationalError("the query needs too much memory") from None
        except sqlite3.OperationalError as error:
            if error.args == ("interrupted",):
                raise QueryInterrupted(error, sql, parameters) from None
            raise
        kind = type("Row", (Row,), {"columns": answer.columns})
        rows = [kind(row) for row in answer.rows]
        more = most is not None and len(rows) > most
        description = [(name, None, None, None, None, None, None) for name in answer.columns]
        return Results(rows[:most] if more else rows, more, description)

    def close(self) -> None:
        """Ends the children."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join(10)


def fetch(cursor: Any, most: int | None, cells: int = CELLS) -> list[Any]:
    """Rows of a cursor, one more than ``most`` where there are more; raises TooMuch."""
    rows: list[Any] = []
    size = 0
    for row in cursor:
        rows.append(row)
        size += sum(len(value) for value in row if isinstance(value, str | bytes))
        if size > cells:
            raise TooMuch
        if most is not None and len(rows) > most:
            break
    return rows


_connection: Any = None  # of this child


def _open(path: str) -> None:
    """Opens the file in a child, and bounds what the child may take."""
    global _connection
    # The pool would have it leave in good order, which a child inside one long step cannot.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    sqlite3.enable_callback_tracebacks(False)  # or strangers could fill the log
    _connection = sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True)
    _connection.text_factory = lambda text: str(text, "utf-8", "replace")
    _connection.execute("PRAGMA query_only = 1")
    _connection.execute("PRAGMA trusted_schema = 0")
    _connection.execute("PRAGMA cache_size = -8192")
    functions.add(_connection)
    _connection.set_authorizer(allowed)
    os.nice(5)
    _limit()


def _limit() -> None:
    """Bounds memory by what the child has now, where the system says how much that is."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return
    most = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def allowed(
    action: int, first: str | None, second: str | None, database: str | None, inner: str | None
) -> int:
    """SQLite's question whether a step of a statement may be compiled."""
    fine = (
        action in (_SELECT, _RECURSIVE)
        or (action == _READ and first not in HIDDEN)
        or (action == _FUNCTION and second not in _BARRED)
        or (action == _PRAGMA and first in _PRAGMAS)
    )
    return _OK if fine else _DENY


def _answer(
    sql: str, values: Mapping[str, Any] | Sequence[Any], most: int | None, seconds: float
) -> _Answer:
    cursor = _connection.cursor()
    try:
        with sqlite_timelimit(_connection, int(1000 * seconds)):
            cursor.execute(sql, values)
            rows = fetch(cursor, most)
        return _Answer(tuple(column[0] for column in cursor.description or ()), rows)
    except sqlite3.Warning as error:  # more than one statement
        raise sqlite3.OperationalError(str(error)) from None
    finally:
        cursor.close()
