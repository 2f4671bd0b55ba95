"""Nights that are silent: dead, hung, empty or half-empty; each must be told within its grace."""

from __future__ import annotations

import asyncio
import http.server
import os
import random
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from starlette.responses import Response

from archive import Archive
from benchmarks.torture import Trial
from benchmarks.torture.clones import BASES, clones
from benchmarks.torture.night import HANG, command, kill
from replica.column import Column
from replica.server import Replica
from replica.site import Ask, Site

_ORDINARY = 3  # nights before the one that is silent
_WELL = 2  # sources that stay well, at least
_ROWS = (6, 24)  # of a listing's first page
_FEWER = (0.1, 0.5)  # of the usual rows, on a half-empty night
_LEAST, _GRACE = 3.0, 3  # seconds, and times the longest ordinary night, in which a night may end
BAD = ("untold", "false alarms")


class Watch:
    """A context: the other side of a dead man's switch, as healthchecks.io keeps it.

    A night is given an address and expected to tell that it is good. ``alarm`` is why somebody is
    woken: it told that it is not, or told nothing until its grace was over.
    """

    def __init__(self) -> None:
        self._told: dict[str, list[tuple[float, str, str]]] = {}
        self._expected: dict[str, float] = {}
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._listener())
        self._thread = threading.Thread(target=self._server.serve_forever)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def expect(self, night: str) -> str:
        """The address for a night that begins now."""
        self._told[night] = []
        self._expected[night] = time.monotonic()
        return f"http://127.0.0.1:{self._server.server_port}/{night}"

    def report(self, night: str) -> str:
        """What a night told at its end, '' where it did not."""
        return next((body for _, word, body in self._told[night] if word != "start"), "")

    def alarm(self, night: str, grace: float) -> str:
        """Why somebody is woken, '' where nobody is; waits until that is known."""
        until = self._expected[night] + grace
        while True:
            over = time.monotonic() >= until
            ends = [(when, word) for when, word, _ in self._told[night] if word != "start"]
            if ends:
                when, word = ends[0]
                return f"it ended with {word}" if word != "0" else "late" if when > until else ""
            if over:
                return "nothing until its grace was over"
            time.sleep(0.02)

    def _listener(self) -> type[http.server.BaseHTTPRequestHandler]:
        told = self._told

        class Listener(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                night, _, word = self.path.strip("/").partition("/")
                told[night].append((time.monotonic(), word, body))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        return Listener


@dataclass(slots=True)
class _Nights:
    """Nights over one archive."""

    replica: Replica
    watch: Watch
    db: Path
    sources: Path
    patch: Path | None = None  # what Python looks through first
    lengths: list[float] = field(default_factory=list)  # seconds of the ordinary ones

    def begin(self, name: str) -> subprocess.Popen[bytes]:
        """A night as cron runs it."""
        return command(
            self.db, "nightly", "--ping", self.watch.expect(name),
            replica=self.replica, sources=self.sources, path=self.patch, out=subprocess.PIPE,
        )  # fmt: skip

    def whole(self, name: str) -> str:
        """A night that comes to its end; what it told whoever is woken."""
        began = time.monotonic()
        self.begin(name).communicate(timeout=HANG * 5)
        self.lengths.append(time.monotonic() - began)
        return self.watch.report(name)

    @property
    def grace(self) -> float:
        """Seconds that a night may take."""
        return _LEAST + _GRACE * max(self.lengths)


def silence(number: int, seed: int, folder: Path, timeout: float | None = None) -> dict[str, int]:
    """A quarter of each kind: nights killed, nights that hang, sources empty and half-empty.

    Of those that hang one half are nights as a whole, the others sources that never answer.
    ``timeout``: seconds that such a source is waited for; None: as long as a real night waits.
    """
    chance, told = random.Random(seed), Counter[str]()
    with Watch() as watch, Replica() as replica:
        each = max(1, number // 4)
        nights = _Nights(replica, watch, folder / "runs.db", folder / "runs")
        told += _runs(nights, each, each - each // 2, chance)
        nights = _Nights(replica, watch, folder / "sites.db", folder / "sites")
        if timeout is not None:
            nights.patch = _hurried(folder / "hurried", timeout)
        told += _sites(nights, {"hung": each // 2, "empty": each, "half-empty": each}, chance)
    kinds = ("dead", "hung", "empty", "half-empty")
    return {name: told[name] for name in (*kinds, "well", *BAD)}


def _runs(nights: _Nights, dead: int, hung: int, chance: random.Random) -> Counter[str]:
    """Nights that are killed, and nights that are stopped and hold the archive."""
    told: Counter[str] = Counter()
    clones(1, nights.sources, (chance.choice(BASES),))
    nights.whole("first")
    nights.lengths.clear()  # it brought every article there is
    nights.whole("ordinary")
    told["well"] += 1
    told["false alarms"] += bool(nights.watch.alarm("ordinary", HANG))
    silent = ["dead"] * dead + ["hung"] * hung
    chance.shuffle(silent)
    for count, kind in enumerate(silent):
        name = f"{kind}-{count}"
        while not _struck(nights, name, kind, chance):
            pass  # it had ended before
        told[kind] += 1
        began = _running(nights.db)
        after = nights.whole(f"after-{count}")
        told["untold"] += not nights.watch.alarm(name, nights.grace)
        told["untold"] += sum(f"! the run of {run} never ended" not in after for run in began)
        told["false alarms"] += bool(nights.watch.alarm(f"after-{count}", nights.grace))
    return told


def _struck(nights: _Nights, name: str, kind: str, chance: random.Random) -> bool:
    """A night that is killed at any moment, or hangs until somebody has been woken."""
    process = nights.begin(name)
    with suppress(subprocess.TimeoutExpired):
        process.wait(chance.uniform(0.05, min(nights.lengths)))
        return False
    if kind == "hung":
        os.killpg(process.pid, signal.SIGSTOP)
        nights.watch.alarm(name, nights.grace)
    kill(process)
    return process.returncode == -signal.SIGKILL and not nights.watch.report(name)


def _running(db: Path) -> list[str]:
    """When the runs began that have not ended."""
    with Archive.read(db) as archive:
        rows = archive.db.execute("SELECT started FROM runs WHERE verdict = 'running'")
        return [started for (started,) in rows]


def _sites(nights: _Nights, kinds: dict[str, int], chance: random.Random) -> Counter[str]:
    """Sources that are silent in several ways in one night, beside others that are well."""
    told: Counter[str] = Counter(kinds)
    silent = [kind for kind, number in kinds.items() for _ in range(number)]
    silent += ["well"] * max(_WELL, len(silent) // 4)
    chance.shuffle(silent)
    hosts = clones(len(silent), nights.sources)
    sites = [nights.replica.web.site(host) for host in hosts.values()]
    for site in sites:
        site.on["rows"] = chance.randint(*_ROWS)
        if "conditional" in site.on:
            site.on["conditional"] = False
    for count in range(_ORDINARY):
        report = nights.whole(f"well-{count}")
        told["well"] += len(sites)
        told["false alarms"] += sum(_named(name, report) for name in hosts)
    for name, site, kind in zip(hosts, sites, silent, strict=True):
        base = name.rpartition("-")[0]
        _WAYS[kind](site, next(c for c in site.columns if c.source == base), chance)
    report = nights.whole("silent")
    for site in sites:
        site.on["hangs"] = False
    for name, kind in zip(hosts, silent, strict=True):
        if kind == "well":
            told["well"] += 1
            told["false alarms"] += _named(name, report)
        else:
            told["untold"] += not _named(name, report)
    told["untold"] += not nights.watch.alarm("silent", HANG * 5)
    return told


def _named(name: str, report: str) -> bool:
    """Whether a report says that somebody should look at a source."""
    return f"! {name}: " in report


def _hang(site: Site, column: Column, chance: random.Random) -> None:
    site.on["hangs"] = True

    async def answer(ask: Ask) -> Response:
        while site.on["hangs"]:
            await asyncio.sleep(0.1)
        return site.missing(ask)

    site.answer = answer  # type: ignore[method-assign]


def _empty(site: Site, column: Column, chance: random.Random) -> None:
    for entry in site.shown(column):
        entry.state = "gone"


def _halve(site: Site, column: Column, chance: random.Random) -> None:
    """Fewer rows, or fewer articles in all than there were rows."""
    few = max(1, int(chance.uniform(*_FEWER) * len(site.listed(column, 1))))
    if chance.random() < 0.5:
        site.on["rows"] = few
    else:
        for entry in site.shown(column)[few:]:
            entry.state = "gone"


def _leave(site: Site, column: Column, chance: random.Random) -> None:
    return None


_WAYS: dict[str, Callable[[Site, Column, random.Random], None]] = {
    "hung": _hang,
    "empty": _empty,
    "half-empty": _halve,
    "well": _leave,
}


def _hurried(folder: Path, seconds: float) -> Path:
    """A folder that makes whatever is started with it wait for no answer longer than this."""
    folder.mkdir()
    text = "from crawler import settings\n\n"
    text += f"settings.DOWNLOAD_TIMEOUT = settings.TASHAN_PATIENCE = {seconds}\n"
    (folder / "sitecustomize.py").write_text(text)
    return folder


TRIALS = (Trial("silence", 100, silence, BAD),)
