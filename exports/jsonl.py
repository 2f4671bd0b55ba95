"""JSON Lines (a JSON object a line, UTF-8, no BOM): nothing is lost, NUL included."""

from __future__ import annotations

from collections.abc import Iterator

from model.errors import ExportError

from .columns import Column
from .rows import Rows, quoted

_MOST_COLUMNS = 490  # an SQL function takes 1000 arguments


def encode(rows: Rows) -> Iterator[bytes]:
    """The file in pieces. NULL is null; a list column is an array of objects."""
    if len(rows.columns) > _MOST_COLUMNS:
        raise ExportError(f"JSON Lines holds at most {_MOST_COLUMNS} columns")
    yield from rows.lines(json_object(rows.columns) + "||char(10)")


def json_object(columns: tuple[Column, ...]) -> str:
    """The SQL of a row as one JSON object."""
    pairs = ",".join(f"{quoted(column.name)},{_value(column)}" for column in columns)
    return f"json_object({pairs})"


def _value(column: Column) -> str:
    if column.kind == "list":
        return f"json({column.sql})"
    if column.kind == "bytes":
        return f"hex({column.sql})"
    if column.kind == "any":
        return f"iif(typeof({column.sql})='blob',hex({column.sql}),{column.sql})"
    return column.sql
