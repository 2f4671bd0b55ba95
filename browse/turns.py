"""Turns: strangers are answered in fair order, so that who asks much waits, not who asks little.

A request to the database costs up to seconds of a few threads. What is likely to be slow, by the
kind of address and by who asks, shares half of the places; of the rest that wait, the one that is
likely to be short comes first, and among equals who has used least lately.
"""

from __future__ import annotations

import asyncio
import ipaddress
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

App = Callable[[Any, Any, Any], Awaitable[None]]

PLACES = 4  # requests worked on at once; Datasette gets as many threads
_SLOW = 2  # of them may be given to what is likely to be slow,
_LONG = 0.4  # which is to take more seconds than this
_FADE = 10.0  # seconds after which half of what a client used is forgotten
_LEARN = 0.3  # how much the newest request says of the next
_KINDS = 2000  # kinds of address whose seconds are remembered
_AT_ONCE = 2  # places of one client
_QUEUE = 24  # requests of one client that wait; a browser has 6
_QUEUES = 1000  # requests of all
_PATIENCE = 15.0  # seconds after which who waits is told to come back
_TOLD = frozenset({"q", "sql", "page", "sort", "source", "year", "month"})
_FREE = ("/-/static", "/-/tashan/", "/robots.txt", "/favicon.ico")  # answered from memory


@dataclass(eq=False)
class _Asked:
    """A request that waits for its place."""

    kind: str
    came: float
    turn: asyncio.Future[_Place]


@dataclass(eq=False)
class _Client:
    """What one address has used, and its requests that wait."""

    used: float = 0.0  # seconds of places, fading
    seen: float = 0.0
    usual: float = 0.0  # seconds of one of its requests
    running: int = 0
    waiting: deque[_Asked] = field(default_factory=deque)

    def fade(self, now: float) -> float:
        """Seconds it counts as having used by now."""
        self.used *= 0.5 ** ((now - self.seen) / _FADE)
        self.seen = now
        return self.used


class _Place:
    """A place that a request has until it leaves."""

    def __init__(self, turns: Turns, client: _Client, kind: str) -> None:
        self._turns: Turns | None = turns
        self._client = client
        self._kind = kind
        self._began = time.monotonic()
        self._slow = int(turns.expected(client, kind) > _LONG)
        turns.free -= 1
        turns.slow += self._slow
        client.running += 1

    def leave(self) -> None:
        """Gives the place back; once is enough."""
        if self._turns is None:
            return
        turns, self._turns = self._turns, None
        now = time.monotonic()
        taken = now - self._began
        client = self._client
        client.fade(now)
        client.used += taken
        client.usual += _LEARN * (taken - client.usual)
        client.running -= 1
        turns.free += 1
        turns.slow -= self._slow
        turns.learn(self._kind, taken)
        turns.call()


class Turns:
    """An ASGI application that lets few requests at once into another, each client in its turn.

    Only reading is let in. A client is an address, of IPv6 its /64; behind a proxy uvicorn takes
    it from what the proxy on this machine says.
    """

    def __init__(self, app: App, places: int = PLACES) -> None:
        self._app = app
        self.free = places
        self.slow = 0  # places of requests that are likely to be slow
        self._most_slow = min(_SLOW, places)
        self._usual: OrderedDict[str, float] = OrderedDict()  # seconds by kind of address
        self._waiting = 0
        self._clients: dict[str, _Client] = {}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answers, waits, or says that there is no room."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["method"] not in ("GET", "HEAD"):
            await _say(send, 405, "Only reading is allowed here.", (b"allow", b"GET, HEAD"))
        elif scope["path"].startswith(_FREE):
            await self._app(scope, receive, send)
        else:
            turn = await self._turn(self._client(scope), _kind(scope), receive)
            if isinstance(turn, str):
                await _say(send, 503, turn, (b"retry-after", b"10"))
                return

            async def sending(message: Any) -> None:
                turn.leave()  # the answer is made; how fast it is taken is nobody else's matter
                await send(message)

            try:
                await self._app(scope, receive, sending)
            finally:
                turn.leave()

    def expected(self, client: _Client, kind: str) -> float:
        """Seconds that a request is likely to take."""
        return max(client.usual, self._usual.get(kind, 0.0))

    def learn(self, kind: str, taken: float) -> None:
        """Remembers how long a kind of request took."""
        usual = self._usual.get(kind, taken)
        self._usual[kind] = usual + _LEARN * (taken - usual)
        self._usual.move_to_end(kind)
        if len(self._usual) > _KINDS:
            self._usual.popitem(last=False)

    def call(self) -> None:
        """Gives places that have become free to who is next."""
        now = time.monotonic()

        def rank(client: _Client) -> tuple[bool, float, float]:
            # Of equals the one that came last: in a rush the first have given up by their turn.
            asked = client.waiting[0]
            slow = self.expected(client, asked.kind) > _LONG
            return slow, client.fade(now) + client.running, -asked.came

        while ready := [
            client
            for client in self._clients.values()
            if client.waiting and self._may(client, client.waiting[0].kind)
        ]:
            chosen = min(ready, key=rank)
            asked = chosen.waiting.popleft()
            asked.turn.set_result(_Place(self, chosen, asked.kind))

    async def _turn(self, client: _Client, kind: str, receive: Any) -> _Place | str:
        """A place when it is this request's turn, or why it gets none."""
        if not client.waiting and self._may(client, kind):
            return _Place(self, client, kind)
        if len(client.waiting) >= _QUEUE or self._waiting >= _QUEUES:
            return "Too many requests are waiting; please come back later."
        turn: asyncio.Future[_Place] = asyncio.get_running_loop().create_future()
        asked = _Asked(kind, time.monotonic(), turn)
        client.waiting.append(asked)
        self._waiting += 1
        gone = asyncio.ensure_future(_gone(receive))
        try:
            await asyncio.wait((turn, gone), timeout=_PATIENCE, return_when="FIRST_COMPLETED")
        except asyncio.CancelledError:
            if turn.done():
                turn.result().leave()
            raise
        finally:
            gone.cancel()
            self._waiting -= 1
            with suppress(ValueError):
                client.waiting.remove(asked)
        return turn.result() if turn.done() else "The archive is busy; please come back later."

    def _may(self, client: _Client, kind: str) -> bool:
        if self.free < 1 or client.running >= _AT_ONCE:
            return False
        return self.slow < self._most_slow or self.expected(client, kind) <= _LONG

    def _client(self, scope: Any) -> _Client:
        now = time.monotonic()
        if len(self._clients) > 10_000:
            self._clients = {
                name: client
                for name, client in self._clients.items()
                if client.running or client.waiting or client.fade(now) > 0.05
            }
        return self._clients.setdefault(_name(scope), _Client(seen=now))


def _name(scope: Any) -> str:
    address = (scope.get("client") or ("",))[0]
    with suppress(ValueError):
        parsed = ipaddress.ip_address(address)
        if parsed.version == 6 and not parsed.ipv4_mapped:
            return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(address)


def _kind(scope: Any) -> str:
    """What of an address says how long its answer takes: the page, and what is asked of it.

    Parameters of other names are one, or who makes names up would always be new.
    """
    page = "/".join(scope["path"].split("/")[1:3])
    names = {
        name if name.startswith("_") or name in _TOLD else "?" + name.partition("__")[2][:12]
        for name, _ in parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    }
    return f"{page[:60]}?{'&'.join(sorted(names))[:200]}"


async def _gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _say(send: Any, status: int, word: str, *headers: tuple[bytes, bytes]) -> None:
    told = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    told += [(b"connection", b"close"), *headers] if status == 405 else [*headers]
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": word.encode()})
