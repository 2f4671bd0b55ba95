"""Connections: a head that does not come and an answer not fetched are not waited for."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import uvicorn

from browse import connections, security


async def app(scope: Any, receive: Any, send: Any) -> None:
    body = b"x" * (20_000_000 if scope["path"] == "/large" else 2)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server with short patience that takes twelve connections."""
    monkeypatch.setattr(connections, "_HEAD", 0.4)
    monkeypatch.setattr(connections, "_STALL", 0.4)
    config = uvicorn.Config(
        app, http=connections._protocol(12, security.headers()), loop="asyncio", log_level="error"
    )
    server = connections._Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join(10)


def opened(port: int, sent: bytes) -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port), timeout=5)
    made.sendall(sent)
    return made


def whole(connection: socket.socket) -> bytes:
    """One answer with its chunked body."""
    got = b""
    while not got.endswith(b"0\r\n\r\n"):
        got += connection.recv(1000)
    return got


def taken_until_dropped(connection: socket.socket) -> int:
    """How many bytes come before the server ends the connection."""
    got = 0
    with suppress(ConnectionResetError):
        while piece := connection.recv(1 << 20):
            got += len(piece)
    return got


def test_a_head_that_does_not_come_ends_the_connection(port: int) -> None:
    for sent in (b"", b"GET / HTTP/1.1\r\nHost: x\r\n"):
        with opened(port, sent) as waiting:
            began = time.monotonic()
            assert taken_until_dropped(waiting) == 0
            assert 0.2 < time.monotonic() - began < 3


def test_the_next_head_is_timed_as_well(port: int) -> None:
    request = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    with opened(port, request) as kept:
        assert whole(kept).startswith(b"HTTP/1.1 200")
        kept.sendall(request)
        assert whole(kept).startswith(b"HTTP/1.1 200")
        kept.sendall(request[:9])
        began = time.monotonic()
        assert taken_until_dropped(kept) == 0
        assert time.monotonic() - began < 3


def test_an_answer_that_nobody_takes_is_given_up(port: int) -> None:
    with opened(port, b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n") as stalled:
        time.sleep(1.2)
        assert taken_until_dropped(stalled) < 20_000_000


def test_whoever_waits_longest_makes_room(port: int) -> None:
    held = [opened(port, b"GET") for _ in range(40)]
    with opened(port, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n") as reader:
        assert reader.recv(1000).startswith(b"HTTP/1.1 200")
    for one in held:
        one.close()


def test_what_is_no_http_is_told_so_guarded(port: int) -> None:
    with opened(port, b"\x00\x01nonsense\r\n\r\n") as strange:
        answer = strange.recv(5000).lower()
    assert answer.startswith(b"http/1.1 400")
    assert b"nosniff" in answer
    assert b"frame-ancestors 'none'" in answer
    assert b"server:" not in answer


def test_there_is_always_room_for_some() -> None:
    assert connections._room() >= 16
