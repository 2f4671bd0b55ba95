"""Politeness under provocation: robots.txt that cannot be had, rest that was asked for."""

from __future__ import annotations

import http.server
import random
import socket
import struct
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from benchmarks.torture import Trial
from benchmarks.torture.asking import asked

ROBOTS = ("500", "503", "429", "reset", "loop", "silence", "cut")
RESTS = ("seconds", "date")
REST = 3  # seconds asked for


class _Site(http.server.ThreadingHTTPServer):
    """Each host is named for what it does; notes when which page was asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.pages: list[tuple[str, float]] = []
        self.busy: dict[str, float] = {}
        self.early: list[str] = []


class _Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Site

    def do_GET(self) -> None:
        host = (self.headers["Host"] or "").partition(".")[0]
        if self.path == "/robots.txt" and host.partition("-")[0] in ROBOTS:
            self._refuse(host.partition("-")[0])
        elif self.path == "/robots.txt":
            self._say(404)
        else:
            self._page(host)

    def _page(self, host: str) -> None:
        now = time.monotonic()
        self.server.pages.append((host, now))
        kind = host.partition("-")[0]
        if kind in RESTS and host not in self.server.busy:
            self.server.busy[host] = now
            date = datetime.now(UTC) + timedelta(seconds=REST + 1)  # a date has no fractions
            rest = str(REST) if kind == "seconds" else format_datetime(date, usegmt=True)
            self._say(random.choice((429, 503)), ("Retry-After", rest))
            return
        if kind in RESTS and now - self.server.busy[host] < REST:
            self.server.early.append(host)
        self._say(200, body=b"<html><body><h1>page</h1></body></html>")

    def _refuse(self, how: str) -> None:
        if how.isdigit():
            self._say(int(how))
        elif how == "loop":
            self._say(302, ("Location", "/robots.txt"))
        elif how == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
        elif how == "silence":
            time.sleep(6)
            self.close_connection = True
        else:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nUser-agent: *\n")
            self.close_connection = True

    def _say(self, status: int, *headers: tuple[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Not now."""

    def handle_one_request(self) -> None:
        """A wire that was cut is part of the trial."""
        try:
            super().handle_one_request()
        except (OSError, ValueError):
            self.close_connection = True


def manners(number: int, seed: int, folder: Path) -> dict[str, int]:
    """So many hosts whose robots.txt cannot be had, and as many that ask for rest."""
    kinds: Callable[[tuple[str, ...]], list[str]] = lambda names: [  # noqa: E731
        f"http://{names[n % len(names)]}-{n}.test/page.html" for n in range(number)
    ]
    closed, resting = kinds(ROBOTS), kinds(RESTS)
    with _Site() as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        address = f"127.0.0.1:{site.server_port}"
        got = asked([*closed, *resting], address, DOWNLOAD_TIMEOUT=2, TASHAN_PATIENCE=4)
        site.shutdown()
    hosts = [host for host, _ in site.pages]
    return {
        "closed hosts": len(closed),
        "fetched all the same": sum(host.partition("-")[0] in ROBOTS for host in hosts),
        "resting hosts": len(resting),
        "asked too early": len(site.early),
        "rested and not read": sum(not isinstance(got[url], int) for url in resting),
    }


TRIALS = (
    Trial(
        "manners", 50, manners, ("fetched all the same", "asked too early", "rested and not read")
    ),
)
