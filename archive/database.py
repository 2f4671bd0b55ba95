"""Archive: opens archive.db, proves that it is one, and holds its rooms together."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from filelock import FileLock
from pysqlite3 import dbapi2 as sqlite3
from sqlite_utils import Database

from model.errors import ArchiveError

from . import placing, room, search
from .articles import Articles
from .frontier import Frontier
from .listings import Listings
from .migrations import steps
from .runs import Runs
from .suspects import Suspects
from .times import stamp

APPLICATION_ID = 0x5453_484E  # "TSHN", in the file's header where file(1) and we look for it
BUSY_SECONDS = 60  # a writer with a large batch may hold the lock for several seconds
_LARGEST_LOG = 32 * 1024 * 1024  # bytes of WAL that stay once they are written back
_NOTHING = 1_000_000  # bytes: with less free, an I/O error is a full disk
_UNUSABLE = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_CANTOPEN,
    }
)  # the file, not what should be written to it
_NOT_WRITABLE = "cannot be opened for writing"
_NO_LOG = "needs the -wal and -shm beside it, or a copy made by tashan publish"
_TIDY_STEPS = 200  # of the index's merging, each short
_CHINA = timezone(timedelta(hours=8))
_MAGIC = b"SQLite format 3\x00"

Clock = Callable[[], datetime]


def _utc() -> datetime:
    return datetime.now(UTC)


class Archive:
    """One open archive.

    ``articles``, ``frontier``, ``listings``, ``runs`` and ``suspects`` read and write its tables;
    ``writing()`` is one transaction over all of them. ``Archive.read`` and ``Archive.write``
    open one.
    """

    def __init__(self, path: Path, db: Database, lock: FileLock | None, clock: Clock) -> None:
        self.path = path
        self.db = db
        self.failure: ArchiveError | None = None
        self.on_failure: Callable[[], object] = lambda: None
        self._clock = clock
        self._lock = lock
        self.articles = Articles(db, clock)
        self.frontier = Frontier(db, clock)
        self.listings = Listings(db, clock)
        self.runs = Runs(db, clock)
        self.suspects = Suspects(db, clock)

    @classmethod
    def read(cls, path: Path, clock: Clock = _utc) -> Archive:
        """Opens an archive that exists, for reading alone.

        Raises ArchiveError where there is none, or it is foreign, newer or damaged.
        """
        if not path.is_file():
            raise ArchiveError(f"{path}: no archive there; tashan crawl makes one")
        _look_at(path)
        with _translated(path, _NO_LOG):
            connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
            db = Database(_prepared(connection))
            _check_version(db, path)
        return cls(path, db, None, clock)

    @classmethod
    def write(cls, path: Path, clock: Clock = _utc) -> Archive:
        """Opens or makes an archive for writing; one writer at a time has it.

        Raises ArchiveError where it is foreign, newer, read-only, damaged or being written, or
        the disk is nearly full (room.py); nothing is written then.
        """
        if path.exists():
            _look_at(path)
            if not os.access(path, os.W_OK) or not path.stat().st_mode & 0o222:
                raise ArchiveError(f"{path}: is read-only; choose another with --db")
        elif not path.parent.is_dir():
            raise ArchiveError(f"{path}: there is no folder {path.parent}")
        elif not os.access(path.parent, os.W_OK):
            raise ArchiveError(f"{path}: the folder {path.parent} is read-only")
        lock = lock_of(path)
        try:
            room.check(path.parent)
            with _translated(path):
                return cls(path, _opened_for_writing(path), lock, clock)
        except OSError as error:
            placing.unlock(lock)
            raise ArchiveError(f"{path}: cannot be written: {error.strerror}") from error
        except BaseException:
            placing.unlock(lock)
            raise

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One IMMEDIATE transaction; whole or not at all. Raises ArchiveError (disk full …).

        Where nothing can be written any more, the error stays as ``failure`` and ``on_failure``
        is called, so that nobody goes on collecting what cannot be kept.
        """
        try:
            with _translated(self.path), immediate(self.db):
                yield
        except ArchiveError as error:
            code = getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF
            if code in _UNUSABLE and self.failure is None:
                self.failure = error
                self.on_failure()
            raise

    def tidy(self) -> None:
        """Housekeeping after a night: the index in order, the log written back, pages freed."""
        with _translated(self.path):
            for _ in range(_TIDY_STEPS):
                with immediate(self.db):
                    more = search.merge(self.db.conn)
                if not more:
                    break
            self.db.conn.execute("PRAGMA incremental_vacuum")
            self.db.conn.execute("PRAGMA optimize")
            self.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def now(self) -> str:
        """This moment as the archive writes moments."""
        return stamp(self._clock())

    def today(self) -> date:
        """Today's date in China, where the sources are."""
        return self._clock().astimezone(_CHINA).date()

    def close(self) -> None:
        """Closes the file and gives up the lock."""
        logged = False
        with suppress(sqlite3.Error):
            self.db.conn.execute("PRAGMA optimize")
            logged = self.db.conn.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        self.db.close()
        if self._lock:
            if logged:
                placing.leave_log(self.path)
            placing.unlock(self._lock)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> None:
        """Closes the archive; an error of SQLite's that came meanwhile leaves as ArchiveError."""
        self.close()
        if isinstance(error, sqlite3.DatabaseError):
            raise _in_our_words(error, self.path) from error


