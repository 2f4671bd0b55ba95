"""A served archive that is replaced: the new file is read ahead, then takes over in one step."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from .room import room_of

_FAREWELL = 60  # seconds that requests on the former file have to end


class Reopening:
    """An ASGI application over one file, which is opened again whenever another takes its place.

    A published copy is put in place in one step each night. Whoever has the former one open goes
    on reading it, and its space is not given back; nobody needs to restart the server for that.
    """

    def __init__(self, path: Path, opened: Callable[[], tuple[Any, Callable[[], None]]]) -> None:
        """``opened()`` makes a Datasette of the file, and what closes all that belongs to it."""
        self._path = path
        self._opened = opened
        self._file = self._identity()
        self._datasette, self._close = opened()
        self._app = self._datasette.app()
        self._task: asyncio.Task[None] | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answers with the file that is open, and sees whether it is still the one in place."""
        if scope["type"] == "http" and self._task is None:
            now = self._identity()
            if now is not None and now != self._file:
                self._task = asyncio.create_task(self._take(now))
        await self._app(scope, receive, send)

    def _identity(self) -> tuple[int, int] | None:
        with suppress(OSError):
            found = self._path.stat()
            return found.st_dev, found.st_ino
        return None

    async def _take(self, file: tuple[int, int]) -> None:
        try:
            fresh, close = self._opened()
            await fresh.invoke_startup()
            room = room_of(fresh)
            if room:
                await room.warm()
            former = self._datasette, self._close
            self._datasette, self._close, self._app = fresh, close, fresh.app()
            asyncio.get_running_loop().call_later(_FAREWELL, _leave, *former)
        finally:
            self._file = file  # a file that cannot be opened is not tried at every request
            self._task = None


def _leave(datasette: Any, close: Callable[[], None]) -> None:
    threading.Thread(target=close, daemon=True).start()  # it waits for processes to end
    datasette.executor.shutdown(wait=False, cancel_futures=True)
    for database in datasette.databases.values():
        database.close()
