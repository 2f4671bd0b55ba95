"""Files and folders that are whole or not there: made beside their place, put in it in one step."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from model.errors import ExportError

_TAIL = ".part"
_FORMER = ".former"  # where a folder stands for the moment in which another takes its place


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: bytes and their SHA-256 in hexadecimal."""

    path: Path
    size: int
    sha256: str


def write(path: Path, pieces: Iterable[bytes]) -> Written:
    """Writes one file. The former one stays until the new one is whole; raises ExportError."""
    digest, size = hashlib.sha256(), 0
    with fresh_file(path) as fresh, fresh.open("xb") as file:
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return Written(path, size, digest.hexdigest())


def hashed(path: Path) -> Written:
    """What stands in a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    return Written(path, path.stat().st_size, digest.hexdigest())


@contextmanager
def fresh_file(path: Path) -> Iterator[Path]:
    """A name beside ``path`` for a file in the making; it takes the place when all went well.

    Raises ExportError; nothing of the new file is left then.
    """
    place = path.resolve()
    if place.exists() and not place.is_file():
        raise ExportError(f"{path}: is there and no file; choose another --output")
    with _beside(path, place, _remove_file) as fresh:
        yield fresh
        fresh.replace(place)


@contextmanager
def fresh_folder(path: Path, mark: str) -> Iterator[Path]:
    """An empty folder beside ``path`` that takes its place when all went well.

    A folder that is there is replaced only where it is empty or holds a file named ``mark``,
    which is how we know ours. Raises ExportError; nothing of the new folder is left then.
    """
    place = path.resolve()
    if place.exists() and not replaceable(place, mark):
        raise ExportError(f"{path}: is there and holds something else; choose another --output")
    with _beside(path, place, _remove_folder) as fresh:
        fresh.mkdir()
        yield fresh
        os.sync()  # one call for what may be a million files
        former = fresh.with_name(fresh.name + _FORMER)
        if place.exists():
            place.replace(former)
        try:
            fresh.replace(place)
        except OSError:
            if former.exists():
                former.replace(place)
            raise
        _remove_folder(former)


def replaceable(folder: Path, mark: str) -> bool:
    """Whether a folder is empty or one of ours."""
    if not folder.is_dir():
        return False
    return (folder / mark).is_file() or not any(folder.iterdir())


@contextmanager
def _beside(path: Path, place: Path, remove: Callable[[Path], None]) -> Iterator[Path]:
    """A name beside a place; whatever stands there at the end is removed."""
    if not place.parent.is_dir():
        raise ExportError(f"{path}: there is no folder {place.parent}")
    _sweep(place, remove)
    fresh = place.with_name(f".{place.name}.{os.getpid()}{_TAIL}")
    try:
        yield fresh
        settle(place.parent)
    except OSError as error:
        raise ExportError(f"{path}: {_reason(error)}; what was there before stays") from error
    finally:
        remove(fresh)


def _sweep(place: Path, remove: Callable[[Path], None]) -> None:
    """Puts right what exports to this place left behind that were killed."""
    for old in place.parent.glob(f".{_literal(place.name)}.*{_TAIL}*"):
        number = old.name.removesuffix(_FORMER).removesuffix(_TAIL).rpartition(".")[2]
        if not number.isdecimal() or _runs(int(number)):
            continue
        if old.name.endswith(_FORMER) and not place.exists():
            old.replace(place)
        else:
            remove(old)


def _literal(name: str) -> str:
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def settle(path: Path) -> None:
    """Waits until a file or a folder's names are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_file(path: Path) -> None:
    for tail in ("", "-journal", "-wal", "-shm", ".lock"):  # SQLite's company
        path.with_name(path.name + tail).unlink(missing_ok=True)


def _remove_folder(path: Path) -> None:
    with suppress(FileNotFoundError):
        shutil.rmtree(path)


def _reason(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full"
    if error.errno == errno.EFBIG:
        return "the file grew larger than is allowed"
    return error.strerror or str(error)
