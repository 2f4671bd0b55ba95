"""A disk that is full at many points of a crawl, and has room again afterwards."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.torture import Trial
from benchmarks.torture.night import SOURCES, command, crawl, ended, essence, kill, wrong
from model.errors import ArchiveError
from replica.server import Replica

_ROOM = 200_000_000  # bytes; enough for every crawl here
_SMALL = 700_000  # bytes that an archive without articles needs


def can_mount(folder: Path) -> bool:
    """Whether this user may make small disks here."""
    if not shutil.which("mount"):
        return False
    try:
        with _disk(folder / "probe", _SMALL):
            return True
    except subprocess.CalledProcessError:
        return False


def full(number: int, seed: int, folder: Path, sources: Sequence[str] = SOURCES) -> dict[str, int]:
    """Crawls onto disks of different sizes; each must say so, lose nothing and go on later.

    What is kept when the disk is full must be kept, whole, when it has room again.
    """
    chance = random.Random(seed)
    names = ("disks", "full", "silent", "unreadable", "lost", "different", "damaged")
    told = dict.fromkeys(names, 0)
    with Replica() as replica:
        whole = folder / "whole.db"
        ended(crawl(replica, whole, *sources))
        expected, size = essence(whole), whole.stat().st_size
        for _ in range(number):
            told["disks"] += 1
            with _disk(folder / "disk", chance.randint(_SMALL, size)) as disk:
                db = disk / "archive.db"
                code, said = _crawled(replica, db, *sources)
                if code == 3:
                    told["full"] += 1
                    told["silent"] += not re.search(r"the disk is full; nothing was lost$", said)
                else:
                    told["silent"] += code != 0
                try:
                    before = essence(db) if db.exists() else []
                except ArchiveError:
                    before = []
                    told["unreadable"] += 1
                _grow(disk)
                code, _ = _crawled(replica, db, *sources)
                after = essence(db)
                told["lost"] += len(set(before) - set(after))
                told["different"] += code != 0 or after != expected
                told["damaged"] += bool(wrong(db))
    return told


def _crawled(replica: Replica, db: Path, *sources: str) -> tuple[int | None, str]:
    process = command(db, "crawl", *sources, replica=replica, out=subprocess.PIPE)
    try:
        said, _ = process.communicate(timeout=120)
    except subprocess.TimeoutExpired:
        return None, ""
    finally:
        kill(process)
    return process.returncode, said.decode().strip()


@contextmanager
def _disk(place: Path, size: int) -> Iterator[Path]:
    """A disk of some bytes, in memory; raises CalledProcessError where that is not allowed."""
    place.mkdir(exist_ok=True)
    subprocess.run(
        ["/usr/bin/env", "mount", "-t", "tmpfs", "-o", f"size={size}", "tashan", str(place)],
        check=True,
        capture_output=True,
    )
    try:
        yield place
    finally:
        subprocess.run(
            ["/usr/bin/env", "umount", "--lazy", str(place)], check=True, capture_output=True
        )


def _grow(disk: Path) -> None:
    subprocess.run(
        ["/usr/bin/env", "mount", "-o", f"remount,size={_ROOM}", str(disk)],
        check=True,
        capture_output=True,
    )


TRIALS = (Trial("full", 50, full, ("silent", "unreadable", "lost", "different", "damaged")),)
