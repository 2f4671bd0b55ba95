"""Proves an edition: every file is the one that was written, and every table fits its schema."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from model.errors import ExportError

from .edition import SUMS
from .writing import hashed

_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_ARROW = {
    "string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "date": pa.date32(),
    "datetime": pa.timestamp("ms", tz="UTC"),
}  # fmt: skip
_SHAPES = {
    "integer": re.compile(r"-?\d+"),
    "number": re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?"),
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "datetime": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"),
}
_JSON: Mapping[str, tuple[type, ...]] = {"integer": (int,), "number": (int, float)}

Values = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved, or what is wrong; ``problems`` is empty where nothing is."""

    files: int
    tables: Mapping[str, int]  # rows by table
    problems: list[str]


def verify(folder: Path) -> Proof:
    """Looks at every file of an edition. Raises ExportError where the folder holds none."""
    sums = _sums(folder)
    problems = [*_strangers(folder, sums), *_damaged(folder, sums)]
    if problems:
        return Proof(len(sums), {}, problems)
    tables: dict[str, int] = {}
    try:
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        for resource in package["resources"]:
            if "schema" in resource:
                tables[resource["name"]] = resource["rows"]
                problems += _table(folder, package, resource)
    except (OSError, KeyError, TypeError, ValueError) as error:
        problems.append(f"datapackage.json: cannot be understood ({error!r})")
    return Proof(len(sums), tables, problems)


def _sums(folder: Path) -> dict[str, str]:
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ExportError(f"{folder}: is no edition ({SUMS} cannot be read: {error})") from None
    found = [_LINE.fullmatch(line) for line in lines]
    if not lines or None in found:
        raise ExportError(f"{folder}: is no edition ({SUMS} is no list of checksums)")
    return {match[2]: match[1] for match in found if match}


def _strangers(folder: Path, sums: Mapping[str, str]) -> Iterator[str]:
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir()}
    for name in sorted(there - sums.keys() - {SUMS}):
        yield f"{name}: is in the folder and not in {SUMS}"
    for name in sorted(sums.keys() - there):
        yield f"{name}: is missing"


def _damaged(folder: Path, sums: Mapping[str, str]) -> Iterator[str]:
    for name, wanted in sorted(sums.items()):
        path = folder / name
        inside = path.is_file() and path.resolve().is_relative_to(folder.resolve())
        if inside and hashed(path).sha256 != wanted:
            yield f"{name}: is not the file that was written (its SHA-256 differs)"


def _table(folder: Path, package: Mapping[str, Any], resource: Mapping[str, Any]) -> Iterator[str]:
    """Rows, columns, types and keys of one table in its three formats."""
    name, rows = resource["name"], resource["rows"]
    fields = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
    keys = resource["schema"]["primaryKey"]
    others = {other["name"]: folder / other["path"] for other in package["resources"]}
    readers: dict[
        str, tuple[Path, Callable[[Path, Mapping[str, str], list[str]], Iterator[Values]]]
    ]
    readers = {
        "csv": (others[name], _read_csv),
        "jsonl": (others[f"{name}-jsonl"], _read_jsonl),
        "parquet": (others[f"{name}-parquet"], _read_parquet),
    }
    keys_seen = set()
    for form, (path, read) in readers.items():
        digest, seen, number = hashlib.sha256(), set(), 0
        try:
            for values in read(path, fields, keys):
                number += 1
                digest.update(repr(values).encode())
                if form == "parquet":
                    seen.add(values)
        except _Wrong as error:
            yield f"{path.name}, row {number + 1}: {error}"
            continue
        keys_seen.add(digest.hexdigest())
        if number != rows:
            yield f"{path.name}: has {number} rows, not {rows}"
        if form == "parquet" and len(seen) != number:
            yield f"{path.name}: {', '.join(keys)} does not tell its rows apart"
    if len(keys_seen) > 1:
        yield f"{name}: the formats do not hold the same rows in the same order"


class _Wrong(Exception):
    """A row or a file that does not fit the schema."""


def _read_csv(path: Path, fields: Mapping[str, str], keys: list[str]) -> Iterator[Values]:
    csv.field_size_limit(sys.maxsize)
    shapes = [_SHAPES.get(kind) for kind in fields.values()]
    places = [list(fields).index(key) for key in keys]
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file, strict=True)
        if next(lines, None) != list(fields):
            raise _Wrong("the names of the columns are not those of the schema")
        for line in lines:
            if len(line) != len(fields):
                raise _Wrong(f"has {len(line)} cells, not {len(fields)}")
            for cell, shape, (name, kind) in zip(line, shapes, fields.items(), strict=True):
                if cell and shape and not shape.fullmatch(cell):
                    raise _Wrong(f"{name} is no {kind}: {cell[:40]!r}")
            yield tuple(line[place] or None for place in places)


def _read_jsonl(path: Path, fields: Mapping[str, str], keys: list[str]) -> Iterator[Values]:
    with path.open("rb") as file:
        for line in file:
            record = json.loads(line)
            if list(record) != list(fields):
                raise _Wrong("the names are not those of the schema")
            for (name, value), kind in zip(record.items(), fields.values(), strict=True):
                shape = _SHAPES[kind] if kind in ("date", "datetime") else None
                fits = value is None or isinstance(value, _JSON.get(kind, (str,)))
                if not fits or (shape and value is not None and not shape.fullmatch(value)):
                    raise _Wrong(f"{name} is no {kind}: {value!r:.40}")
            yield tuple(_plain(record[key]) for key in keys)


def _read_parquet(path: Path, fields: Mapping[str, str], keys: list[str]) -> Iterator[Values]:
    file = pq.ParquetFile(path)
    told = {field.name: field.type for field in file.schema_arrow}
    if told != {name: _ARROW[kind] for name, kind in fields.items()} or list(told) != list(fields):
        raise _Wrong("the columns and types are not those of the schema")
    for batch in file.iter_batches(batch_size=4096):
        # Reading every value proves that every page of the file can be read.
        columns = [batch.column(key).to_pylist() for key in keys]
        yield from (tuple(map(_plain, values)) for values in zip(*columns, strict=True))


def _plain(value: Any) -> str | None:
    return None if value is None else str(value)
