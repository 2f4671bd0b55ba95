"""Readers of an archive while it is tortured: a real `tashan serve`, asked all the time."""

from __future__ import annotations

import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from types import TracebackType

from benchmarks.torture.night import HANG, command, kill

_PAUSE = 0.1  # seconds between two requests


class Readers:
    """A context: `tashan serve` on an archive that exists, and somebody who reads in it.

    ``counts`` are requests, those not answered with 2xx, and the largest WAL seen, in bytes.
    """

    def __init__(self, db: Path, *, public: bool = False) -> None:
        self.counts = {"requests": 0, "unanswered": 0, "largest log": 0}
        self.failures: list[str] = []
        self._db = db
        self._public = public
        self._over = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._read)

    def __enter__(self) -> Readers:
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            self._port = held.getsockname()[1]
        extra = ["--public"] if self._public else []
        self._process = command(self._db, "serve", "--port", str(self._port), *extra)
        until = time.monotonic() + HANG
        while time.monotonic() < until and self._asked("/-/versions.json") is None:
            time.sleep(0.1)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join(HANG)
        if self._process:
            kill(self._process)

    def _read(self) -> None:
        name = self._db.stem
        paths = (
            "/",
            f"/{name}/articles.json?_size=5",
            f"/{name}/articles?_size=5",
            f"/{name}/article_texts.json?_size=2&_shape=array",
        )
        log = self._db.with_name(self._db.name + "-wal")
        while not self._over.is_set():
            for path in paths:
                status = self._asked(path)
                self.counts["requests"] += 1
                if status is None or not 200 <= status < 300:
                    self.counts["unanswered"] += 1
                    self.failures.append(f"{path}: {status}")
                with suppress(OSError):
                    self.counts["largest log"] = max(self.counts["largest log"], log.stat().st_size)
                self._over.wait(_PAUSE)

    def _asked(self, path: str) -> int | None:
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self._port}{path}", timeout=20
            ) as answer:
                answer.read()
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return int(error.code)
        except (OSError, HTTPException):
            return None
