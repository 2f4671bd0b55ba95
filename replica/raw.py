"""Answers no HTTP library would give: bytes on the wire, then a close or a reset."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Iterable
from typing import Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send


class Raw(Response):
    """Writes ``pieces`` to the connection itself, ``pause`` seconds apart, and ends it.

    ``reset`` ends it with RST instead of FIN. ``connections`` is Web.connections.
    """

    def __init__(
        self, connections: Any, pieces: Iterable[bytes], reset: bool = False, pause: float = 0
    ) -> None:
        super().__init__()
        self._connections = connections
        self._pieces = pieces
        self._reset = reset
        self._pause = pause

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As an ASGI application; uvicorn learns of it when the connection is lost."""
        transport = self._connections.get(tuple(scope["client"]))
        for piece in self._pieces:
            if transport is None or transport.is_closing():
                return
            transport.write(piece)
            await asyncio.sleep(self._pause)
        if transport is not None and self._reset:
            await asyncio.sleep(0.02)  # what was written shall arrive before the reset
            wire = transport.get_extra_info("socket")
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            transport.abort()
        elif transport is not None:
            transport.close()
        await _gone(receive)


class Later(Response):
    """Another answer, some seconds later."""

    def __init__(self, answer: Response, seconds: float) -> None:
        super().__init__()
        self._answer = answer
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As an ASGI application; ends early when the asker has gone."""
        waiting = asyncio.ensure_future(asyncio.sleep(self._seconds))
        gone = asyncio.ensure_future(_gone(receive))
        done, _ = await asyncio.wait({waiting, gone}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        gone.cancel()
        if waiting in done:
            await self._answer(scope, receive, send)


async def _gone(receive: Receive) -> None:
    """Waits until the asker has closed the connection."""
    while (await receive())["type"] != "http.disconnect":
        continue


def head(status: str = "200 OK", *lines: str) -> bytes:
    """The head of an answer, written by hand."""
    return "\r\n".join((f"HTTP/1.1 {status}", *lines, "", "")).encode("latin-1")
