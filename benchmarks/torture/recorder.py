"""Records what SQLite and archive/placing.py write into a folder, sync and rename, in order.

The product's own SQLite goes on working with real files. Between it and them stands a file system
layer (VFS) that notes what it passes on, and is the one SQLite takes while somebody records.
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache, wraps
from pathlib import Path
from types import TracebackType
from typing import Any
from unittest.mock import patch

import pysqlite3

from benchmarks.torture.disk import (
    Named,
    Settled,
    Step,
    Synced,
    Truncated,
    Written,
    numbered,
)

_INT, _LONG, _POINTER = ctypes.c_int, ctypes.c_int64, ctypes.c_void_p
_FAILED = 10  # SQLITE_IOERR
_OURS = 0x100 | 0x800 | 0x80000  # SQLITE_OPEN_MAIN_DB, _MAIN_JOURNAL, _WAL
_UNTOLD = (".lock", "-shm")  # memory of the machine, as far as SQLite is concerned

_Open = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, _POINTER, _INT, _POINTER)
_Delete = ctypes.CFUNCTYPE(_INT, _POINTER, ctypes.c_char_p, _INT)
_Write = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, _INT, _LONG)
_Truncate = ctypes.CFUNCTYPE(_INT, _POINTER, _LONG)
_Sync = ctypes.CFUNCTYPE(_INT, _POINTER, _INT)
_OpenDirectory = ctypes.CFUNCTYPE(_INT, ctypes.c_char_p, _POINTER)
_Replace = ctypes.CFUNCTYPE(_INT, _POINTER, ctypes.c_char_p, _POINTER)
_Find = ctypes.CFUNCTYPE(_POINTER, _POINTER, ctypes.c_char_p)


class _Vfs(ctypes.Structure):
    """sqlite3_vfs; what is passed on as it is are plain pointers."""

    _fields_ = (
        ("version", _INT), ("file_size", _INT), ("longest_path", _INT), ("next", _POINTER),
        ("name", ctypes.c_char_p), ("data", _POINTER), ("open", _Open), ("delete", _Delete),
        ("others", _POINTER * 11), ("replace_call", _Replace), ("find_call", _Find),
        ("next_call", _POINTER),
    )  # fmt: skip


class _Methods(ctypes.Structure):
    """sqlite3_io_methods."""

    _fields_ = (
        ("version", _INT), ("close", _POINTER), ("read", _POINTER), ("write", _Write),
        ("truncate", _Truncate), ("sync", _Sync), ("others", _POINTER * 13),
    )  # fmt: skip


class Recorder:
    """A context: ``steps`` grows by all that happens to the databases of a folder.

    ``contents`` is what was in it at the beginning, ``names`` which file has which name now.
    Raises RuntimeError at the end where the recording itself failed. One at a time in a process.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.contents = seen(self.folder)
        self.names = numbered(self.contents)
        self.steps: list[Step] = []
        self._files = len(self.names)
        self._held = ExitStack()

    def __enter__(self) -> Recorder:
        layer = _layer()
        layer.begin(self)
        self._held.callback(layer.end)
        for name in ("open", "replace", "link", "unlink", "fsync"):
            real, note = getattr(os, name), getattr(self, f"_{name}")
            self._held.enter_context(patch.object(os, name, _noted(real, note)))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._held.close()
        if _layer().failures and error is None:
            raise RuntimeError("the recording failed") from _layer().failures[0]

    def name(self, path: object) -> str | None:
        """The name of what is recorded, None where a path is not of this folder's databases."""
        told = Path(os.fsdecode(path))  # type: ignore[arg-type]
        ours = told.parent == self.folder and not told.name.endswith(_UNTOLD)
        return told.name if ours else None

    def made(self, name: str) -> int:
        """Gives a new file its number."""
        number, self._files = self._files, self._files + 1
        self.rename({name: number})
        return number

    def rename(self, names: dict[str, int | None]) -> None:
        """Notes names that were given or are gone."""
        self.steps.append(Named(names))
        for name, number in names.items():
            if number is None:
                del self.names[name]
            else:
                self.names[name] = number

    def _open(self, path: object, flags: int, *_: object) -> None:
        name = self.name(path)
        if name and flags & os.O_CREAT and name not in self.names:
            self.made(name)

    def _replace(self, old: object, new: object) -> None:
        before, after = self.name(old), self.name(new)
        if before in self.names and after:
            self.rename({before: None, after: self.names[before]})

    def _link(self, old: object, new: object) -> None:
        before, after = self.name(old), self.name(new)
        if before in self.names and after:
            self.rename({after: self.names[before]})

    def _unlink(self, path: object) -> None:
        if (name := self.name(path)) in self.names:
            self.rename({name: None})

    def _fsync(self, handle: int) -> None:
        found = os.fstat(handle)
        if stat.S_ISDIR(found.st_mode):
            if os.path.samestat(found, self.folder.stat()):
                self.steps.append(Settled())
            return
        for name, number in self.names.items():
            if os.path.samestat(found, (self.folder / name).stat()):
                self.steps.append(Synced(number))
                return


