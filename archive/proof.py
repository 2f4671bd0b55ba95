"""Proving an archive: every text and page by its hash, the index against brute force."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from pysqlite3 import dbapi2 as sqlite3

from model.errors import ArchiveError

from . import copies, search, snapshots
from .articles import text_hash
from .database import Archive

SQLITE_FLOOR = (3, 51, 3)  # before it, a WAL database with several connections could be damaged
FREE_FLOOR = 500_000_000  # bytes; a night needs room for the WAL and a copy for readers
SAMPLE = 200  # articles that are searched by brute force


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    good: bool
    detail: str


def findings(archive: Archive, sample: int = SAMPLE, seed: int = 1) -> Iterator[Finding]:
    """Looks at everything that can be wrong with an archive, the cheap things first."""
    yield _sqlite()
    yield _room(archive)
    yield _clock(archive)
    yield _pages(archive)
    yield from hashes(archive)
    yield _orphans(archive)
    yield _index(archive, sample, seed)


def hashes(archive: Archive) -> Iterator[Finding]:
    """Every wording and every raw page, proved by its SHA-256."""
    yield _revisions(archive)
    yield _snapshots(archive)


def _sqlite() -> Finding:
    version = sqlite3.sqlite_version
    good = tuple(map(int, version.split("."))) >= SQLITE_FLOOR
    floor = ".".join(map(str, SQLITE_FLOOR))
    return Finding("SQLite", good, version if good else f"{version}, at least {floor} is needed")


def _room(archive: Archive) -> Finding:
    free = shutil.disk_usage(archive.path.parent).free
    needed = max(FREE_FLOOR, archive.path.stat().st_size)
    word = f"{free / 1e9:.1f} GB free"
    return Finding("room", free >= needed, word if free >= needed else f"{word}, too little")


def _clock(archive: Archive) -> Finding:
    latest = archive.runs.latest()
    began = (latest or {}).get("started", "")
    good = began <= archive.now()
    return Finding("clock", good, archive.now() if good else f"the last run began later: {began}")


def _pages(archive: Archive) -> Finding:
    try:
        copies.check(archive.path)
    except ArchiveError as error:
        return Finding("pages of the file", False, str(error))
    return Finding("pages of the file", True, "whole")


def _revisions(archive: Archive) -> Finding:
    rows = archive.db.conn.execute("SELECT id, title, body, sha256 FROM revisions ORDER BY id")
    checked = [
        (key, text_hash(title or "", body or "") == expected) for key, title, body, expected in rows
    ]
    return _proved("revisions", checked)


def _snapshots(archive: Archive) -> Finding:
    keys = archive.db.conn.execute("SELECT id FROM snapshots ORDER BY id").fetchall()
    return _proved("raw pages", [(key, _opens(archive, key)) for (key,) in keys])


def _opens(archive: Archive, key: int) -> bool:
    try:
        snapshots.load_one(archive.db, key)
    except ArchiveError:
        return False
    return True


def _proved(what: str, checked: list[tuple[int, bool]]) -> Finding:
    bad = [key for key, good in checked if not good]
    if bad:
        shown = ", ".join(map(str, bad[:5])) + (" …" if len(bad) > 5 else "")
        return Finding(what, False, f"{len(bad)} of {len(checked)} are damaged: {shown}")
    return Finding(what, True, f"{len(checked)}, each as its hash says")


def _orphans(archive: Archive) -> Finding:
    """What one transaction writes together must be there together."""
    bad = archive.db.conn.execute(
        "SELECT count(*) FROM articles a WHERE NOT EXISTS"
        " (SELECT 1 FROM article_texts t WHERE t.article = a.id) OR NOT EXISTS"
        " (SELECT 1 FROM article_urls u WHERE u.article = a.id) OR NOT EXISTS"
        " (SELECT 1 FROM revisions r JOIN snapshots s ON s.revision = r.id"
        "   WHERE r.article = a.id AND r.number = a.revisions)"
    ).fetchone()[0]
    number = archive.articles.count()
    detail = f"{bad} of {number} lack a part" if bad else f"{number}, each with all its parts"
    return Finding("articles", not bad, detail)


def _index(archive: Archive, sample: int, seed: int) -> Finding:
    rows = archive.db.conn.execute(
        "SELECT a.id, a.title, t.body FROM articles a JOIN article_texts t ON t.article = a.id"
    )
    found = list(search.verify(archive.db.conn, rows, sample, seed))
    detail = "; ".join(map(str, found[:3])) if found else "as brute force finds it"
    return Finding("search index", not found, detail)
