"""Turns: who asks little is not kept waiting by who asks much."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from browse import turns
from browse.turns import Turns


class Slow:
    """An application that takes as long as its address says, and remembers the order."""

    def __init__(self) -> None:
        self.order: list[str] = []
        self.most = 0
        self._inside = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self._inside += 1
        self.most = max(self.most, self._inside)
        await asyncio.sleep(float(scope["path"].rpartition("/")[2] or 0))
        self._inside -= 1
        self.order.append(scope["client"][0])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def ask(app: Any, client: str, path: str, method: str = "GET") -> int:
    statuses = []

    async def receive() -> Any:
        await asyncio.sleep(60)

    async def send(message: Any) -> None:
        statuses.append(message.get("status"))

    scope = {"type": "http", "method": method, "path": path, "query_string": b""}
    await app({**scope, "client": (client, 1)}, receive, send)
    return int(statuses[0])


def test_few_are_let_in_at_once() -> None:
    inner = Slow()
    app = Turns(inner, 3)

    async def all_of_them() -> list[int]:
        return await asyncio.gather(*(ask(app, f"10.0.0.{n}", "/x/0.01") for n in range(20)))

    assert asyncio.run(all_of_them()) == [200] * 20
    assert inner.most == 3
    assert app.free == 3


def test_a_reader_comes_before_those_who_ask_slow_things() -> None:
    inner = Slow()
    app = Turns(inner)

    async def rush() -> float:
        await asyncio.gather(*(ask(app, f"10.0.1.{n}", "/slow/0.5") for n in range(4)))
        hogs = [asyncio.create_task(ask(app, f"10.0.2.{n}", "/slow/0.5")) for n in range(20)]
        await asyncio.sleep(0.05)
        clock = asyncio.get_running_loop().time
        began = clock()
        for _ in range(3):
            await ask(app, "10.9.9.9", "/quick/0.01")
        taken = clock() - began
        for hog in hogs:
            hog.cancel()
        await asyncio.gather(*hogs, return_exceptions=True)
        return taken

    assert asyncio.run(rush()) < 0.3
    assert app.free == 4
    assert app.slow == 0


def test_one_client_has_no_more_than_its_share_of_places() -> None:
    inner = Slow()
    app = Turns(inner)

    async def many() -> None:
        await asyncio.gather(*(ask(app, "10.0.0.1", "/x/0.01") for _ in range(9)))

    asyncio.run(many())
    assert inner.most == 2


def test_too_many_are_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_QUEUE", 3)
    monkeypatch.setattr(turns, "_PATIENCE", 0.05)
    app = Turns(Slow(), 1)

    async def many() -> list[int]:
        return await asyncio.gather(*(ask(app, "10.0.0.1", "/x/0.2") for _ in range(6)))

    assert sorted(asyncio.run(many())) == [200] + [503] * 5
    assert app.free == 1


def test_what_waits_is_forgotten_when_its_client_leaves() -> None:
    inner = Slow()
    app = Turns(inner, 1)

    async def leave() -> None:
        first = asyncio.create_task(ask(app, "10.0.0.1", "/x/0.1"))
        await asyncio.sleep(0.01)

        async def gone() -> Any:
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            return None

        scope = {"type": "http", "method": "GET", "path": "/x/0", "query_string": b""}
        await app({**scope, "client": ("10.0.0.2", 1)}, gone, send)
        await first

    asyncio.run(leave())
    assert inner.order == ["10.0.0.1"]


def test_only_reading_is_let_in() -> None:
    app = Turns(Slow())
    assert asyncio.run(ask(app, "10.0.0.1", "/", "POST")) == 405
    assert asyncio.run(ask(app, "10.0.0.1", "/", "HEAD")) == 200


def test_kinds_of_addresses_are_few_whatever_is_made_up() -> None:
    kinds = {
        turns._kind({"path": "/db/articles", "query_string": f"made{n}=1&_facet=x".encode()})
        for n in range(50)
    }
    assert len(kinds) == 1
    assert turns._kind({"path": "/db/articles", "query_string": b"_sort=x"}) not in kinds


def test_neighbours_of_one_ipv6_net_are_one_client() -> None:
    names = {turns._name({"client": (f"2001:db8::{n}", 1)}) for n in range(1, 9)}
    assert len(names) == 1
    assert turns._name({"client": ("192.0.2.1", 1)}) == "192.0.2.1"
    assert turns._name({"client": None}) == ""