def seen(folder: Path) -> dict[str, bytes]:
    """What stands in a folder that is recorded: name and content, one object for one file."""
    paths = sorted(path for path in folder.iterdir() if not path.name.endswith(_UNTOLD))
    files = {path.stat().st_ino: path.read_bytes() for path in paths}
    return {path.name: files[path.stat().st_ino] for path in paths}


def _noted(real: Callable[..., Any], note: Callable[..., None]) -> Callable[..., Any]:
    @wraps(real)
    def call(*arguments: Any, **options: Any) -> Any:
        made = real(*arguments, **options)
        note(*arguments)
        return made

    return call


@cache
def _layer() -> _Layer:
    """The only one: SQLite holds pointers into it as long as the process lives."""
    return _Layer()


class _Layer:
    """SQLite's own file system layer with our methods in front of it."""

    def __init__(self) -> None:
        self.failures: list[BaseException] = []
        self._recorder: Recorder | None = None
        self._library = ctypes.CDLL(pysqlite3._sqlite3.__file__)
        self._library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        self._real = self._library.sqlite3_vfs_find(None)
        self._vfs = _Vfs.from_buffer_copy(self._real.contents)
        self._vfs.name = b"recorder"
        self._vfs.open = _Open(self._told(self._open))
        self._vfs.delete = _Delete(self._told(self._delete))
        self._write = _Write(self._told(self._written))
        self._truncate = _Truncate(self._told(self._truncated))
        self._sync = _Sync(self._told(self._synced))
        self._methods: dict[int, _Methods] = {}  # ours, by the address of the real ones
        self._real_methods: dict[int, _Methods] = {}  # the other way round
        self._opened: dict[int, int] = {}  # number of a file by the address of its handle
        call = self._real.contents.find_call(self._real, b"openDirectory")
        self._real_directory = _OpenDirectory(call)
        self._our_directory = _OpenDirectory(self._told(self._directory))

    def begin(self, recorder: Recorder) -> None:
        self.failures.clear()
        self._recorder = recorder
        self._library.sqlite3_vfs_register(ctypes.byref(self._vfs), 1)
        self._real.contents.replace_call(self._real, b"openDirectory", self._our_directory)

    def end(self) -> None:
        self._recorder = None
        self._real.contents.replace_call(self._real, b"openDirectory", None)
        self._library.sqlite3_vfs_unregister(ctypes.byref(self._vfs))
        self._library.sqlite3_vfs_register(self._real, 1)

    def _open(self, vfs: int, name: int | None, handle: int, flags: int, given: int) -> int:
        path = ctypes.string_at(name) if name else b""
        known = self._recorder.name(path) if self._recorder and path and flags & _OURS else None
        code: int = self._real.contents.open(self._real, name, handle, flags, given)
        self._opened.pop(handle, None)
        if code == 0 and known and self._recorder:
            if known not in self._recorder.names:
                self._recorder.made(known)
            self._opened[handle] = self._recorder.names[known]
            held = _POINTER.from_address(handle)
            held.value = ctypes.addressof(self._ours(held.value or 0))
        return code

    def _ours(self, address: int) -> _Methods:
        if address not in self._methods:
            real = _Methods.from_address(address)
            ours = _Methods.from_buffer_copy(real)
            ours.write, ours.truncate, ours.sync = self._write, self._truncate, self._sync
            self._methods[address] = ours
            self._real_methods[ctypes.addressof(ours)] = real
        return self._methods[address]

    def _told(self, call: Callable[..., int]) -> Callable[..., int]:
        """A call that C can make: an error of ours is kept and is an I/O error for SQLite."""

        def guarded(*arguments: Any) -> int:
            try:
                return call(*arguments)
            except BaseException as error:
                self.failures.append(error)
                return _FAILED

        return guarded

    def _delete(self, vfs: int, path: bytes, settle: int) -> int:
        if self._recorder and (name := self._recorder.name(path)) in self._recorder.names:
            self._recorder.rename({str(name): None})  # before the folder is synced
        return int(self._real.contents.delete(self._real, path, settle))

    def _directory(self, path: bytes, handle: int) -> int:
        """SQLite opens a folder in order to sync it, and for nothing else."""
        if self._recorder and self._recorder.name(path):
            self._recorder.steps.append(Settled())
        return int(self._real_directory(path, handle))

    def _written(self, handle: int, data: int, size: int, offset: int) -> int:
        code = int(self._below(handle).write(handle, data, size, offset))
        if code == 0:
            self._note(Written(self._opened[handle], offset, ctypes.string_at(data, size)))
        return code

    def _truncated(self, handle: int, size: int) -> int:
        code = int(self._below(handle).truncate(handle, size))
        if code == 0:
            self._note(Truncated(self._opened[handle], size))
        return code

    def _synced(self, handle: int, flags: int) -> int:
        self._note(Synced(self._opened[handle]))  # the folder may be synced with it, after it
        return int(self._below(handle).sync(handle, flags))

    def _note(self, step: Step) -> None:
        if self._recorder:
            self._recorder.steps.append(step)

    def _below(self, handle: int) -> _Methods:
        return self._real_methods[_POINTER.from_address(handle).value or 0]
