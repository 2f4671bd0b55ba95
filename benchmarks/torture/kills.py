"""kill -9 at random moments of a night."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from archive import Archive, proof
from benchmarks.torture import Trial
from benchmarks.torture.night import HANG, SOURCES, crawl, essence
from replica.server import Replica


def kills(number: int, seed: int, folder: Path, sources: Sequence[str] = SOURCES) -> dict[str, int]:
    """kill -9 at random moments of crawls; every archive must come out like an undisturbed one."""
    chance = random.Random(seed)
    told = {"kills": 0, "archives": 0, "lost": 0, "doubled": 0, "damaged": 0, "hung": 0}
    with Replica() as replica:
        whole = folder / "whole.db"
        began = time.monotonic()
        crawl(replica, whole, *sources).wait(HANG)
        length = time.monotonic() - began
        expected = essence(whole)
        while told["kills"] < number:
            db = folder / f"killed-{told['archives']}.db"
            for _ in range(min(chance.randint(1, 4), number - told["kills"])):
                process = crawl(replica, db, *sources)
                time.sleep(chance.uniform(0.3, length))
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
                    told["kills"] += 1
                process.wait(HANG)
            try:
                crawl(replica, db, *sources).wait(HANG)
            except subprocess.TimeoutExpired:
                told["hung"] += 1
            got = essence(db)
            told["archives"] += 1
            told["lost"] += len(set(expected) - set(got))
            told["doubled"] += len(got) - len({row[0] for row in got})
            with Archive.read(db) as archive:
                bad = [f for f in proof.findings(archive, sample=30) if not f.good]
                told["damaged"] += sum(f.what not in ("room", "clock") for f in bad)
            db.unlink()
    return told


TRIALS = (Trial("kills", 200, kills, ("lost", "doubled", "damaged", "hung")),)
