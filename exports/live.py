"""What a reader sees in Datasette (a table, a search, any SELECT) as a file, streamed, without cap.

Nothing is held but a piece of it; the connection is the reader's own, so what they may not read
they cannot download.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, Protocol

from . import csv_, jsonl, parquet
from .choices import known
from .columns import Column, Kind
from .rows import Rows, Values

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}

_KINDS = ("text", "blob", "real", "integer")


class Connection(Protocol):
    """A connection of sqlite3 or pysqlite3."""

    def execute(self, sql: str, parameters: Any = ..., /) -> Any:
        """Runs one statement."""


def stream(
    connection: Connection,
    sql: str,
    values: Values = (),
    form: Literal["csv", "jsonl", "parquet"] | str = "csv",
    *,
    bom: bool = True,
) -> Iterator[bytes]:
    """The answer of one SELECT as a file in pieces; ``form`` is a key of FORMATS.

    Blobs are hexadecimal in CSV and JSON Lines, bytes in Parquet. Raises ChoiceError before, and
    whatever the connection raises while, anything is read; all of it is read from one state of
    the database.
    """
    known("format", form, FORMATS)
    asked = sql.strip().rstrip(";")
    connection.execute("SAVEPOINT download")
    try:
        # The newline ends a comment that may stand last in what was asked.
        cursor = connection.execute(f"SELECT * FROM ({asked}\n) LIMIT 0", values)  # noqa: S608
        names = _unique([column[0] for column in cursor.description])
        rows = _rows(connection, asked, values, names, ["any"] * len(names))
        if form == "csv":
            yield from csv_.encode(rows, bom=bom)
        elif form == "jsonl":
            yield from jsonl.encode(rows)
        else:
            kinds = list(_kinds(rows))
            yield from parquet.encode(_rows(connection, asked, values, names, kinds))
    finally:
        connection.execute("RELEASE download")


def _rows(
    connection: Connection, sql: str, values: Values, names: list[str], kinds: Sequence[Kind]
) -> Rows:
    columns = tuple(
        Column(name, kind, f"c{number}")
        for number, (name, kind) in enumerate(zip(names, kinds, strict=True))
    )
    given = ", ".join(column.sql for column in columns)
    head = f"WITH page({given}) AS NOT MATERIALIZED ({sql}\n)"
    return Rows(columns, "FROM page", connection.execute, values, head)


def _kinds(rows: Rows) -> Iterator[Kind]:
    """What each column really holds: SQLite promises nothing, so all of it is looked at once."""
    wanted = [f"max(typeof({column.sql}) = '{kind}')" for column in rows.columns for kind in _KINDS]
    (found,) = rows.select(*wanted)
    for place in range(0, len(wanted), len(_KINDS)):
        text, blob, real, integer = found[place : place + len(_KINDS)]
        if text or (blob and (real or integer)):
            yield "any"
        elif blob:
            yield "bytes"
        elif real:
            yield "number"
        else:
            yield "integer" if integer else "text"


def _unique(names: list[str]) -> list[str]:
    """Names that differ; a second ``id`` is ``id_2``."""
    made: list[str] = []
    for name in names:
        number, fresh = 1, name
        while fresh in made:
            number += 1
            fresh = f"{name}_{number}"
        made.append(fresh)
    return made
