"""Folders of texts, one file an article, named by source and key: plain text or Markdown.

``index.csv`` beside them has a line a file, for corpus tools that join texts with what is known
of them; ``export.json`` says how the folder was made.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from model.body import Block, markdown
from model.errors import ExportError

from . import csv_, jsonl
from .columns import BODIES, Column
from .rows import Rows, valid, without_nul
from .writing import Written, fresh_folder, write

MARK = "export.json"

Form = Literal["text", "markdown"]

_SUFFIX = {"text": ".txt", "markdown": ".md"}
_SAFE = re.compile(r"[a-z0-9][a-z0-9-]*")
# What YAML wants written as an escape, beside what JSON escapes.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def write_folder(
    path: Path,
    rows: Rows,
    form: Form,
    columns: Mapping[str, Column],
    about: Mapping[str, Any],
) -> Written:
    """Writes the folder; its hash is that of the names and hashes of its files.

    ``columns`` gives key, source, title and the text in the script wanted; ``rows.columns`` are
    for the front matter and the index.
    """
    digest, size = hashlib.sha256(), 0

    def count(name: str, data: bytes) -> None:
        nonlocal size
        size += len(data)
        digest.update(f"{hashlib.sha256(data).hexdigest()}  {name}\n".encode())

    with fresh_folder(path, MARK) as fresh:
        for name, text in _files(rows, form, columns):
            file = fresh / name
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(text)
            count(name, text)
        index = write(fresh / "index.csv", csv_.encode(_index(rows, form)))
        digest.update(f"{index.sha256}  index.csv\n".encode())
        described = json.dumps(dict(about), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        (fresh / MARK).write_text(described, encoding="utf-8")
        count(MARK, described.encode())
    return Written(path, size + index.size, digest.hexdigest())


def _files(rows: Rows, form: Form, columns: Mapping[str, Column]) -> Iterator[tuple[str, bytes]]:
    """Each file's name, below the folder, and what stands in it."""
    body = "markdown" if form == "markdown" else "body"
    wanted = ("key", "source", "title", body)
    front = tuple(column for column in rows.columns if column.name not in BODIES)
    known = jsonl.json_object(front) if form == "markdown" else "NULL"
    cells = (f"CAST({columns[name].sql} AS BLOB)" for name in wanted)
    for key, source, *texts, record in rows.select(*cells, f"CAST({known} AS BLOB)"):
        title, text = (_read(cell) for cell in texts)
        if form == "markdown":
            heading = markdown([Block("heading", " ".join(title.split()), 1)])
            written = f"---\n{_front_matter(_read(record))}---\n\n{heading}\n\n{text}\n"
        else:
            written = f"{title}\n\n{text}\n"
        yield _name(_read(key), _read(source), form), without_nul(written.encode())
        rows.told(1)


def _index(rows: Rows, form: Form) -> Rows:
    """The rows of index.csv: the file, then what is known of the article."""
    sql = f"""a.source||'/'||a.key||'{_SUFFIX[form]}'"""
    known: tuple[Column, ...] = tuple(c for c in rows.columns if c.name not in BODIES)
    return replace(rows, columns=(Column("file", "text", sql), *known), told=_unheard)


def _unheard(_: int) -> None:
    """The files have been counted."""


def _name(key: str, source: str, form: Form) -> str:
    """A path of two parts; what stands in an archive is not trusted with leading elsewhere."""
    for part in (key, source):
        if not _SAFE.fullmatch(part):
            raise ExportError(f"{part!r} cannot be part of a file's name")
    return f"{source}/{key}{_SUFFIX[form]}"


def _read(cell: bytes | None) -> str:
    return valid(cell or b"").decode()


def _front_matter(record: str) -> str:
    """A JSON object as YAML, a key a line; JSON values are YAML values."""
    lines = (
        f"{name}: {json.dumps(value, ensure_ascii=False)}\n"
        for name, value in json.loads(record).items()
        if value is not None
    )
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", "".join(lines))
