"""Backups and published copies while a process writes all the time, each opened and compared."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import suppress
from pathlib import Path

from archive import Archive, copies, placing, proof
from benchmarks.torture import Trial
from benchmarks.torture.crowd import LONG_LOG, Writer
from benchmarks.torture.night import command, ended, wrong
from benchmarks.torture.readers import Readers
from model.errors import ArchiveError

_ROUND = 100  # copies of one archive, so that it stays small enough to be copied often
_REHEARSED = 10  # every so many copies, a backup is restored and the doctor looks at everything
_ENDLESS = 10**9  # transactions
_WRITER = "writer"
# In every state that a transaction leaves, these are as many as there were transactions, and the
# last one carries that number: each adds one run and one wording with one raw page.
_ONE_EACH = ("runs", "revisions", "snapshots")
_AS_MANY = ("articles", "article_texts", "article_urls")
BAD = (
    "failed", "inconsistent", "too old", "from the future", "damaged", "restores refused",
    "restores that differ", "writes refused", "unanswered", "long logs",
)  # fmt: skip


def copying(number: int, seed: int, folder: Path) -> dict[str, int]:
    """So many copies, backups and published ones by turns, with restores in between.

    A copy must be one state that a transaction left, hold all that was acknowledged when it was
    begun, and be proved by the doctor; a backup that is restored must hold the same rows.
    Meanwhile somebody reads the published copy.
    """
    told = Counter(dict.fromkeys(("copies", "transactions", "restores", "requests", *BAD), 0))
    public, chance = folder / "public.db", random.Random(seed)
    empty = folder / "empty.db"
    Archive.write(empty).close()
    copies.publish(empty, public)
    with Readers(public, public=True) as reader:
        for first in range(0, number, _ROUND):
            place = folder / f"round-{first}"
            place.mkdir()
            told += _round(min(_ROUND, number - first), place, public, chance)
    told["requests"] = reader.counts["requests"]
    told["unanswered"] = reader.counts["unanswered"]
    return {name: told[name] for name in dict.fromkeys(["copies", "transactions", *told, *BAD])}


def _round(number: int, place: Path, public: Path, chance: random.Random) -> Counter[str]:
    told: Counter[str] = Counter()
    db, backup = place / "archive.db", place / "backup.db"
    with Writer(db, _ENDLESS, chance.getrandbits(32), _WRITER, lock=True) as writer:
        for count in range(number):
            to_read = bool(count % 2)
            target = public if to_read else backup
            before = writer.acknowledged
            told["copies"] += 1
            try:
                copies.publish(db, target) if to_read else copies.backup(db, target)
            except ArchiveError:
                told["failed"] += 1
                continue
            told += _compared(target, before, writer.acknowledged, to_read=to_read)
            with suppress(FileNotFoundError):
                log = placing.tail(db, "-wal").stat().st_size
                told["long logs"] += log > LONG_LOG
            if count % _REHEARSED == 0:
                told["restores"] += 1
                told += _rehearsed(backup, place / "restored.db")
        writer.stop()
        counts = writer.counts()
    told["transactions"] += counts["transactions"]
    told["writes refused"] += counts["refused"]
    return told


def _compared(copy: Path, before: int, after: int, *, to_read: bool) -> Counter[str]:
    """What is wrong with a copy; ``before`` and ``after``: transactions that were acknowledged."""
    with Archive.read(copy) as archive:
        last = _last(archive)
        number = {t: archive.db.table(t).count for t in (*_ONE_EACH, *_AS_MANY, "frontier")}
        held = archive.db.execute("SELECT total(revisions) FROM articles").fetchone()[0]
        consistent = (
            all(number[table] == last for table in _ONE_EACH)
            and len({number[table] for table in _AS_MANY}) == 1
            and held == number["revisions"]
            and number["frontier"] == (0 if to_read else number["articles"])
        )
        return Counter(
            {
                "inconsistent": int(not consistent),
                "too old": int(last < before),
                "from the future": int(last > after + 1),  # one may be written and not told yet
                "damaged": int(not all(finding.good for finding in proof.rows(archive))),
            }
        )


def _last(archive: Archive) -> int:
    """The number of the last transaction that an archive holds."""
    row = archive.db.execute("SELECT command FROM runs ORDER BY id DESC LIMIT 1").fetchone()
    return int(row[0].split()[1]) if row else 0


def _rehearsed(backup: Path, place: Path) -> Counter[str]:
    """Restores a backup in the place of the one before, and looks at all that is there."""
    process = command(place, "restore", str(backup), "--yes")
    if not ended(process) or process.returncode:
        return Counter({"restores refused": 1})
    for aside in place.parent.glob(f"{place.name}.before-restore*"):
        aside.unlink()
    differ, damaged = _rows(place) != _rows(backup), bool(wrong(place))
    return Counter({"restores that differ": int(differ), "damaged": int(damaged)})


def _rows(db: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything in every table."""
    with Archive.read(db) as archive:
        return {
            table: sorted(archive.db.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr)
            for table in archive.db.table_names()
        }


TRIALS = (Trial("copying", 1_000, copying, BAD),)
