"""Answers that are small on the wire and large in memory, or that never end: refused, and cheaply.

One server that writes bytes by hand, one fetch in a process of its own for each kind; the process
says what it got and how large it grew.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import random
import socket
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # it has no types
import zstandard

from benchmarks.torture import Trial
from benchmarks.torture.night import ROOT

MEMORY = 120  # MB that a fetch may grow above one of a plain page; 150 for what is unpacked
PAGE = b"<html><body><h1>" + "关于物业服务的通知".encode() + b"</h1></body></html>"
_FETCH = """
import json, re, sys
from crawler.fetch import fetch
try:
    got = [len(page.body) for page in fetch([sys.argv[1]])]
    why = ""
except Exception as error:
    got, why = [], f"{type(error).__name__}: {error}"
status = open("/proc/self/status").read()  # what getrusage says begins with the parent's size
peak = int(re.search(r"VmHWM:\\s+(\\d+)", status)[1]) // 1024
print(json.dumps({"got": got, "why": why, "peak": peak}))
"""


def _head(*lines: str) -> bytes:
    return "\r\n".join(("HTTP/1.1 200 OK", "Content-Type: text/html", *lines, "", "")).encode()


def _whole(body: bytes, *lines: str) -> Iterator[bytes]:
    yield _head(f"Content-Length: {len(body)}", *lines) + body


def _blanks() -> bytes:
    return b" " * 100_000_000


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, 9)


def _layers(pack: Callable[[bytes], bytes], times: int) -> bytes:
    made = _blanks()
    for _ in range(times):
        made = pack(made)
    return made


def _brotli(data: bytes) -> bytes:
    return bytes(brotli.compress(data, quality=5))


def _zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=9).compress(data)


def _lines(line: Callable[[int], bytes], size: int = 900_000_000) -> Iterator[bytes]:
    """Header lines for ever, or as good as."""
    yield b"HTTP/1.1 200 OK\r\n"
    sent = number = 0
    while sent < size:
        piece = b"".join(line(number + n) for n in range(50))
        number += 50
        sent += len(piece)
        yield piece


def _endless_line() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nX-Long: "
    for _ in range(9_000):
        yield b"x" * 100_000


def _early(status: bytes) -> Iterator[bytes]:
    for _ in range(100_000):
        yield (b"HTTP/1.1 " + status + b"\r\nLink: </a.css>\r\n\r\n") * 100
    yield from _whole(PAGE)


def _chunks(chunk: bytes, tail: bytes = b"") -> Iterator[bytes]:
    yield _head("Transfer-Encoding: chunked")
    for _ in range(20_000 if not tail else 1):
        yield chunk * 1_000
    while tail:
        yield tail * 1_000


def _endless_body() -> Iterator[bytes]:
    yield _head("Connection: close")
    while True:
        yield b"<p>text</p>" * 5_000


KINDS: dict[str, Callable[[], Iterator[bytes]]] = {
    "headers of 900 MB": lambda: _lines(lambda n: b"X-Pad-%d: %s\r\n" % (n, b"x" * 8_000)),
    "one endless header line": _endless_line,
    "15 MB of Set-Cookie": lambda: _lines(
        lambda n: b"Set-Cookie: c%d=%s; path=/\r\n" % (n, b"v" * 3_000), 15_000_000
    ),
    "many short headers": lambda: _lines(lambda n: b"a%d:\r\n" % n),
    "folded header": lambda: _lines(lambda n: b" folded %d\r\n" % n if n else b"X: y\r\n"),
    "100 Continue": lambda: _early(b"100 Continue"),
    "103 Early Hints": lambda: _early(b"103 Early Hints"),
    "chunks of one byte": lambda: _chunks(b"1\r\nx\r\n"),
    "chunk extensions": lambda: _chunks(b"1;" + b"e" * 900 + b"\r\nx\r\n"),
    "trailers": lambda: _chunks(b"1\r\nx\r\n", b"X-Trail: " + b"t" * 500 + b"\r\n"),
    "endless body": _endless_body,
    "5 GB promised": lambda: iter([_head("Content-Length: 5000000000") + b"x" * 1_000]),
    "gzip": lambda: _whole(_layers(_gzip, 1), "Content-Encoding: gzip"),
    "gzip of members": lambda: _whole(_gzip(b" " * 1_000_000) * 300, "Content-Encoding: gzip"),
    "x-gzip": lambda: _whole(_layers(_gzip, 1), "Content-Encoding: x-gzip"),
    "gzip twice": lambda: _whole(_layers(_gzip, 2), "Content-Encoding: gzip, gzip"),
    "gzip three times": lambda: _whole(
        _layers(_gzip, 3), *["Content-Encoding: gzip"] * 3
    ),
    "deflate": lambda: _whole(zlib.compress(_blanks(), 9), "Content-Encoding: deflate"),
    "br": lambda: _whole(_layers(_brotli, 1), "Content-Encoding: br"),
    "br twice": lambda: _whole(_layers(_brotli, 2), "Content-Encoding: br, br"),
    "zstd": lambda: _whole(_layers(_zstd, 1), "Content-Encoding: zstd"),
    "zstd, then gzip": lambda: _whole(_gzip(_zstd(_blanks())), "Content-Encoding: zstd, gzip"),
    "gzip of an error": lambda: iter(
        [b"HTTP/1.1 500 No\r\nContent-Encoding: br\r\nContent-Length: 90\r\n\r\n" + b"x" * 90]
    ),
}  # fmt: skip


@contextlib.contextmanager
def serving(answer: Callable[[], Iterator[bytes]]) -> Iterator[str]:
    """A server that gives one answer to everything but robots.txt; its address."""
    listening = socket.create_server(("127.0.0.1", 0))

    def one(wire: socket.socket) -> None:
        with contextlib.suppress(OSError), wire:
            asked = wire.recv(65536)
            if b" /robots.txt " in asked:
                wire.sendall(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                return
            for piece in answer():
                wire.sendall(piece)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=one, args=(listening.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.close()


def fetched(answer: Callable[[], Iterator[bytes]]) -> dict[str, object]:
    """What a process of its own got: lengths of bodies, why not, and its largest size in MB."""
    with serving(answer) as address:
        done = subprocess.run(
            [sys.executable, "-c", _FETCH, "http://bomb.test/page.html"],
            capture_output=True,
            timeout=120,
            env={**os.environ, "TASHAN_REPLICA": address, "PYTHONPATH": str(ROOT)},
            check=True,
        )
    told: dict[str, object] = json.loads(done.stdout)
    return told


def bombs(number: int, seed: int, folder: Path) -> dict[str, int]:
    """So many fetches, each of another kind of bomb, until all kinds have had their turn."""
    kinds = list(KINDS)
    random.Random(seed).shuffle(kinds)
    plain = fetched(lambda: _whole(PAGE))
    told = {"bombs": 0, "plain pages lost": int(not plain["got"]), "taken": 0, "too large": 0}
    told["largest growth in MB"] = 0
    for turn in range(number):
        got = fetched(KINDS[kinds[turn % len(kinds)]])
        growth = int(str(got["peak"])) - int(str(plain["peak"]))
        told["bombs"] += 1
        told["taken"] += bool(got["got"] or not got["why"])
        told["too large"] += growth > MEMORY
        told["largest growth in MB"] = max(told["largest growth in MB"], growth)
    return told


TRIALS = (Trial("bombs", len(KINDS), bombs, ("plain pages lost", "taken", "too large")),)
