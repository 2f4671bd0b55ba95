"""kill -9 in the commands beside the crawl: export, migration, copies, rebuild, the night's end."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite3

from archive import copies
from benchmarks.torture import Trial, ambush
from benchmarks.torture.night import (
    ROOT,
    command,
    crawl,
    ended,
    essence,
    exported,
    revisions,
    wrong,
)
from model.errors import ArchiveError
from replica.server import Replica

SOURCES = ("assoc-policy", "gov-policy")
LEFT = frozenset(
    {"archive.db", "archive.db.lock", "archive.db-wal", "archive.db-shm", "made", ".made.lock"}
)
# What the steps of a newer Tashan made, undone.
_OLDER = """
DROP INDEX idx_articles_source_published;
DROP INDEX idx_problems_suspect;
DROP INDEX idx_snapshots_suspect;
ALTER TABLE problems DROP COLUMN suspect;
ALTER TABLE snapshots DROP COLUMN suspect;
ALTER TABLE frontier DROP COLUMN kept;
DROP TABLE suspects;
DELETE FROM _sqlite_migrations WHERE name >= '0004';
"""


@dataclass(frozen=True, slots=True)
class Work:
    """A command that is killed: what it is called with, and where the kill strikes.

    ``{target}`` in its words is the file it makes; ``before`` prepares the archive for it.
    """

    words: tuple[str, ...]
    places: tuple[str, ...]
    calls: int  # the kill strikes at one of so many first calls
    seconds: float  # and up to so long after that call began
    before: Callable[[Path], None] = lambda db: None


def older(db: Path) -> None:
    """Makes an archive what an earlier Tashan left."""
    connection = sqlite3.connect(db)
    connection.executescript(_OLDER)
    connection.close()


def _differently_read(db: Path) -> None:
    """An archive as if other rules had read its pages."""
    connection = sqlite3.connect(db)
    connection.execute("UPDATE articles SET outlet = '某报', author = '某人'")
    connection.commit()
    connection.close()


WORKS = {
    "export": Work(
        ("export", "--output", "{target}", "--format", "jsonl"), ("exports.dataset:export",), 1, 0.3
    ),
    "migration": Work(
        ("rebuild", "--dry-run"), ("sqlite_utils.migrations:Migrations.apply",), 1, 0.03, older
    ),
    "rebuild": Work(
        ("rebuild", "--yes"),
        ("archive.articles:Articles.derive_again", "archive.database:immediate"),
        30, 0.02, _differently_read,
    ),
    "backup": Work(("backup", "{target}"), ("archive.copies:backup",), 1, 0.2),
    "publish": Work(("publish", "{target}"), ("archive.copies:publish",), 1, 0.3),
    "restore": Work(("restore", "--yes", "{whole}"), ("archive.copies:restore",), 1, 0.2),
    "night's end": Work(
        ("nightly", "--publish", "{target}"),
        ("archive.database:Archive.tidy", "archive.copies:publish", "crawler.report:Run.finish"),
        3, 0.2,
    ),
}  # fmt: skip
BAD = ("half", "different", "damaged", "failed", "hung", "litter")


def interrupted(
    number: int, seed: int, folder: Path, works: Sequence[str] = tuple(WORKS)
) -> dict[str, int]:
    """Kills each command, or those named, looks at what is there, and runs it again to its end.

    After a kill the archive, and the file that is made, are what they were before or what they
    shall be (else ``half``); afterwards they are what an undisturbed command makes of them.
    """
    chance = random.Random(seed)
    told = dict.fromkeys(("kills", *works, *BAD), 0)
    with Replica() as replica:
        trial = _Trial(folder, replica, chance)
        while told["kills"] < number:
            name = min(works, key=lambda work: (told[work], chance.random()))
            for what in trial.strike(name):
                told[what] += 1
    return told


class _Trial:
    """An archive, what every command makes of it undisturbed, and the kills."""

    def __init__(self, folder: Path, replica: Replica, chance: random.Random) -> None:
        self._folder, self._replica, self._chance = folder, replica, chance
        self._sources = folder / "sources"
        self._sources.mkdir()
        for name in SOURCES:
            shutil.copy(ROOT / "replica" / "sources" / f"{name}.yml", self._sources)
        self._whole, self._less = folder / "whole.db", folder / "less.db"
        ended(crawl(replica, folder / "crawled.db", *SOURCES))
        ended(crawl(replica, self._less, SOURCES[0]))
        copies.backup(folder / "crawled.db", self._whole)
        self._contents = essence(self._whole)
        self._former = essence(self._less)
        self._lines = exported(self._whole)
        self._revisions = revisions(self._whole)
        made = folder / "whole.jsonl"
        words = [word.format(target=made) for word in WORKS["export"].words]
        ended(command(self._whole, *words))
        self._export = made.read_bytes()

    def strike(self, name: str) -> list[str]:
        """One kill and what came of it, as names of counts."""
        work = WORKS[name]
        place = self._folder / "place"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        db, target = place / "archive.db", place / "made"
        copies.backup(self._less if name == "restore" else self._whole, db)
        if name == "export":
            target.write_bytes(b"what was there")
        elif "{target}" in work.words:
            copies.backup(self._less, target)
        work.before(db)
        before = essence(db)
        words = [word.format(target=target, whole=self._whole) for word in work.words]
        trap = ambush.environment(
            self._folder,
            work.places,
            self._chance.randint(1, work.calls),
            self._chance.uniform(0, work.seconds),
        )
        if not self._run(db, words, trap):
            return ["hung"]
        if not (self._folder / "hit").exists():
            return []
        told = ["kills", name]
        told += ["half"] * (_contents(db) not in (before, self._contents))
        told += ["half"] * (not self._whole_file(name, target))
        if not self._run(db, words):
            return [*told, "hung"]
        told += ["failed"] * (self._code != 0)
        told += ["different"] * (exported(db) != self._lines or revisions(db) != self._revisions)
        told += ["different"] * (not self._whole_file(name, target, finished=True))
        told += ["different"] * (name == "restore" and not self._kept_aside(db))
        told += ["damaged"] * bool(wrong(db))
        return told + ["litter"] * bool(_litter(place))

    def _run(self, db: Path, words: Sequence[str], settings: dict[str, str] | None = None) -> bool:
        process = command(
            db, *words,
            replica=self._replica, sources=self._sources, settings=settings or {},
            path=self._folder if settings else None,
        )  # fmt: skip
        good = ended(process)
        self._code = process.returncode
        return good

    def _whole_file(self, name: str, target: Path, finished: bool = False) -> bool:
        """Whether what a command makes is the former file or the new one, and whole."""
        if name == "export":
            return target.read_bytes() in ([self._export] + [b"what was there"] * (not finished))
        if not target.exists():
            return "{target}" not in WORKS[name].words
        return _contents(target) in ([self._contents] + [self._former] * (not finished))

    def _kept_aside(self, db: Path) -> bool:
        aside = [p for p in db.parent.glob("*.before-restore*") if not p.name.endswith("-wal")]
        return any(_contents(path) == self._former for path in aside)


def _contents(db: Path) -> list[tuple[str, ...]] | None:
    """What a database holds; None where it is none or damaged."""
    try:
        copies.check(db)
        return essence(db)
    except ArchiveError:
        return None


def _litter(place: Path) -> list[Path]:
    """What lies about after a command has come to its end."""
    found = place.iterdir()
    return [path for path in found if path.name not in LEFT and "before-restore" not in path.name]


TRIALS = (Trial("interrupted", 210, interrupted, BAD),)
