"""Copies of the archive: backups, and the published copy that readers are given.

A live file is never copied byte by byte: VACUUM INTO gives a whole, settled database while a crawl
writes on. A copy is checked before it takes its place, and takes it in one step.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite3
from sqlite_utils import Database

from model.errors import ArchiveError

from . import placing, room
from .database import Archive, lock_of
from .migrations import steps

LARGEST_CELL = 1_000_000  # bytes; what a reader can be made to fetch at once
_CUT = "\n〔公开副本到此截断，全文见原网页。The published copy ends here.〕"
_INDEX = re.compile("articles_(fts|uni|titles)")  # tables of the search index
_WITHHELD = ("frontier", "listings", "suspects")  # how we crawl is nobody's reading


def backup(path: Path, target: Path) -> int:
    """A complete copy of the archive at ``target``, verified; gives its size in bytes.

    Works while a crawl is writing. The former file at ``target`` stays until the new one is whole.
    Raises ArchiveError.
    """
    return _copy(path, target, lambda db: None)


def publish(path: Path, target: Path) -> int:
    """A copy for readers: no frontier, cookies, cells above LARGEST_CELL, or WAL; its size."""
    return _copy(path, target, _reduce)


def restore(source: Path, path: Path) -> Path | None:
    """Puts a backup in the archive's place; gives where the former archive was moved to.

    The backup is checked first. There is a whole archive at ``path`` at every moment. Raises
    ArchiveError where the backup is damaged or a crawl is writing.
    """
    Archive.read(source).close()
    check(source)
    if not path.parent.is_dir():
        raise ArchiveError(f"{path}: there is no folder {path.parent}")
    if path.exists() and path.samefile(source):
        raise ArchiveError(f"{source}: is the archive itself")
    path = path.resolve()
    lock = lock_of(path)
    try:
        with _told(path), placing.making(path) as fresh:
            _vacuum_into(source, fresh)
            check(fresh)
            aside = _set_aside(path) if path.exists() else None
            placing.put(fresh, path)
            return aside
    finally:
        placing.unlock(lock)


def check(path: Path) -> None:
    """Raises ArchiveError where SQLite finds the file's pages, keys or indexes damaged."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        orphans = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise ArchiveError(f"{path}: is damaged ({error})") from error
    finally:
        connection.close()
    if found != ["ok"]:
        raise ArchiveError(f"{path}: is damaged ({found[0]})")
    if orphans:
        raise ArchiveError(f"{path}: is damaged (a row of {orphans[0]} belongs to nothing)")


def _copy(path: Path, target: Path, change: Callable[[Database], None]) -> int:
    Archive.read(path).close()
    if not target.parent.is_dir():
        raise ArchiveError(f"{target}: there is no folder {target.parent}")
    if target.exists() and path.samefile(target):
        raise ArchiveError(f"{target}: is the archive itself")
    room.check(target.parent, path.stat().st_size)
    lock = placing.locked(
        target.with_name(f".{target.name}.lock"), f"{target}: another copy is being made there"
    )
    try:
        with _told(target), placing.making(target) as fresh:
            _vacuum_into(path, fresh)
            db = Database(fresh)
            try:
                change(db)
                db.conn.execute("PRAGMA journal_mode = DELETE")
            finally:
                db.close()
            check(fresh)
            size = fresh.stat().st_size
            placing.put(fresh, target)
            return size
    finally:
        placing.unlock(lock)


def _reduce(db: Database) -> None:
    steps.apply(db)  # an archive that no newer crawl has opened yet
    db.conn.execute("UPDATE problems SET suspect = NULL")
    db.conn.execute("DELETE FROM snapshots WHERE suspect IS NOT NULL")
    for table in _WITHHELD:
        db.conn.execute(f"DELETE FROM {table}")  # noqa: S608  names of our own
    db.conn.execute("UPDATE snapshots SET body = NULL WHERE length(body) > ?", [LARGEST_CELL])
    for table in db.table_names():
        if not _INDEX.match(table):
            for column in db.table(table).columns:
                if column.type.upper() == "TEXT" and not column.is_pk:
                    _cut(db, table, column.name)
    _forget_cookies(db)
    db.conn.commit()
    db.vacuum()


def _cut(db: Database, table: str, column: str) -> None:
    """Ends texts that are too large at LARGEST_CELL, with a word that says so."""
    table, column = (name.replace('"', '""') for name in (table, column))
    db.conn.execute(
        f'UPDATE "{table}" SET "{column}" = substr("{column}", 1, ?) || ?'  # noqa: S608  quoted
        f' WHERE octet_length("{column}") > ?',
        [LARGEST_CELL // 4, _CUT, LARGEST_CELL],
    )


def _forget_cookies(db: Database) -> None:
    """Takes what sites told our crawler to remember out of the headers of raw pages."""
    names = db.conn.execute(
        "SELECT DISTINCT h.key FROM snapshots s, json_each(s.headers) h"
        " WHERE json_valid(s.headers) AND lower(h.key) IN ('set-cookie', 'set-cookie2')"
    ).fetchall()
    for (name,) in names:
        place = f'$."{name}"'
        db.conn.execute(
            "UPDATE snapshots SET headers = json_remove(headers, ?)"
            " WHERE json_valid(headers) AND json_type(headers, ?) IS NOT NULL",
            [place, place],
        )


def _vacuum_into(path: Path, fresh: Path) -> None:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=60, isolation_level=None
    )
    try:
        connection.execute("VACUUM INTO ?", [str(fresh)])
    except sqlite3.DatabaseError as error:
        raise ArchiveError(f"{path}: cannot be copied ({error}); the old copy stays") from error
    finally:
        connection.close()


def _set_aside(path: Path) -> Path:
    """A second name for the archive, under which it stays when another takes its place."""
    number, aside = 1, path.with_name(f"{path.name}.before-restore")
    while aside.exists() and not aside.samefile(path):  # the same: a restore that was killed
        number += 1
        aside = path.with_name(f"{path.name}.before-restore-{number}")
    whole = _settled(path)
    _link(path, aside)
    log = placing.tail(path, "-wal")
    if not whole and log.exists():  # what is damaged keeps its log
        _link(log, placing.tail(aside, "-wal"))
    for ending in ("-wal", "-shm"):
        placing.tail(path, ending).unlink(missing_ok=True)
    return aside


def _link(path: Path, name: Path) -> None:
    if not name.exists():
        try:
            name.hardlink_to(path)
        except OSError:  # a file system without links: for a moment, nothing is in place
            path.replace(name)


def _settled(path: Path) -> bool:
    """Brings what stands in the WAL into the file; False where it is too damaged for that."""
    try:
        connection = sqlite3.connect(path, timeout=60)
        try:
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            connection.close()
    except sqlite3.DatabaseError:
        return False
    if busy:
        raise ArchiveError(f"{path}: is being read; try again")
    return True


@contextmanager
def _told(place: Path) -> Iterator[None]:
    """What goes wrong with a copy, in our words."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise ArchiveError(f"{place}: cannot be written ({error}); the old file stays") from error
    except OSError as error:
        reason = error.strerror or error
        raise ArchiveError(f"{place}: cannot be written ({reason}); the old file stays") from error
