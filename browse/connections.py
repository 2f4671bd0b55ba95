"""HTTP connections that are not waited for: a head that does not come, an answer not fetched.

uvicorn waits for ever for the rest of a request and for a client that does not read. Here both are
timed, and where connections run out the longest waited for makes room for the next.
"""

from __future__ import annotations

import asyncio
import resource
import socket
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

_HEAD = 10.0  # seconds in which a whole head must come, the first as any further one
_STALL = 30.0  # seconds in which a client must take up some of what is being sent
_KEPT_FREE = 224  # file descriptors for everything that is no connection
_MOST = 2000  # connections, each some 20 kB
_WANTED = 4096  # file descriptors
_ACCEPTED = 64  # connections taken at once; the rest waits in the kernel
_BACKLOG = 2048


class _Timed(H11Protocol):
    """One connection; ``waiting`` has those whose next head is awaited, the longest first."""

    most: int
    waiting: dict[_Timed, None]
    more_headers: Mapping[bytes, bytes]
    _head: asyncio.TimerHandle | None = None
    _stall: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect()
        while len(self.connections) > self.most and self.waiting:
            next(iter(self.waiting))._drop()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._came()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.cycle.response_complete and not self.transport.is_closing():
            self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        self._came()
        self.resume_writing()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stall = self.loop.call_later(_STALL, self._drop)

    def resume_writing(self) -> None:
        if self._stall is not None:
            self._stall.cancel()
            self._stall = None
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        headers = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"connection", b"close"),
            *self.more_headers.items(),
        ]
        with suppress(h11.LocalProtocolError):  # an answer is under way already
            for event in (
                h11.Response(status_code=400, headers=headers, reason=b"Bad Request"),
                h11.Data(data=msg.encode("ascii")),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _expect(self) -> None:
        self._came()
        self.waiting[self] = None
        self._head = self.loop.call_later(_HEAD, self._drop)

    def _came(self) -> None:
        self.waiting.pop(self, None)
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def _drop(self) -> None:
        self._came()
        self.connections.discard(self)
        self.transport.abort()


def _protocol(most: int, headers: Mapping[bytes, bytes]) -> type[_Timed]:
    """A class of connections that share one count."""
    return type("Timed", (_Timed,), {"most": most, "waiting": {}, "more_headers": headers})


class _Server(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for sock in sockets or ():
            sock.listen(_BACKLOG)  # asyncio has one number for this and for how many it takes


def serve(app: Any, listening: socket.socket, headers: Mapping[bytes, bytes]) -> None:
    """Answers on a bound socket until interrupted; ``headers`` go with answers to what is no HTTP.

    Takes as many connections as the limit on file descriptors lets it, and raises that limit as
    far as it may.
    """
    config = uvicorn.Config(
        app,
        http=_protocol(_room(), headers),
        loop="asyncio",
        ws="none",
        lifespan="auto",
        log_level="error",
        access_log=False,
        server_header=False,
        backlog=_ACCEPTED,
        h11_max_incomplete_event_size=32 * 1024,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=10,
    )
    _Server(config).run(sockets=[listening])


def _room() -> int:
    """How many connections may be open at once."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _WANTED if hard == resource.RLIM_INFINITY else min(_WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    free = _MOST if soft == resource.RLIM_INFINITY else soft - _KEPT_FREE
    return max(16, min(_MOST, free))