@contextmanager
def immediate(db: Database) -> Iterator[None]:
    """A write transaction that takes its lock at once.

    A deferred BEGIN that reads and then writes fails at once beside another writer,
    whatever the busy timeout.
    """
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.conn.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
        raise


def lock_of(path: Path) -> FileLock:
    """The lock of whoever writes an archive; raises ArchiveError where another has it."""
    complaint = f"{path}: another crawl is writing it; wait for it to end"
    return placing.locked(path.with_name(path.name + ".lock"), complaint)


def _opened_for_writing(path: Path) -> Database:
    if not path.exists() or path.stat().st_size == 0:
        with placing.making(path) as fresh:
            _make(fresh)
            placing.put(fresh, path)
    db = _connected(path)
    _check_version(db, path)
    db.conn.execute("PRAGMA journal_mode = WAL")  # a backup that was restored has none
    db.conn.execute(f"PRAGMA journal_size_limit = {_LARGEST_LOG}")
    steps.apply(db)
    return db


def _make(fresh: Path) -> None:
    """A new archive; it gets its name when it is whole."""
    db = _connected(fresh)
    db.conn.execute("PRAGMA auto_vacuum = INCREMENTAL")
    db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.conn.execute("PRAGMA journal_mode = WAL")
    steps.apply(db)
    db.close()


def _connected(path: Path) -> Database:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    return Database(_prepared(connection))


def _prepared(connection: Any) -> Any:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _look_at(path: Path) -> None:
    """Refuses a file that is no SQLite database before SQLite touches it."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be read: {error.strerror}") from None
    if start and start != _MAGIC:
        raise ArchiveError(f"{path}: is no Tashan archive (not even an SQLite file)")


def _check_version(db: Database, path: Path) -> None:
    """Refuses a database that another program made, or a newer Tashan."""
    if db.conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise ArchiveError(f"{path}: is no Tashan archive (another program's database)")
    unknown = {step.name for step in steps.applied(db)} - {step.name for step in steps._migrations}
    if unknown:
        raise ArchiveError(f"{path}: was written by a newer Tashan ({max(unknown)}); update first")


@contextmanager
def _translated(path: Path, unopened: str = _NOT_WRITABLE) -> Iterator[None]:
    """SQLite's errors in our words, the cause kept."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _in_our_words(error, path, unopened) from error
    except UnicodeDecodeError as error:  # SQLite's complaint quotes what is damaged
        raise ArchiveError(f"{path}: is damaged (not even text); restore a backup") from error


def _in_our_words(
    error: sqlite3.DatabaseError, path: Path, unopened: str = _NOT_WRITABLE
) -> ArchiveError:
    text = str(error)
    if not isinstance(error, sqlite3.OperationalError):
        return ArchiveError(f"{path}: is damaged ({text}); restore a backup")
    if "locked" in text or "busy" in text:
        return ArchiveError(f"{path}: another program holds it locked; try again")
    if "readonly" in text or "unable to open" in text:
        return ArchiveError(f"{path}: {unopened} ({text})")
    if "full" in text or ("I/O" in text and room.free(path.parent) < _NOTHING):
        return ArchiveError(f"{path}: the disk is full; nothing was lost")
    if "no such table" in text or "no such column" in text:
        return ArchiveError(
            f"{path}: was written by an older Tashan; the next crawl brings it up to date ({text})"
        )
    return ArchiveError(f"{path}: {text}")
