"""Files that are whole or not there: made beside their place, put in it in one step."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from model.errors import ArchiveError

COMPANY = ("", "-journal", "-wal", "-shm")  # what SQLite may have beside a file


def beside(place: Path) -> Path:
    """Where what is to stand at ``place`` is made. The name is always the same one, so that what
    a kill leaves there is found and removed."""
    real = place.resolve()  # a link to an archive stays a link
    return real.with_name(f".{real.name}.making")


@contextmanager
def making(place: Path) -> Iterator[Path]:
    """A name for a database in the making; ``put`` gives it its place, and it is gone otherwise.

    Whoever comes here holds a lock on the place.
    """
    fresh = beside(place)
    remove(fresh)
    try:
        yield fresh
    finally:
        remove(fresh)


def put(fresh: Path, place: Path) -> None:
    """Gives a file its name, in one step, once its bytes are on the disk.

    A log that is still there is of the file before, and SQLite would play it into this one: it is
    gone first, on the disk too.
    """
    real = place.resolve()
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
    for ending in COMPANY[1:]:
        tail(real, ending).unlink(missing_ok=True)
    settle(real.parent)
    fresh.replace(real)
    settle(real.parent)


def settle(folder: Path) -> None:
    """Waits until the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def tail(path: Path, ending: str) -> Path:
    """The file of that ending beside a database."""
    return path.with_name(path.name + ending)


def remove(path: Path) -> None:
    """Removes a database and its company."""
    for ending in COMPANY:
        tail(path, ending).unlink(missing_ok=True)


def leave_log(path: Path) -> None:
    """Leaves an empty log beside a database with one, for whoever may read there and not write.

    SQLite takes its log away at the end and would have to make it anew to read. For whoever holds
    the lock.
    """
    with suppress(OSError):
        for ending in ("-wal", "-shm"):
            log = tail(path.resolve(), ending)
            if not log.exists():
                log.touch()
                log.chmod(path.stat().st_mode & 0o666)


def locked(lock: Path, complaint: str) -> FileLock:
    """A lock taken at once; ``complaint`` is raised as ArchiveError where another has it."""
    taken = FileLock(lock, timeout=0)
    try:
        taken.acquire()
    except Timeout:
        raise ArchiveError(complaint) from None
    except OSError as error:
        raise ArchiveError(f"{lock}: cannot be written: {error.strerror}") from None
    return taken


def unlock(taken: FileLock) -> None:
    """Gives a lock up and takes its file away.

    In this order: a file taken away after the release could be one that another has locked
    already, and two would write.
    """
    Path(taken.lock_file).unlink(missing_ok=True)
    taken.release()
