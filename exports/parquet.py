"""Parquet: typed columns, zstd, row groups that a reader can hold; written piece by piece."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from .columns import Column, Kind
from .rows import Rows, valid

GROUP_BYTES = 48 * 1024 * 1024  # of text in a row group: enough to compress, little to hold
GROUP_ROWS = 100_000
_BATCH_ROWS = 512  # what is handed to Arrow at once, but no more than _BATCH_BYTES
_BATCH_BYTES = 4 * 1024 * 1024
_LEVEL = 3  # of zstd; larger gain little on text and cost much
# Worth a dictionary; texts that all differ only cost it.
_FEW_VALUES = frozenset(
    {
        "source", "published_precision", "published_origin", "year", "outlet", "author", "editor",
        "column_name", "organisation_kind", "region", "issuer", "body_kind", "script", "damage",
        "state", "breadcrumb", "classification", "validity", "kind", "type", "month",
        "organisation",
    }
)  # fmt: skip
_TYPES: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "moment": pa.timestamp("ms", tz="UTC"),
    "bytes": pa.binary(),
    "any": pa.string(),
}
_AS_BYTES = frozenset({"text", "date", "moment", "list", "any"})


def schema(columns: Sequence[Column], describe: Callable[[str], str] | None = None) -> pa.Schema:
    """The columns' names and types; ``describe`` gives what is said of each in the file."""
    return pa.schema(
        [
            pa.field(
                column.name,
                _type(column),
                metadata={"description": describe(column.name)} if describe else None,
            )
            for column in columns
        ]
    )


def encode(rows: Rows, describe: Callable[[str], str] | None = None) -> Iterator[bytes]:
    """The file in pieces."""
    shape = schema(rows.columns, describe)
    sink = _Sink()
    writer = pq.ParquetWriter(
        sink,
        shape,
        compression="zstd",
        compression_level=_LEVEL,
        use_dictionary=[name for name in shape.names if name in _FEW_VALUES],
        write_page_index=True,
        store_schema=True,
    )
    with writer:
        group: list[pa.RecordBatch] = []
        held = 0
        for batch in _batches(rows, shape):
            group.append(batch)
            held += batch.nbytes
            if held >= GROUP_BYTES or sum(map(len, group)) >= GROUP_ROWS:
                yield from _write(writer, sink, group)
                held = 0
        yield from _write(writer, sink, group)
    yield from sink.taken()


def _write(writer: Any, sink: _Sink, group: list[pa.RecordBatch]) -> Iterator[bytes]:
    if group:
        table = pa.Table.from_batches(group)
        group.clear()
        writer.write_table(table, row_group_size=max(len(table), 1))
    yield from sink.taken()


class _Sink(io.RawIOBase):
    """Where Arrow writes; what it wrote is taken away piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self._pieces.append(piece)
        self._size += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._size

    def taken(self) -> list[bytes]:
        pieces, self._pieces = self._pieces, []
        return pieces


def _batches(rows: Rows, shape: pa.Schema) -> Iterator[pa.RecordBatch]:
    long = [place for place, column in enumerate(rows.columns) if not column.short]
    taken: list[tuple[Any, ...]] = []
    size = 0
    for row in rows.select(*map(_expression, rows.columns)):
        taken.append(row)
        for place in long:
            cell = row[place]
            if cell.__class__ is bytes:
                size += len(cell)
        if len(taken) >= _BATCH_ROWS or size >= _BATCH_BYTES:
            yield _batch(taken, rows.columns, shape)
            rows.told(len(taken))
            taken, size = [], 0
    if taken:
        yield _batch(taken, rows.columns, shape)
        rows.told(len(taken))


def _batch(
    taken: list[tuple[Any, ...]], columns: Sequence[Column], shape: pa.Schema
) -> pa.RecordBatch:
    cells = zip(*taken, strict=True)
    arrays = [
        _array(part, column, field.type)
        for part, column, field in zip(cells, columns, shape, strict=True)
    ]
    return pa.record_batch(arrays, schema=shape)


def _type(column: Column) -> pa.DataType:
    if column.kind == "list":
        return pa.list_(pa.struct([pa.field(part.name, _type(part)) for part in column.parts]))
    return _TYPES[column.kind]


def _expression(column: Column) -> str:
    if column.kind == "any":
        return f"CAST(iif(typeof({column.sql})='blob',hex({column.sql}),{column.sql}) AS BLOB)"
    return f"CAST({column.sql} AS BLOB)" if column.kind in _AS_BYTES else column.sql


def _array(cells: Sequence[Any], column: Column, wanted: pa.DataType) -> pa.Array:
    if column.kind == "list":
        values = [None if cell is None else json.loads(valid(cell)) for cell in cells]
        return _lists(values, column, wanted)
    if column.kind not in _AS_BYTES:
        return pa.array(cells, type=wanted)
    raw = pa.array(cells, type=pa.binary())
    try:
        text = raw.cast(pa.string())
    except pa.ArrowInvalid:
        text = pa.array([None if cell is None else valid(cell) for cell in cells], pa.binary())
        text = text.cast(pa.string())
    return text if wanted == pa.string() else _cast(text, wanted)


def _lists(values: list[Any], column: Column, wanted: pa.DataType) -> pa.Array:
    """Arrays of objects; moments in them are told from text here."""
    moments = [part.name for part in column.parts if part.kind == "moment"]
    if not moments:
        return pa.array(values, type=wanted)
    plain = pa.list_(
        pa.struct(
            [
                pa.field(part.name, pa.string() if part.name in moments else _type(part))
                for part in column.parts
            ]
        )
    )
    made = pa.array(values, type=plain)
    parts = [
        _cast(made.values.field(number), _type(part))
        if part.name in moments
        else made.values.field(number)
        for number, part in enumerate(column.parts)
    ]
    struct = pa.StructArray.from_arrays(parts, fields=list(wanted.value_type))
    return pa.ListArray.from_arrays(made.offsets, struct, type=wanted, mask=made.is_null())


def _cast(text: pa.Array, wanted: pa.DataType) -> pa.Array:
    """Text as dates or moments; null for what is none."""
    try:
        return text.cast(wanted)
    except pa.ArrowInvalid:
        return pa.array([_cast_one(cell, wanted) for cell in text], type=wanted)


def _cast_one(cell: pa.Scalar, wanted: pa.DataType) -> Any:
    try:
        return cell.cast(wanted).as_py()
    except pa.ArrowInvalid:
        return None
