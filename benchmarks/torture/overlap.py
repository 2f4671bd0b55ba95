"""Two cron jobs at once: while one writes, whoever comes second leaves at once and says why."""

from __future__ import annotations

import asyncio
import re
import resource
import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from starlette.responses import Response

from benchmarks.torture import Trial
from benchmarks.torture.clones import clones
from benchmarks.torture.night import HANG, command, ended, kill, wrong
from replica.server import Replica
from replica.site import Ask, Site

SECOND = 1.0  # within which the second one leaves
BUSY = 3  # the exit code
_SAID = re.compile(r"tashan: \S+: another crawl is writing it; wait for it to end\n")
_SECOND_ONES: tuple[Sequence[str], ...] = (("nightly",), ("crawl",), ("crawl", "gov-policy-0"))
_SLOW = 5  # seconds that each answer to the first one takes
BAD = ("slow", "wrong code", "unclear", "first one hurt", "not alone")


def overlap(number: int, seed: int, folder: Path) -> dict[str, int]:
    """Starts so many second commands while `tashan nightly` runs, and lets it come to its end.

    Seconds are counted by the clock from the start of the process to its end, Python's own start
    included; the median of its CPU seconds is told beside.
    """
    db, sources = folder / "overlap.db", folder / "overlap"
    hosts = clones(2, sources, ("gov-policy",))
    told = {"commands": 0, **dict.fromkeys(BAD, 0)}
    walls, cpus = [], []
    with Replica() as replica, ExitStack() as held:
        gate = threading.Event()
        for host in hosts.values():
            _hold(replica.web.site(host), gate)
        first = command(db, "nightly", replica=replica, sources=sources)
        held.callback(kill, first)
        _wait_until_asked(replica)
        for count in range(number):
            words = _SECOND_ONES[(count + seed) % len(_SECOND_ONES)]
            code, said, wall, cpu = _measured(db, words, replica, sources)
            told["commands"] += 1
            told["not alone"] += first.poll() is not None
            told["wrong code"] += code != BUSY
            told["unclear"] += not _SAID.fullmatch(said)
            walls.append(wall)
            cpus.append(cpu)
        gate.set()
        told["first one hurt"] += not ended(first) or first.returncode != 0
    told["first one hurt"] += bool(wrong(db))
    told["slow"] = sum(wall >= SECOND for wall in walls)
    shown = {"longest": max(walls), "median": median(walls), "median of CPU": median(cpus)}
    return told | {f"{name} (ms)": round(seconds * 1000) for name, seconds in shown.items()}


def _measured(
    db: Path, words: Sequence[str], replica: Replica, sources: Path
) -> tuple[int | None, str, float, float]:
    """A command's exit code, what it said, and how long it took: by the clock, and of the CPU."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = command(db, *words, replica=replica, sources=sources, out=subprocess.PIPE)
    try:
        said, _ = process.communicate(timeout=HANG)
    except subprocess.TimeoutExpired:
        said = b"it stays"
    finally:
        kill(process)
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return process.returncode, said.decode(), wall, cpu


def _hold(site: Site, gate: threading.Event) -> None:
    """Lets every answer of a site wait until the gate is open, but none longer than is usual."""
    well = site.answer

    async def answer(ask: Ask) -> Response:
        until = time.monotonic() + _SLOW
        while not gate.is_set() and time.monotonic() < until:
            await asyncio.sleep(0.02)
        return await well(ask)

    site.answer = answer  # type: ignore[method-assign]


def _wait_until_asked(replica: Replica) -> None:
    """Until the first one has the archive and asks its sources."""
    until = time.monotonic() + HANG
    while not replica.requests and time.monotonic() < until:
        time.sleep(0.02)


TRIALS = (Trial("overlap", 100, overlap, BAD),)
