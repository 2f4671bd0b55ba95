"""Which of the databases that Datasette has open are archives of ours."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from datasette.utils import sqlite3

APPLICATION_ID = 0x5453_484E  # "TSHN" in the file's header

_known: WeakKeyDictionary[Any, tuple[frozenset[str], tuple[str, ...]]] = WeakKeyDictionary()


def archives(datasette: Any) -> tuple[str, ...]:
    """Names of the open databases that are archives, in the order they were opened.

    The files are asked once for each set of open databases.
    """
    names = frozenset(datasette.databases)
    held = _known.get(datasette)
    if held is None or held[0] != names:
        ours = (name for name, db in datasette.databases.items() if _is_ours(db))
        held = _known[datasette] = (names, tuple(ours))
    return held[1]


def _is_ours(database: Any) -> bool:
    """Asked of SQLite, not of the file: a young archive's header may stand in its WAL alone."""
    if database.is_memory:
        return False
    try:
        connection = database.connect()
    except sqlite3.Error:
        return False
    try:
        found: int = connection.execute("PRAGMA application_id").fetchone()[0]
    except sqlite3.Error:
        return False
    finally:
        connection.close()
    return found == APPLICATION_ID
