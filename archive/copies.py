"""Copies of the archive: backups, and the published copy that readers are given.

A live file is never copied byte by byte: VACUUM INTO gives a whole, settled database while a crawl
writes on. A copy is checked before it takes its place, and takes it in one step.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout
from pysqlite3 import dbapi2 as sqlite3
from sqlite_utils import Database

from model.errors import ArchiveError

from .database import Archive

LARGEST_CELL = 1_000_000  # bytes; what a reader can be made to fetch at once
_WITHHELD = ("frontier", "listings")  # how we crawl is nobody's reading


def backup(path: Path, target: Path) -> int:
    """A complete copy of the archive at ``target``, verified; gives its size in bytes.

    Works while a crawl is writing. The former file at ``target`` stays until the new one is whole.
    Raises ArchiveError.
    """
    return _copy(path, target, lambda db: None)


def publish(path: Path, target: Path) -> int:
    """A copy for readers: no frontier, no cell above LARGEST_CELL, no WAL; gives its size."""
    return _copy(path, target, _reduce)


def restore(source: Path, path: Path) -> Path | None:
    """Puts a backup in the archive's place; gives where the former archive was moved to.

    The backup is checked first. Raises ArchiveError where it is damaged or a crawl is writing.
    """
    Archive.read(source).close()
    check(source)
    lock = FileLock(path.with_name(path.name + ".lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise ArchiveError(f"{path}: another crawl is writing it; wait for it to end") from None
    try:
        aside = None
        if path.exists():
            _settle(path)
            aside = path.with_name(path.name + ".before-restore")
        fresh = path.with_name(path.name + ".restoring")
        with _fresh(fresh):
            _vacuum_into(source, fresh)
            check(fresh)
            if aside:
                path.replace(aside)
            _put(fresh, path)
        return aside
    finally:
        lock.release()
        Path(lock.lock_file).unlink(missing_ok=True)


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
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    with _fresh(fresh):
        _vacuum_into(path, fresh)
        db = Database(fresh)
        try:
            change(db)
            db.conn.execute("PRAGMA journal_mode = DELETE")
        finally:
            db.close()
        check(fresh)
        size = fresh.stat().st_size
        _put(fresh, target)
    return size


def _reduce(db: Database) -> None:
    for table in _WITHHELD:
        db.conn.execute(f"DELETE FROM {table}")  # noqa: S608  names of our own
    db.conn.execute("UPDATE snapshots SET body = NULL WHERE length(body) > ?", [LARGEST_CELL])
    db.conn.commit()
    db.vacuum()


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


def _settle(path: Path) -> None:
    """Brings what stands in the WAL into the file, so that moving the file moves everything."""
    with suppress(sqlite3.DatabaseError):
        connection = sqlite3.connect(path, timeout=60)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
    for tail in ("-wal", "-shm"):
        path.with_name(path.name + tail).unlink(missing_ok=True)


def _put(fresh: Path, target: Path) -> None:
    """Gives the file its name, in one step, once its bytes are on the disk."""
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
    fresh.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _fresh(path: Path) -> Iterator[None]:
    """A file in the making: gone if it does not get its name."""
    path.unlink(missing_ok=True)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        path.with_name(path.name + "-journal").unlink(missing_ok=True)
