"""Proving an archive: every text and page by its hash, the index against brute force."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from pysqlite3 import dbapi2 as sqlite3

from model.errors import ArchiveError

from . import copies, room, search, snapshots
from .articles import article_key, text_hash
from .database import Archive

SQLITE_FLOOR = (3, 51, 3)  # before it, a WAL database with several connections could be damaged
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
    yield _looked("clock", archive, _clock)
    yield _pages(archive)
    yield from rows(archive)
    yield _looked("search index", archive, lambda archive: _index(archive, sample, seed))


def rows(archive: Archive) -> Iterator[Finding]:
    """Wordings and raw pages proved by their SHA-256, articles and keys by what they are made of.

    What rules made of a page besides (Markdown, dates, outlets …) is proved by reading the page
    again: ``tashan rebuild --dry-run``.
    """
    yield _looked("revisions", archive, _revisions)
    yield _looked("raw pages", archive, _snapshots)
    yield _looked("articles", archive, _articles)
    yield _looked("keys", archive, _keys)


def _looked(what: str, archive: Archive, look: Callable[[Archive], Finding]) -> Finding:
    """One look. What cannot even be read is a finding, not the end of looking."""
    texts = archive.db.conn.text_factory
    archive.db.conn.text_factory = _readable
    try:
        return look(archive)
    except (sqlite3.Error, ArchiveError, TypeError, ValueError) as error:
        return Finding(what, False, f"cannot be read: {error}")
    finally:
        archive.db.conn.text_factory = texts


def _readable(text: bytes) -> str:
    """Text as it stands; bytes that are no UTF-8 any more become U+FFFD, which no hash fits."""
    return text.decode("utf-8", "replace")


def _sqlite() -> Finding:
    version = sqlite3.sqlite_version
    good = tuple(map(int, version.split("."))) >= SQLITE_FLOOR
    floor = ".".join(map(str, SQLITE_FLOOR))
    return Finding("SQLite", good, version if good else f"{version}, at least {floor} is needed")


def _room(archive: Archive) -> Finding:
    folder = archive.path.resolve().parent
    free, least = room.free(folder), room.floor(folder)
    needed = least + archive.path.stat().st_size  # a night makes a copy for readers
    word = f"{room.shown(free)} free"
    if free >= needed:
        return Finding("room", True, f"{word}; no run begins with less than {room.shown(least)}")
    return Finding("room", False, f"{word}, too little: {room.shown(needed)} are needed")


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
        (key, None if body is None else text_hash(title or "", body) == expected)
        for key, title, body, expected in rows
    ]
    return _proved("revisions", checked)


def _snapshots(archive: Archive) -> Finding:
    rows = archive.db.conn.execute("SELECT id, body IS NULL FROM snapshots ORDER BY id").fetchall()
    checked = [(key, None if withheld else _opens(archive, key)) for key, withheld in rows]
    return _proved("raw pages", checked)


def _opens(archive: Archive, key: int) -> bool:
    try:
        snapshots.load_one(archive.db, key)
    except (ArchiveError, sqlite3.Error, TypeError, ValueError):
        return False
    return True


def _proved(what: str, checked: list[tuple[int, bool | None]]) -> Finding:
    """``checked``: id, whether its hash fits, or None where a copy for readers withholds it."""
    bad = [key for key, good in checked if good is False]
    if bad:
        return Finding(what, False, f"{len(bad)} of {len(checked)} are damaged: {_some(bad)}")
    withheld = sum(good is None for _, good in checked)
    left = f"; {withheld} are withheld in this copy" if withheld else ""
    return Finding(what, True, f"{len(checked) - withheld}, each as its hash says{left}")


def _articles(archive: Archive) -> Finding:
    """What one transaction writes together is there together, and says the same."""
    ask = archive.db.conn.execute
    lacking = [
        key
        for (key,) in ask(
            "SELECT a.id FROM articles a WHERE NOT EXISTS"
            " (SELECT 1 FROM article_texts t WHERE t.article = a.id) OR NOT EXISTS"
            " (SELECT 1 FROM article_urls u WHERE u.article = a.id) OR EXISTS"
            " (SELECT 1 FROM (SELECT count(*) AS held, max(number) AS last FROM revisions r"
            "   WHERE r.article = a.id) WHERE held IS NOT a.revisions OR last IS NOT held)"
        )
    ]
    without_pages = ask(
        "SELECT r.article FROM revisions r WHERE (SELECT count(*) FROM snapshots s"
        " WHERE s.revision = r.id) IS NOT (SELECT max(page) + 1 FROM snapshots s"
        " WHERE s.revision = r.id)"
    )
    lacking = sorted({*lacking, *(key for (key,) in without_pages)})
    different = [
        key
        for (key,) in ask(
            "SELECT a.id FROM articles a JOIN article_texts t ON t.article = a.id"
            " JOIN revisions r ON r.article = a.id AND r.number = a.revisions"
            " LEFT JOIN snapshots s ON s.revision = r.id AND s.page = 0"
            " WHERE a.title IS NOT r.title OR t.body IS NOT r.body OR a.wording IS NOT r.wording"
            " OR a.url IS NOT s.url"
        )
    ]
    number = archive.articles.count()
    if lacking:
        detail = f"{len(lacking)} of {number} lack a part: {_some(lacking)}"
    elif different:
        detail = f"{len(different)} of {number} differ from their newest revision: "
        detail += _some(different)
    else:
        detail = f"{number}, each with all its parts"
    return Finding("articles", not lacking and not different, detail)


def _keys(archive: Archive) -> Finding:
    """The key of an article is made of an address it was found under, and each was listed."""
    ask = archive.db.conn.execute
    listed = ask("SELECT 1 FROM frontier LIMIT 1").fetchone()  # copies for readers have none
    found = ask(
        "SELECT a.id, a.key, u.source, u.url, f.url IS NULL FROM articles a"
        " JOIN article_urls u ON u.article = a.id LEFT JOIN frontier f ON f.url = u.url"
        " ORDER BY a.id, u.rowid"
    )
    unfit, unlisted, number = [], [], 0
    for key, group in groupby(found, itemgetter(0)):
        number += 1
        addresses = list(group)
        if not any(article_key(source, url) == made for _, made, source, url, _ in addresses):
            unfit.append(key)
        elif listed and any(address[4] for address in addresses):
            unlisted.append(key)
    if unfit:
        return Finding("keys", False, f"{len(unfit)} of {number} fit no address: {_some(unfit)}")
    if unlisted:
        detail = f"{len(unlisted)} of {number} have an address that no listing named: "
        return Finding("keys", False, detail + _some(unlisted))
    return Finding("keys", True, f"{number}, each made of an address of its article")


def _some(keys: list[int]) -> str:
    return ", ".join(map(str, keys[:5])) + (" …" if len(keys) > 5 else "")


def _index(archive: Archive, sample: int, seed: int) -> Finding:
    rows = archive.db.conn.execute(
        "SELECT a.id, a.title, t.body FROM articles a JOIN article_texts t ON t.article = a.id"
    )
    found = list(search.verify(archive.db.conn, rows, sample, seed))
    detail = "; ".join(map(str, found[:3])) if found else "as brute force finds it"
    return Finding("search index", not found, detail)
