"""Some nights of an archive, recorded: what was written, and what was promised when."""

from __future__ import annotations

import hashlib
import itertools
import marshal
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from archive import Archive, copies, search
from archive.runs import Counts, Past
from benchmarks.torture import night
from benchmarks.torture.disk import Named, Settled, Step
from benchmarks.torture.recorder import Recorder
from model.article import Article, When
from model.body import Block
from model.listed import Listed
from model.snapshot import Snapshot

ARCHIVE, BACKUP, PUBLIC = "archive.db", "backup.db", "public.db"
PHASES = (
    "making", "opening", "writing", "checkpoint", "tidying", "closing", "backup", "publishing",
    "restoring", "acknowledged",
)  # fmt: skip
_SESSIONS = 3  # of one recording
_LOGS = (1000, 100, 20, 3)  # pages of WAL after which it is written back; SQLite's own is 1000
_WORDS = "某市推行物业服务公开小区维修资金共用收益业主协会经验交流标准收费公示整改调解示范红色"
_SOURCE = night.source()


@dataclass(frozen=True, slots=True)
class State:
    """What a database holds from one moment on: its content, None where there is none.

    Before ``begun`` steps it cannot be so; after ``acknowledged`` steps the one before is over.
    """

    begun: int
    acknowledged: int
    content: str | None


@dataclass(frozen=True, slots=True)
class Recording:
    """``contents``: the folder before the first step; ``moments``: numbers of steps by phase."""

    contents: Mapping[str, bytes]
    steps: list[Step]
    states: Mapping[str, list[State]]
    moments: Mapping[str, list[int]]


class _Undone(Exception):
    """A transaction that is given up."""


def content(db: Database) -> str:
    """All rows of an archive as one hash; its search index and statistics are left out."""
    told = hashlib.sha256()
    for name in sorted(db.table_names()):
        if not name.startswith(("sqlite_", *search.TABLES)):
            rows = db.conn.execute(f'SELECT * FROM "{name}"').fetchall()
            told.update(marshal.dumps((name, rows), 2))  # the newest form without references
    return told.hexdigest()


def record(
    folder: Path, chance: random.Random, synchronous: str, before: Mapping[str, str | None]
) -> Recording:
    """Writes, tidies, copies and restores an archive in a folder, made new or as a cut left it.

    ``before``: the contents of the databases that are there; ``synchronous``: how the archive is
    written, where not as the product does (FULL).
    """
    with Recorder(folder) as recorder:
        nights = _Nights(recorder, chance, synchronous, before)
        for pages in chance.sample(_LOGS, _SESSIONS):
            if before.get(BACKUP) and chance.random() < 0.3:  # with the log that a cut has left
                nights.restore()
            nights.session(pages)
            if chance.random() < 0.5:
                nights.restore()
    return Recording(recorder.contents, recorder.steps, nights.states, nights.moments)


