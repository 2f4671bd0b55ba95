"""kill -9 in every phase of a crawl: fetching, reading, converting, writing, indexing."""

from __future__ import annotations

import random
import subprocess
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

from archive import Archive, copies, placing
from benchmarks.torture import Trial, ambush
from benchmarks.torture.night import (
    command,
    crawl,
    ended,
    exported,
    kill,
    revisions,
    wrong,
)
from benchmarks.torture.readers import Readers
from replica.server import Replica

SOURCES = ("assoc-policy", "gov-policy")
# Where a kill strikes, and up to how many seconds after the call began.
PHASES: dict[str, tuple[tuple[str, ...], float]] = {
    "read": (("crawler.pages.article:read", "crawler.pages.listing:read"), 0.02),
    "convert": (("pipelines.chain:derive",), 0.02),
    "write": (("archive.articles:Articles.add",), 0.005),
    "commit": (("archive.database:immediate",), 0.005),
    "index": (("archive.search:add",), 0.002),
}
STRIKES = 3  # kills of one archive, at most
BAD = ("lost", "doubled", "different", "damaged", "hung", "too often", "unanswered", "long logs")
_OFTEN = 16  # articles fetched again for one kill
_LONG_LOG = 64 * 1024 * 1024


def kills(
    number: int,
    seed: int,
    folder: Path,
    sources: Sequence[str] = SOURCES,
    readers: bool = True,
) -> dict[str, int]:
    """Kills crawls, goes on, and compares the archive with that of an undisturbed crawl."""
    chance = random.Random(seed)
    phases = ["fetch", "any moment", *PHASES]
    told = dict.fromkeys(("kills", *phases, "archives", "refetched", *BAD), 0)
    whole, live, public = (folder / name for name in ("whole.db", "live.db", "public.db"))
    with Replica() as replica, ExitStack() as held:
        began = time.monotonic()
        ended(crawl(replica, whole, *sources))
        length = time.monotonic() - began
        expected, wordings = exported(whole), revisions(whole)
        articles, most = _addresses(whole), len(expected)
        copies.backup(whole, live)
        copies.publish(whole, public)
        watching = []
        if readers:
            watching = [held.enter_context(Readers(live))]
            watching += [held.enter_context(Readers(public, public=True))]
        while told["kills"] < number:
            _begin_anew(live)
            replica.requests.clear()
            strikes = min(STRIKES, number - told["kills"])
            for _ in range(strikes):
                phase = min(phases, key=lambda name: (told[name], chance.random()))
                call = chance.randint(1, max(1, most // strikes))
                if not _struck(phase, call, length, replica, live, sources, chance, folder):
                    break  # it had ended before
                told["kills"] += 1
                told[phase] += 1
            told["archives"] += 1
            if not ended(crawl(replica, live, *sources)):
                told["hung"] += 1
            asked = Counter((host, path) for method, host, path in replica.requests)
            extra = sum(asked[page] - 1 for page in articles if asked[page] > 1)
            told["refetched"] += extra
            told["too often"] += extra > _OFTEN * max(1, strikes)
            _compare(told, live, expected, wordings)
            copies.publish(live, public)
        for reader in watching:
            told["unanswered"] += reader.counts["unanswered"]
            told["long logs"] += reader.counts["largest log"] > _LONG_LOG
            told["requests"] = told.get("requests", 0) + reader.counts["requests"]
    return told


def _struck(
    phase: str,
    call: int,
    length: float,
    replica: Replica,
    db: Path,
    sources: Sequence[str],
    chance: random.Random,
    folder: Path,
) -> bool:
    """Starts a crawl and kills it; False where it had come to its end."""
    if phase in PHASES:
        places, seconds = PHASES[phase]
        word = ambush.environment(folder, places, call, chance.uniform(0, seconds))
        process = command(db, "crawl", *sources, replica=replica, path=folder, settings=word)
        ended(process)
        return (folder / "hit").exists()
    before = len(replica.requests)
    process = command(db, "crawl", *sources, replica=replica)
    if phase == "fetch":  # its request is under way, or the answer is
        while len(replica.requests) < before + call and process.poll() is None:
            time.sleep(0.0005)
        time.sleep(chance.uniform(0, 0.005))
    else:
        _wait(process, chance.uniform(0.3, length))
    alive = process.poll() is None
    kill(process)
    return alive


def _wait(process: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return


def _begin_anew(db: Path) -> None:
    """An empty archive in the place of the last one, for whoever is reading there."""
    fresh = db.with_name("fresh.db")
    Archive.write(fresh).close()
    for ending in ("-wal", "-shm"):
        placing.tail(db, ending).unlink(missing_ok=True)
    fresh.replace(db)


def _addresses(db: Path) -> set[tuple[str, str]]:
    """Host and path of every raw page."""
    with Archive.read(db) as archive:
        urls = [url for (url,) in archive.db.conn.execute("SELECT url FROM snapshots")]
    parts = [urlsplit(url) for url in urls]
    return {(p.netloc, p.path + (f"?{p.query}" if p.query else "")) for p in parts}


def _compare(
    told: dict[str, int], db: Path, expected: list[bytes], wordings: list[tuple[str, ...]]
) -> None:
    got, kept = exported(db), revisions(db)
    told["lost"] += len(set(wordings) - set(kept))
    told["doubled"] += max(0, len(kept) - len(set(wordings))) + max(0, len(got) - len(expected))
    told["different"] += got != expected
    told["damaged"] += len(wrong(db))


TRIALS = (Trial("kills", 210, kills, BAD),)
