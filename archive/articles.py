"""Articles: keeping what was read (article, addresses, revision, snapshot) and giving it back."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from model.article import Article
from model.snapshot import Snapshot
from model.source import Source

from . import known as knowing
from . import search, snapshots
from .known import Known
from .rows import PARTS, article_row, inserted, parts_rows, text_row
from .times import stamp


@dataclass(frozen=True, slots=True)
class Kept:
    """An article in the archive with the raw pages of its newest revision."""

    id: int
    source: str
    url: str  # the canonical address it was first found under
    revision: int
    pages: list[Snapshot]


class Articles:
    """The tables articles, article_texts, article_urls, revisions, snapshots and their parts.

    Everything that writes is called inside ``Archive.writing()``. ``url`` is always the canonical
    address an article was found under.
    """

    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock

    def find(self, source: str, url: str, wording: str) -> Known | None:
        """The article known under this address, or under another one of the same (known.py)."""
        return knowing.find(self._db, source, url, wording)

    def add(self, source: Source, url: str, article: Article, pages: Sequence[Snapshot]) -> int:
        """Keeps a new article with its raw pages; gives its number."""
        now = stamp(self._clock())
        row = article_row(source, article)
        row |= {"key": article_key(source.id, url), "state": "present", "revisions": 1}
        row |= {"first_seen": now, "last_seen": now}
        number = inserted(self._db, "articles", row)
        self._write_parts(number, article)
        search.add(self._db.conn, [(number, article.title, article.text)])
        self._write_revision(number, 1, "first", article, pages, now)
        self._write_address(url, number, source.id, now)
        return number

    def confirm(self, source: Source, url: str, known: Known, read_count: int | None) -> None:
        """Notes that the site still shows this wording, under this address."""
        now = stamp(self._clock())
        self._db.conn.execute(
            "UPDATE articles SET last_seen = ?, state = 'present',"
            " read_count = coalesce(?, read_count) WHERE id = ?",
            [now, read_count, known.id],
        )
        self._db.conn.execute(
            "UPDATE revisions SET last_seen = ? WHERE id = ?", [now, known.revision]
        )
        self._write_address(url, known.id, source.id, now)

    def revise(
        self,
        source: Source,
        url: str,
        known: Known,
        kind: str,
        article: Article,
        pages: Sequence[Snapshot],
    ) -> None:
        """Keeps a new wording of a known article, with its raw pages."""
        now = stamp(self._clock())
        number = known.revisions + 1
        self._write_revision(known.id, number, kind, article, pages, now)
        self._update(source, known.id, article, {"revisions": number, "last_seen": now})
        self._write_address(url, known.id, source.id, now)

    def addresses(self, number: int) -> list[str]:
        """The addresses of an article, the one it was found under first."""
        rows = self._db.conn.execute(
            "SELECT url FROM article_urls WHERE article = ? ORDER BY rowid", [number]
        )
        return [url for (url,) in rows]

    def set_aside(self, number: int, suspect: int) -> None:
        """Takes an article that was just added out again; its raw pages go to a suspect reading."""
        ask = self._db.conn.execute
        title, body = ask(
            "SELECT a.title, t.body FROM articles a JOIN article_texts t ON t.article = a.id"
            " WHERE a.id = ?",
            [number],
        ).fetchone()
        search.remove(self._db.conn, [(number, title, body or "")])
        mine = "SELECT id FROM revisions WHERE article = ?"
        ask(
            f"UPDATE snapshots SET suspect = ?, revision = NULL WHERE revision IN ({mine})",  # noqa: S608
            [suspect, number],
        )
        for table in (*PARTS, "article_texts", "article_urls", "revisions"):
            ask(f"DELETE FROM {table} WHERE article = ?", [number])  # noqa: S608  names of our own
        ask("DELETE FROM articles WHERE id = ?", [number])

    def withdraw(self, url: str) -> bool:
        """Marks an article as withdrawn by its site; its last wording stays.

        False where no article is known there, or it still stands at another address; that one is
        then looked at again the next night.
        """
        ask = self._db.conn.execute
        row = ask("SELECT article FROM article_urls WHERE url = ?", [url]).fetchone()
        if row is None:
            return False
        others = ask(
            "SELECT f.url FROM article_urls u JOIN frontier f ON f.url = u.url"
            " WHERE u.article = ? AND u.url <> ? AND f.state = 'kept'",
            [row[0], url],
        ).fetchall()
        if others:
            now = stamp(self._clock())
            for other in others:
                ask("UPDATE frontier SET not_before = ? WHERE url = ?", [now, *other])
            return False
        self._db.table("articles").update(row[0], {"state": "withdrawn"})
        return True

    def conditions(self, url: str) -> Mapping[str, str]:
        """The headers of a conditional request for an article on one page (RFC 9110, 13.1)."""
        rows = self._db.conn.execute(
            "SELECT s.headers FROM article_urls u JOIN articles a ON a.id = u.article"
            " JOIN revisions r ON r.article = a.id AND r.number = a.revisions"
            " JOIN snapshots s ON s.revision = r.id WHERE u.url = ?",
            [url],
        ).fetchall()
        if len(rows) != 1:
            return {}
        held = {name.lower(): value for name, value in json.loads(rows[0][0]).items()}
        named = (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
        return {name: held[header] for name, header in named if header in held}

    def kept(self) -> Iterator[Kept]:
        """Every article with the raw pages of its newest revision, in order of id."""
        rows = self._db.conn.execute(
            "SELECT a.id, a.source, (SELECT url FROM article_urls WHERE article = a.id"
            "   ORDER BY rowid LIMIT 1), r.id FROM articles a"
            " JOIN revisions r ON r.article = a.id AND r.number = a.revisions ORDER BY a.id"
        ).fetchall()
        for number, source, url, revision in rows:
            yield Kept(number, source, url, revision, snapshots.load(self._db, revision))

    def kept_one(self, known: Known) -> Kept:
        """One known article with the raw pages of its newest revision."""
        source, url = self._db.conn.execute(
            "SELECT source, url FROM article_urls WHERE article = ? ORDER BY rowid",
            [known.id],
        ).fetchone()
        return Kept(known.id, source, url, known.revision, snapshots.load(self._db, known.revision))

    def derive_again(self, source: Source, kept: Kept, article: Article) -> list[str]:
        """Writes what better rules make of a kept article; names the fields that differ."""
        texts = self._db.conn.text_factory
        self._db.conn.text_factory = _readable  # what is damaged is made again, not stumbled over
        try:
            before = self._derived(kept.id)
            self._update(source, kept.id, article, {"read_count": before["read_count"]})
        finally:
            self._db.conn.text_factory = texts
        self._db.table("revisions").update(
            kept.revision,
            {
                "title": article.title,
                "body": article.text,
                "wording": article.wording,
                "sha256": text_hash(article.title, article.text),
            },
        )
        after = self._derived(kept.id)
        return [name for name, value in after.items() if before.get(name) != value]

    def count(self) -> int:
        """How many articles there are."""
        return int(self._db.conn.execute("SELECT count(*) FROM articles").fetchone()[0])

    def _update(self, source: Source, number: int, article: Article, more: dict[str, Any]) -> None:
        title, body = self._db.conn.execute(
            "SELECT a.title, t.body FROM articles a JOIN article_texts t ON t.article = a.id"
            " WHERE a.id = ?",
            [number],
        ).fetchone()
        search.remove(self._db.conn, [(number, title, body or "")])
        row = article_row(source, article) | {"state": "present"} | more
        self._db.table("articles").update(number, row)
        for table in ("article_texts", *PARTS):
            self._db.conn.execute(f"DELETE FROM {table} WHERE article = ?", [number])  # noqa: S608
        self._write_parts(number, article)
        search.add(self._db.conn, [(number, article.title, article.text)])

    def _write_parts(self, number: int, article: Article) -> None:
        self._db.table("article_texts").insert(text_row(number, article), pk="article")
        for table, rows in parts_rows(number, article).items():
            self._db.table(table).insert_all(rows, pk="id")

    def _write_revision(
        self,
        number: int,
        revision: int,
        kind: str,
        article: Article,
        pages: Sequence[Snapshot],
        now: str,
    ) -> None:
        row = {
            "article": number,
            "number": revision,
            "kind": kind,
            "title": article.title,
            "body": article.text,
            "wording": article.wording,
            "sha256": text_hash(article.title, article.text),
            "first_seen": now,
            "last_seen": now,
        }
        snapshots.store(self._db, inserted(self._db, "revisions", row), pages)

    def _write_address(self, url: str, number: int, source: str, now: str) -> None:
        self._db.conn.execute(
            "INSERT INTO article_urls (url, article, source, first_seen, last_seen)"
            " VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (url) DO UPDATE SET last_seen = excluded.last_seen",
            [url, number, source, now, now],
        )

    def _derived(self, number: int) -> dict[str, Any]:
        """Everything about an article that rules made, to tell what better rules change."""
        row = dict(self._db.table("articles").get(number))
        row |= self._db.table("article_texts").get(number)
        for table in PARTS:
            rows = self._db.query(
                f"SELECT * FROM {table} WHERE article = ? ORDER BY id",  # noqa: S608
                [number],
            )
            row[table] = [{k: v for k, v in part.items() if k != "id"} for part in rows]
        return row


def _readable(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def article_key(source: str, url: str) -> str:
    """The identifier of an article, the same in every archive: 13 letters and digits."""
    digest = hashlib.sha256(f"{source}\n{url}".encode()).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:13]


def text_hash(title: str, body: str) -> str:
    """What proves that the text of a revision is as it was written."""
    return hashlib.sha256(f"{title}\n{body}".encode()).hexdigest()