class _Nights:
    def __init__(
        self,
        recorder: Recorder,
        chance: random.Random,
        synchronous: str,
        before: Mapping[str, str | None],
    ) -> None:
        self.states = {
            name: [State(-1, -1, before.get(name))] for name in (ARCHIVE, BACKUP, PUBLIC)
        }
        self.moments: dict[str, list[int]] = {phase: [] for phase in PHASES}
        self._recorder = recorder
        self._chance = chance
        self._synchronous = synchronous
        self._path = recorder.folder / ARCHIVE
        ticks = itertools.count()
        start = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
        self._clock = lambda: start + timedelta(minutes=17 * next(ticks))

    def session(self, pages: int) -> None:
        """One writer, from opening to closing, and at times a reader beside it.

        After ``pages`` pages the WAL is written back.
        """
        chance = self._chance
        with self._promised("opening" if self._path.exists() else "making", ARCHIVE):
            archive = Archive.write(self._path, self._clock)
        ask = archive.db.conn.execute
        ask(f"PRAGMA synchronous = {self._synchronous}")
        ask(f"PRAGMA wal_autocheckpoint = {pages}")
        ask(f"PRAGMA cache_size = {chance.choice((-2000, 10))}")  # few pages: they go to the WAL
        reader = Archive.read(self._path) if chance.random() < 0.5 else None
        with self._promised("writing", ARCHIVE), archive.writing():
            archive.runs.describe(_SOURCE)
            run = archive.runs.begin("crawl")
        for number in range(chance.randint(4, 14)):
            if reader and number == 2:  # what it reads cannot be written back
                reader.db.conn.execute("BEGIN")
                reader.articles.count()
            self._transaction(archive, run)
            if chance.random() < 0.1:
                self._copy("backup", BACKUP, copies.backup)
        if reader and reader.db.conn.in_transaction:  # tidying would wait for its end
            reader.db.conn.execute("COMMIT")
        with self._promised("writing", ARCHIVE), archive.writing():
            archive.runs.finish(run, "healthy")
        if chance.random() < 0.3:
            with self._promised("tidying", ARCHIVE):
                archive.tidy()
        self._copy("backup", BACKUP, copies.backup)
        self._copy("publishing", PUBLIC, copies.publish)
        with self._promised("closing", ARCHIVE, self.states[ARCHIVE][-1].content):
            archive.close()
        if reader:  # the writer was not the last to go: its log stays
            reader.close()

    def restore(self) -> None:
        """The backup takes the archive's place."""
        with self._promised("restoring", ARCHIVE, self.states[BACKUP][-1].content):
            copies.restore(self._recorder.folder / BACKUP, self._path)

    def _copy(self, phase: str, name: str, copy: Callable[[Path, Path], int]) -> None:
        with self._promised(phase, name):
            copy(self._path, self._recorder.folder / name)

    @contextmanager
    def _promised(self, phase: str, name: str, held: str | None = None) -> Iterator[None]:
        """Notes what is there once the block has ended, for which the product gave its word.

        ``held``: what that must be; what the machine sees there, where nothing is said.
        """
        steps = self._recorder.steps
        begun = len(steps)
        yield
        acknowledged = len(steps)
        if held is None:
            with Archive.read(self._recorder.folder / name) as archive:
                held = content(archive.db)
        self.states[name].append(State(begun, acknowledged, held))
        main = self._recorder.names[name]
        for moment in range(begun + 1, acknowledged + 1):
            step = steps[moment - 1]
            back = not isinstance(step, Named | Settled) and step.file == main
            self.moments["checkpoint" if back and phase == "writing" else phase].append(moment)
        self.moments["acknowledged"].append(acknowledged)

    def _transaction(self, archive: Archive, run: int) -> None:
        chance = self._chance
        acts = [_listed, _kept, _kept, _again, _refused]
        undone = chance.random() < 0.1
        with self._promised("writing", ARCHIVE), suppress(_Undone), archive.writing():
            for act in chance.choices(acts, k=chance.randint(1, 3)):
                act(archive, chance, run)
            if undone:
                raise _Undone


def _listed(archive: Archive, chance: random.Random, run: int) -> None:
    address = [f"http://qinghe.test/a/{chance.getrandbits(48)}" for _ in range(8)]
    links = [Listed(url, url, _text(chance, 12), "2026-11-20") for url in address]
    archive.frontier.add(_SOURCE.id, links[: chance.randint(1, 8)])
    archive.listings.note(_SOURCE.id, _SOURCE.start, len(links), _text(chance, 4), "")


def _kept(archive: Archive, chance: random.Random, run: int) -> None:
    if not archive.frontier.waiting(_SOURCE.id):
        _listed(archive, chance, run)
    url = archive.frontier.waiting(_SOURCE.id)[0].url
    archive.articles.add(_SOURCE, url, *_article(url, chance))
    archive.frontier.settle(url, "kept")
    archive.runs.record(run, _SOURCE.id, Counts(new=archive.articles.count()), Past(9, {}, 9), "")


def _again(archive: Archive, chance: random.Random, run: int) -> None:
    urls = [url for (url,) in archive.db.conn.execute("SELECT url FROM article_urls")]
    url = chance.choice(urls) if urls else ""
    known = archive.articles.find(_SOURCE.id, url, "")
    if known is None:
        return
    if chance.random() < 0.5:
        archive.articles.confirm(_SOURCE, url, known, chance.randint(1, 999))
    else:
        archive.articles.revise(_SOURCE, url, known, "reworded", *_article(url, chance))
    archive.frontier.settle(url, "kept")


def _refused(archive: Archive, chance: random.Random, run: int) -> None:
    for link in archive.frontier.waiting(_SOURCE.id)[:1]:
        archive.frontier.settle(link.url, "refused", "404")
        archive.runs.problem(run, _SOURCE.id, "refused", _text(chance, 30), link.url)


def _article(url: str, chance: random.Random) -> tuple[Article, list[Snapshot]]:
    """An article and its raw pages; some are much larger than a page of the database."""
    count = chance.choice((1, 3, 3, 40))
    body = tuple(Block("paragraph", _text(chance, chance.randint(5, 90))) for _ in range(count))
    article = Article(url, _text(chance, 12), body, published=When("2026-11-20"), outlet="清河日报")
    wording = hashlib.sha256(article.text.encode()).hexdigest()
    size = chance.choice((200, 2000, 2000, 30_000))
    page = Snapshot(url, chance.randbytes(size), "2026-11-25T02:00:00Z")
    return replace(article, wording=wording), [page] * chance.randint(1, 2)


def _text(chance: random.Random, length: int) -> str:
    return "".join(chance.choices(_WORDS, k=length))
