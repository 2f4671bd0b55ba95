"""A subset: some articles of an archive, with all that belongs to them, as an archive of its own.

Ids and keys stay as they are. What is copied follows from the tables' foreign keys, so that a table
added later comes along by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite3

from model.errors import ArchiveError, ExportError

from . import search
from .database import Archive
from .reading import Reading

_BATCH = 200  # rows, bodies and pages among them
_REVISIONS = "SELECT id FROM revisions WHERE article IN temp.chosen"
_WITHHELD = ("body", "body_original", "markdown")


def write_subset(
    reading: Reading,
    target: Path,
    *,
    bodies: bool = True,
    revisions: bool = False,
    told: Callable[[int], object] = lambda _: None,
) -> None:
    """Writes the chosen articles to a new archive at ``target``, with its own search index.

    ``revisions``: also all wordings and their raw pages. Without ``bodies`` every text but the
    titles is NULL. The same archive and choice give the same bytes. Raises ExportError.
    """
    try:
        with Archive.write(target) as made:
            with made.writing():
                _copy(reading, made, bodies, revisions)
                _index(reading, made, bodies, told)
                _date(reading, made)
            made.db.conn.execute("VACUUM")
            made.db.conn.execute("PRAGMA journal_mode = DELETE")
    except (sqlite3.Error, ArchiveError) as error:
        if isinstance(error, ArchiveError) and not str(error).startswith(f"{target}:"):
            raise
        raise ExportError(f"the subset could not be written ({error})") from error


def _copy(reading: Reading, made: Archive, bodies: bool, revisions: bool) -> None:
    tables = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
    owners = {name: _owners(reading, name) for (name,) in reading.ask(tables)}
    conditions = {"articles": "id IN temp.chosen"}
    for name, keys in owners.items():
        mine = [column for column, table in keys if table == "articles"]
        if mine and (revisions or name != "revisions"):
            conditions[name] = " AND ".join(f'"{column}" IN temp.chosen' for column in mine)
    if revisions:
        for name, keys in owners.items():
            for column, table in keys:
                if table == "revisions" and name not in conditions:
                    conditions[name] = f'"{column}" IN ({_REVISIONS})'
    conditions["sources"] = _sources(owners, conditions)
    made.db.conn.execute("PRAGMA defer_foreign_keys = ON")
    for name, condition in sorted(conditions.items()):
        _copy_table(reading, made, name, condition, bodies)


def _owners(reading: Reading, table: str) -> list[tuple[str, str]]:
    """Foreign keys of a table: its column, the table named."""
    rows = reading.ask('SELECT "from", "table" FROM pragma_foreign_key_list(?)', [table])
    return sorted((column, owner) for column, owner in rows)


def _sources(owners: dict[str, list[tuple[str, str]]], conditions: dict[str, str]) -> str:
    """Every source that a copied row names."""
    parts = [
        f'SELECT "{column}" FROM {name} WHERE {conditions[name]}'  # noqa: S608  names of the schema
        for name, keys in owners.items()
        for column, table in keys
        if table == "sources" and name in conditions
    ]
    return f"id IN ({' UNION '.join(parts)})"


def _copy_table(reading: Reading, made: Archive, name: str, condition: str, bodies: bool) -> None:
    known = {column.name for column in made.db.table(name).columns}
    columns = [column for column in reading.columns(name) if column in known]
    hidden = _WITHHELD if not bodies and name in ("article_texts", "revisions") else ()
    asked = ", ".join("NULL" if column in hidden else f'"{column}"' for column in columns)
    named = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" for _ in columns)
    rows = reading.ask(f"SELECT {asked} FROM {name} WHERE {condition} ORDER BY rowid")  # noqa: S608
    for batch in _batches(rows):
        made.db.conn.executemany(f"INSERT INTO {name} ({named}) VALUES ({marks})", batch)  # noqa: S608


def _index(reading: Reading, made: Archive, bodies: bool, told: Callable[[int], object]) -> None:
    """The full-text index of what is there."""
    rows = made.db.conn.execute(
        f"SELECT a.id, a.title, coalesce({'t.body' if bodies else 'NULL'}, '') FROM articles a"  # noqa: S608
        " LEFT JOIN article_texts t ON t.article = a.id ORDER BY a.id"
    )
    for batch in _batches(rows):
        search.add(made.db.conn, batch)
        told(len(batch))


def _date(reading: Reading, made: Archive) -> None:
    """The archive was not made now: its steps get the time of the archive it comes from."""
    (moment,) = next(reading.ask("SELECT max(applied_at) FROM _sqlite_migrations"))
    made.db.conn.execute("UPDATE _sqlite_migrations SET applied_at = ?", [moment])


def _batches(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch
