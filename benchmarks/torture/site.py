"""A reading room as strangers meet it: `tashan serve --public` on a published copy."""

from __future__ import annotations

import http.client
import os
import random
import resource
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from archive import Archive, copies
from benchmarks.torture.night import HANG, ROOT, kill
from model.article import Article, When
from model.body import Block
from model.snapshot import Snapshot
from model.source import Source

# Root may write everything; without capabilities it may what the modes of its files say.
_POWERLESS = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
COOKIE = "session=of-the-crawler"
_DIED = 20  # seconds for an answer


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


class Site:
    """A context: the server as a process of its own, on a copy that is published first.

    ``files``: its limit on file descriptors. The copy stands in a folder of its own, and the
    server can write neither.
    """

    def __init__(self, db: Path, *options: str, public: bool = True, files: int = 0) -> None:
        folder = db.parent / "published"
        folder.mkdir()
        self.copy = folder / "public.db"
        copies.publish(db, self.copy)
        for left in folder.glob(".*"):
            left.unlink()
        self.copy.chmod(0o444)
        folder.chmod(0o555)
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            self.port = held.getsockname()[1]
        limit = f"import resource; resource.setrlimit(7, ({files}, {files}));" if files else ""
        told = ["--db", str(self.copy), "serve", "--port", str(self.port), *options]
        self.log = db.with_name("serve.log")
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [*(_POWERLESS if os.geteuid() == 0 else ()), sys.executable]
                + ["-c", f"{limit}from commands.main import main; main()", *told]
                + (["--public"] if public else []),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": "/nonexistent"},
                start_new_session=True,
            )
        self.name = self.copy.stem

    def __enter__(self) -> Site:
        until = time.monotonic() + HANG
        while time.monotonic() < until and self._process.poll() is None:
            with suppress(OSError, http.client.HTTPException):
                if self.get("/").status == 200:
                    return self
            time.sleep(0.1)
        kill(self._process)
        raise RuntimeError(f"the server did not answer: {self.log.read_text()[-2000:]}")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        kill(self._process)
        self.copy.parent.chmod(0o755)

    @property
    def alive(self) -> bool:
        """Whether the server still runs."""
        return self._process.poll() is None

    @property
    def address(self) -> str:
        """What its addresses begin with."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, target: str, method: str = "GET", source: str = "127.0.0.1") -> Answer:
        """Asks for a target as it stands, from an address of this machine; raises OSError."""
        began = time.monotonic()
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=_DIED, source_address=(source, 0)
        )
        try:
            connection.putrequest(method, target, skip_accept_encoding=True)
            connection.endheaders()
            answer = connection.getresponse()
            body = answer.read()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, headers, body, time.monotonic() - began)
        finally:
            connection.close()

    def grown(self, target: str) -> tuple[Answer, int]:
        """The answer, and by how many bytes the server grew at most meanwhile."""
        before = peak = self.memory()
        over = threading.Event()

        def watch() -> None:
            nonlocal peak
            while not over.wait(0.01):
                peak = max(peak, self.memory())

        watching = threading.Thread(target=watch)
        watching.start()
        try:
            answer = self.get(target)
        finally:
            over.set()
            watching.join()
        return answer, max(peak, self.memory()) - before

    def memory(self) -> int:
        """Bytes of memory of the server and all it started, as they are now."""
        total = 0
        for pid in _family(self._process.pid):
            with suppress(OSError):
                total += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        return total * resource.getpagesize()


def fill(db: Path, articles: int, change: Callable[[int, Article], tuple[Article, bytes]]) -> None:
    """Writes an archive of one source; ``change`` gives the article and its raw page."""
    source = Source.model_validate(
        {
            "id": "qinghe-jyjl",
            "title": "清河市物业管理协会 · 经验交流",
            "organisation": {
                "name": "清河市物业管理协会",
                "kind": "association",
                "region": "510400",
            },
            "column": "经验交流",
            "family": "asp",
            "start": "http://qinghe.test/list.asp",
            "evidence": {"seen": "2026-11-25", "where": "trials", "certainty": "certain"},
            "status": "enabled",
        }
    )
    with Archive.write(db) as archive:
        with archive.writing():
            archive.runs.describe(source)
            archive.runs.finish(archive.runs.begin("tashan nightly"), "good")
        for first in range(0, articles, 500):
            with archive.writing():
                for number in range(first, min(first + 500, articles)):
                    url = f"http://qinghe.test/a/{number}"
                    article, raw = change(number, plain(number, url))
                    page = Snapshot(url, raw, "2026-11-24T18:00:00Z", 200, {"Set-Cookie": COOKIE})
                    archive.articles.add(source, url, article, [page])


def plain(number: int, url: str) -> Article:
    """An ordinary article."""
    chance = random.Random(number)
    topics = ("居家养老", "老旧小区改造", "加装电梯", "垃圾分类", "物业服务", "业主大会")
    text = "".join(
        f"第{n}段，{chance.choice(topics)}工作取得新进展，{chance.choice(topics)}也在推进。" * 6
        for n in range(chance.randint(3, 12))
    )
    return Article(
        url=url,
        title=f"{chance.choice(topics)}的第{number}条经验",
        body=(Block("paragraph", text),),
        published=When(f"{2010 + number % 15}-{number % 12 + 1:02}-15", "day", "label"),
        outlet=f"清河日报{number % 37}",
        author=f"作者{number % 211}",
        wording=f"plain-{number}",
    )


def _family(pid: int) -> Iterator[int]:
    """A process and everything it started that still runs."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))
