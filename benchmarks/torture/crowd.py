"""Writers of one archive as processes of their own, readers of it, and backups beside them."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from archive import Archive, copies, database
from benchmarks.torture import Trial
from benchmarks.torture.night import HANG, ROOT, kill, wrong
from benchmarks.torture.readers import Readers
from benchmarks.torture.site import plain
from model.article import Article
from model.body import Block
from model.errors import ArchiveError
from model.listed import Listed
from model.snapshot import Snapshot
from model.source import Source

LONG_LOG = 64 * 1024 * 1024  # bytes of WAL
_LONG_WAIT = 10.0  # seconds
_PAUSE = 0.05  # seconds between two looks
_NEW = 0.6  # of the transactions bring an article, the others a wording of one
_LENGTH = 500  # characters of a body


class Writer:
    """A context: a process that writes an archive, transaction by transaction.

    ``lock``: it takes the archive as a crawl does; only one can. The other opens it as the archive
    itself does once it has the lock.
    """

    def __init__(self, db: Path, number: int, seed: int, name: str, *, lock: bool) -> None:
        self._told = acknowledgement(db, name)
        self._told.unlink(missing_ok=True)
        code = "from benchmarks.torture import crowd; crowd.write({!r}, {}, {}, {!r}, {})"
        self._process = subprocess.Popen(
            [sys.executable, "-c", code.format(str(db), number, seed, name, lock)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT), "TASHAN_ROOM": "0"},
            start_new_session=True,
        )

    def __enter__(self) -> Writer:
        until = time.monotonic() + HANG
        while self.writes and not self.acknowledged and time.monotonic() < until:
            time.sleep(_PAUSE)
        return self

    def __exit__(self, *_: object) -> None:
        kill(self._process)

    @property
    def writes(self) -> bool:
        """Whether it still does."""
        return self._process.poll() is None

    @property
    def acknowledged(self) -> int:
        """How many of its transactions are known to be on the disk."""
        return int(self._told.read_text() or 0) if self._told.exists() else 0

    def stop(self) -> None:
        """Lets it end after the transaction it is at."""
        self._told.with_suffix(".stop").touch()

    def counts(self) -> Counter[str]:
        """What became of it: transactions, refused, waited too long, longest wait (ms)."""
        said, _ = self._process.communicate(timeout=HANG)
        return Counter(json.loads(said)) if said else Counter({"refused": 1})


def acknowledgement(db: Path, name: str) -> Path:
    """The file in which a writer says how far it is."""
    return db.with_name(f"{name}.acknowledged")


def write(path: str, number: int, seed: int, name: str, lock: bool) -> None:
    """What a writer's process does; prints its counts."""
    db, chance = Path(path), random.Random(seed)
    told = {"transactions": 0, "refused": 0, "waited too long": 0, "longest wait (ms)": 0}
    longest = 0.0
    acknowledged = os.open(acknowledgement(db, name), os.O_CREAT | os.O_WRONLY)
    stop = acknowledgement(db, name).with_suffix(".stop")
    with Archive.write(db) if lock else _beside(db) as archive:
        source = _source(name)
        with archive.writing():
            archive.runs.describe(source)
        kept: list[int] = []
        while told["transactions"] < number and not stop.exists():
            told["transactions"] += 1
            began = time.monotonic()
            try:
                with archive.writing():
                    waited = time.monotonic() - began
                    _transaction(archive, source, told["transactions"], kept, chance)
            except ArchiveError:
                told["refused"] += 1
                waited = time.monotonic() - began
            os.pwrite(acknowledged, f"{told['transactions']:09}".encode(), 0)
            longest = max(longest, waited)
            told["waited too long"] += waited > _LONG_WAIT
    told["longest wait (ms)"] = round(longest * 1000)
    print(json.dumps(told))


def _beside(db: Path) -> Archive:
    return Archive(db, database._connected(db), None, lambda: datetime.now(UTC))


def _transaction(
    archive: Archive, source: Source, number: int, kept: list[int], chance: random.Random
) -> None:
    """Reads and then writes: a run with this number, and an article or a wording of one."""
    run = archive.runs.begin(f"{source.id} {number}")
    fresh = not kept or chance.random() < _NEW
    which = number if fresh else chance.choice(kept)
    url = f"http://{source.id}.test/{which}"
    article = _article(url, which, f"{source.id}-{number}")
    page = Snapshot(url, article.text.encode() * 2, archive.now())
    archive.frontier.add(source.id, [Listed(url, url, article.title, "2026-11-24")])
    known = archive.articles.find(source.id, url, article.wording)
    if known is None:
        archive.articles.add(source, url, article, [page])
        kept.append(which)
    else:
        archive.articles.revise(source, url, known, "substantive", article, [page])
    archive.frontier.settle(url, "kept")
    archive.runs.finish(run, "good")


def _article(url: str, which: int, wording: str) -> Article:
    """An article that says something else in each wording."""
    made = plain(which, url)
    text = f"{wording}：{made.text[:_LENGTH]}"
    return Article(
        url=url,
        title=made.title,
        body=(Block("paragraph", text),),
        published=made.published,
        wording=wording,
    )


def _source(name: str) -> Source:
    return Source.model_validate(
        {
            "id": name,
            "title": "清河市物业管理协会 · 经验交流",
            "organisation": {"name": f"清河市物业管理协会（{name}）", "kind": "association"},
            "column": "经验交流",
            "family": "asp",
            "start": f"http://{name}.test/",
            "evidence": {"seen": "2026-11-25", "where": "trials", "certainty": "certain"},
            "status": "enabled",
        }
    )


BAD = ("refused", "waited too long", "lost", "damaged", "bad backups", "unanswered", "long logs")


def crowd(number: int, seed: int, folder: Path) -> dict[str, int]:
    """Two writers that read and then write as fast as they can, a reader and backups beside them.

    ``number``: transactions of both together. Each must be there in the end, and none may have
    been refused or have waited for ten seconds.
    """
    db = folder / "crowd.db"
    Archive.write(db).close()
    told = dict.fromkeys(("transactions", "backups", "requests", *BAD), 0)
    with Readers(db) as reader, ExitStack() as held:
        writers = [
            held.enter_context(Writer(db, number // 2, seed, "first", lock=True)),
            held.enter_context(Writer(db, number - number // 2, seed + 1, "second", lock=False)),
        ]
        largest = 0
        while any(writer.writes for writer in writers):
            try:
                copies.backup(db, folder / "backup.db")
            except ArchiveError:
                told["bad backups"] += 1
            told["backups"] += 1
        counts = [writer.counts() for writer in writers]
    longest = max(count["longest wait (ms)"] for count in counts)
    for count in counts:
        for name in ("transactions", "refused", "waited too long"):
            told[name] += count[name]
    with Archive.read(db) as archive:
        told["lost"] = told["transactions"] - told["refused"] - archive.db.table("runs").count
    told["damaged"] = len(wrong(db))
    told["requests"] = reader.counts["requests"]
    told["unanswered"] = reader.counts["unanswered"]
    largest = reader.counts["largest log"]
    told["long logs"] = int(largest > LONG_LOG)
    return told | {"longest wait (ms)": longest, "largest log (bytes)": largest}


TRIALS = (Trial("crowd", 10_000, crowd, BAD),)
