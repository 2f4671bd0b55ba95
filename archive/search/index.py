"""The full-text index of archive.db: made, kept and taken apart in batches.

Three FTS5 tables without content, keyed by articles.id:

- articles_fts: the stream (units.py) of title and body, with positions, for phrases;
- articles_titles: the stream of the title alone, for what stands in titles;
- articles_uni: every unit of title and body, without positions, for single characters and words.

An index without content forgets a text only when it is told the same text again, so removing
takes the texts that were added. The table search_state has one row: a number that grows with
every change, and what the tokens were made by.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge as in_order
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, Protocol

from .folding import VARIANTS, fold
from .units import closers, segments, stream

Row = tuple[int, str, str | None]  # id, title, body
Tokens = tuple[int, str, str, str]  # id, and what each of TABLES is given

TABLES = ("articles_fts", "articles_titles", "articles_uni")
FORMAT = f"1 {VARIANTS}"  # the number changes with what tokens are made
_OPTIONS = {
    "articles_fts": "tokens, content='', tokenize='ascii'",
    "articles_titles": "tokens, content='', tokenize='ascii'",
    "articles_uni": "tokens, content='', tokenize='ascii', detail=none",
}
_ADD = "INSERT INTO {0}(rowid, tokens) VALUES (?, ?)"
_REMOVE = "INSERT INTO {0}({0}, rowid, tokens) VALUES ('delete', ?, ?)"
_SETTINGS = {
    "hashsize": 16 * 1024 * 1024,  # bytes held back before a segment is written
    "pgsz": 8140,  # bytes; just fills two pages of SQLite, wasting half as much as one
    "usermerge": 2,  # segments of like size that merge() makes one of
}
_BATCH = 500  # articles whose tokens are held at a time


class Connection(Protocol):
    """A connection of sqlite3 or pysqlite3."""

    def execute(self, sql: str, parameters: Any = ..., /) -> Any:
        """Runs one statement."""

    def executemany(self, sql: str, parameters: Any, /) -> Any:
        """Runs one statement for many sets of parameters."""


def create(connection: Connection) -> None:
    """Makes the empty tables of the index."""
    for table, options in _OPTIONS.items():
        connection.execute(f"CREATE VIRTUAL TABLE {table} USING fts5({options})")
        for setting, value in _SETTINGS.items():
            connection.execute(_command(table, setting), [value])
    connection.execute(
        "CREATE TABLE IF NOT EXISTS search_state"
        " (id INTEGER PRIMARY KEY CHECK (id = 1), version INTEGER NOT NULL, format TEXT NOT NULL)"
    )
    connection.execute("INSERT OR IGNORE INTO search_state VALUES (1, 0, ?)", [FORMAT])
    connection.execute("UPDATE search_state SET version = version + 1, format = ?", [FORMAT])


def drop(connection: Connection) -> None:
    """Takes the tables of the index away; search_state stays and goes on counting."""
    for table in TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table}")


def version(connection: Connection) -> int:
    """A number that is another one after every change of the index."""
    return int(connection.execute("SELECT version FROM search_state").fetchone()[0])


def add(connection: Connection, rows: Iterable[Row]) -> None:
    """Indexes articles that are not in the index yet. Fastest in order of id."""
    add_tokens(connection, map(tokens, rows))


def add_tokens(connection: Connection, made: Iterable[Tokens]) -> None:
    """The same of articles whose tokens were made elsewhere, as by several processes."""
    _write(connection, ((entry, _ADD) for entry in made))


def tokens(row: Row) -> Tokens:
    """What the index is given for one article."""
    number, title, body = row
    heads = segments(fold(title))
    parts = heads + segments(fold(body or ""))
    return (
        number,
        " ".join(stream(parts)),
        " ".join(stream(heads) + closers(heads)),
        " ".join(sorted(set().union(*parts))),
    )


def remove(connection: Connection, rows: Iterable[Row]) -> None:
    """Takes articles out of the index; the texts must be those that were added."""
    _write(connection, ((tokens(row), _REMOVE) for row in rows))


def replace(connection: Connection, old: Iterable[Row], new: Iterable[Row]) -> None:
    """Takes old texts out and indexes new ones, several times faster than remove and add.

    Each is taken in order of id, the old text of an article before its new one, because FTS5
    writes a segment whenever an id does not grow.
    """
    removed = ((tokens(row), _REMOVE) for row in sorted(old))
    added = ((tokens(row), _ADD) for row in sorted(new))
    _write(connection, in_order(removed, added, key=lambda change: change[0][0]))


def rebuild(connection: Connection, rows: Iterable[Row]) -> None:
    """Makes the whole index again from all articles."""
    drop(connection)
    create(connection)
    add(connection, rows)


def merge(connection: Connection, pages: int = 500, whole: bool = False) -> bool:
    """Tidies the index by about so many pages; whether there is more to tidy.

    Each call is short, unlike FTS5's optimize. ``whole`` goes on until nothing could be tidier,
    which writes every page again: for a copy to be published, not for every night.
    """
    more = False
    for table in TABLES:
        before = _changes(connection)
        connection.execute(_command(table, "merge"), [-pages if whole else pages])
        more = more or _changes(connection) - before > 1  # the command itself counts as one
    return more


def _changes(connection: Connection) -> int:
    return int(connection.execute("SELECT total_changes()").fetchone()[0])


def _command(table: str, name: str) -> str:
    """A command to one table of the index, its number to be bound."""
    return f"INSERT INTO {table}({table}, rank) VALUES ('{name}', ?)"  # noqa: S608  our names


def _write(connection: Connection, changes: Iterator[tuple[Tokens, str]]) -> None:
    while batch := list(islice(changes, _BATCH)):
        for place, table in enumerate(TABLES, 1):
            for statement, entries in groupby(batch, itemgetter(1)):
                made = [(entry[0], entry[place]) for entry, _ in entries]
                connection.executemany(statement.format(table), made)
    connection.execute("UPDATE search_state SET version = version + 1")
