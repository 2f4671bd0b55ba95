"""The reading room on a generated archive: a served process, asked over HTTP by one client.

``python -m benchmarks browse``; filling.py says how to have another number of articles, and a file
that is used again. Nothing is cached: every question is asked once. CPU is that of the whole server
process for each page; wall is what the client waits. TASHAN_BENCH_PAGES=results,home measures
these alone.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import httpx

from archive import Archive
from commands.serve import free_port

from .filling import SOURCES, filled
from .prose import COMMON
from .search import hostile, pieces

QUESTIONS = 150
_PORT = 8900
_PATIENCE = 60  # seconds for the server to start
_ONLY = os.environ.get("TASHAN_BENCH_PAGES", "")


def main() -> None:
    """Prints what was measured."""
    with filled() as path:
        with Archive.read(path) as archive:
            total = archive.articles.count()
            questions = pieces(archive.db.conn, total, QUESTIONS + 20)
        random.Random(5).shuffle(questions)
        print(f"{total:,} articles, {QUESTIONS} questions of 1 to 8 characters")
        with _Server.of(path) as server:
            _measure(server, path.stem, total, questions)


def _measure(server: _Server, name: str, total: int, questions: list[str]) -> None:
    warm, questions = questions[:20], questions[20:]
    for question in warm:  # the system has the file's directories at hand, and every thread a file
        server.get(f"/search?q={quote(question)}")
    chance = random.Random(3)
    found = [f"/search?q={quote(question)}" for question in questions]
    year = [f"{address}&year=2022" for address in found[::3]]
    table = [f"/{name}/articles?_search={quote(question)}" for question in questions[::4]]
    articles = [f"/article/k{chance.randint(1, total)}?q={quote('管理')}" for _ in range(150)]
    for title, addresses in (
        ("results", found),
        ("results, of one year", year),
        ("results, seen before", found),
        ("results, Traditional", [f"{address}&_script=tw" for address in found]),
        ("results, as much as can be asked", [f"/search?q={quote(q)}" for q in hostile()]),
        ("article", articles),
        ("article, Traditional", [f"{address}&_script=tw" for address in articles[:50]]),
        ("home", ["/"] * 40),
        ("source", [f"/source/s{number}" for number in range(0, SOURCES, 10)]),
        ("feed", [address.replace("/search", "/feed.atom") for address in found[::5]]),
        ("Datasette's table page", table),
    ):
        if not _ONLY or title.partition(",")[0] in _ONLY.split(","):
            server.row(title, addresses)
    server.row_of_many("results, four clients", [f"{address}&sort=oldest" for address in found])
    html, sent = server.size("/search?q=" + quote(COMMON[0]))
    sheets = set(re.findall(r'(?:href|src)="(/-/tashan/[^"]+)"', html))
    packed = sum(server.size(sheet)[1] for sheet in sheets)
    print(f"results page: {sent / 1000:.0f} kB packed of {len(html.encode()) / 1000:.0f} kB HTML,"
          f" {packed / 1000:.0f} kB packed of style sheets and scripts")  # fmt: skip
    print(f"memory of the server: {server.memory()}")


class _Server:
    """``tashan serve`` in a process of its own, and one client."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self._process = process
        self._clock = (~process.pid << 3) | 2  # Linux: the CPU clock of another process
        self._client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120)

    @classmethod
    @contextmanager
    def of(cls, path: Path) -> Iterator[_Server]:
        """Serves a file as long as it is wanted."""
        port = free_port("127.0.0.1", _PORT)
        command = [sys.executable, "-c", "from commands.main import main; main()"]
        process = subprocess.Popen(
            [*command, "--db", str(path), "serve", "--port", str(port)], stdout=subprocess.DEVNULL
        )
        server = cls(process, port)
        try:
            server._first()
            yield server
        finally:
            process.terminate()
            process.wait(20)

    def _first(self) -> None:
        """What the first visitor waits for, who comes as soon as the door is open."""
        start = time.perf_counter()
        while self._process.poll() is None and time.perf_counter() - start < _PATIENCE:
            try:
                self._client.get("/guide")
                break
            except httpx.TransportError:
                time.sleep(0.02)
        print(f"started in {time.perf_counter() - start:.1f} s")
        for address in ("/search?q=甲乙丙丁", "/"):
            start = time.perf_counter()
            self.get(address)
            print(f"first {address}: {time.perf_counter() - start:.2f} s")

    def get(self, address: str) -> httpx.Response:
        """An answer, which must be one."""
        answer = self._client.get(address)
        assert answer.status_code == 200, (address, answer.status_code, answer.text[:300])
        return answer

    def size(self, address: str) -> tuple[str, int]:
        """The text of an answer and its bytes on the wire."""
        answer = self.get(address)
        return answer.text, answer.num_bytes_downloaded

    def row(self, name: str, addresses: Iterable[str]) -> None:
        """Asks one after the other; CPU and wall of each."""
        cpu, wall = [], []
        for address in addresses:
            clock, start = time.clock_gettime(self._clock), time.perf_counter()
            self.get(address)
            wall.append(time.perf_counter() - start)
            time.sleep(0.002)  # threads that end what they did
            cpu.append(time.clock_gettime(self._clock) - clock)
        print(f"{name:34} CPU {_spread(cpu)}   wall {_spread(wall)} ms")

    def row_of_many(self, name: str, addresses: list[str]) -> None:
        """Asks four at a time."""
        wall: list[float] = []
        lock = threading.Lock()

        def ask(address: str) -> None:
            start = time.perf_counter()
            self.get(address)
            with lock:
                wall.append(time.perf_counter() - start)

        start = time.perf_counter()
        with ThreadPoolExecutor(4) as clients:
            list(clients.map(ask, addresses))
        rate = len(addresses) / (time.perf_counter() - start)
        print(f"{name:34} wall {_spread(wall)} ms, {rate:.0f} a second")

    def memory(self) -> str:
        """Now and at most."""
        text = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        kept = dict(line.split(":", 1) for line in text.splitlines())
        now, most = (int(kept[name].split()[0]) // 1024 for name in ("VmRSS", "VmHWM"))
        return f"{now} MB, at most {most} MB"


def _spread(seconds: list[float]) -> str:
    ordered = sorted(1000 * value for value in seconds)
    middle, high = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    return f"p50 {middle:6.1f} p95 {high:6.1f} max {ordered[-1]:6.1f}"


if __name__ == "__main__":
    main()
