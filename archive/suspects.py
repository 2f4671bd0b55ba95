"""Suspect readings: what a site showed and we do not believe yet, kept aside with its raw pages.

A suspect reading replaces nothing and is no article. It is accepted when the site goes on saying
the same on several nights; a rebuild never looks at it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlite_utils import Database

from model.article import Article
from model.snapshot import Snapshot

from . import snapshots
from .rows import inserted
from .times import stamp

State = Literal["held", "accepted", "dismissed", "overtaken"]

_ANOTHER_NIGHT = timedelta(hours=12)  # two readings of one night count once
_COLUMNS = "id, source, url, article, reason, state, nights, title, wording"

_TABLE = """
    CREATE TABLE suspects (
      id INTEGER PRIMARY KEY,
      source TEXT REFERENCES sources(id),
      url TEXT,
      article INTEGER,
      reason TEXT,
      state TEXT,
      nights INTEGER,
      title TEXT,
      body TEXT,
      wording TEXT,
      first_seen TEXT,
      last_seen TEXT
    ) STRICT
"""


@dataclass(frozen=True, slots=True)
class Suspect:
    """One reading kept aside; ``article`` is the article it would change, None for a new one."""

    id: int
    source: str
    url: str  # the canonical address it was found under
    article: int | None
    reason: str
    state: State
    nights: int  # on which the site showed exactly this
    title: str
    wording: str


def create(db: Database) -> None:
    """The table, and what leads to it from problems and snapshots."""
    db.conn.execute(_TABLE)
    db.conn.execute("CREATE INDEX idx_suspects_url ON suspects (url)")
    for table in ("problems", "snapshots"):
        db.conn.execute(f"ALTER TABLE {table} ADD COLUMN suspect INTEGER REFERENCES suspects(id)")
        db.conn.execute(f"CREATE INDEX idx_{table}_suspect ON {table} (suspect)")
    db.conn.execute("ALTER TABLE frontier ADD COLUMN kept TEXT")


class Suspects:
    """The table suspects. Everything that writes is called inside ``Archive.writing()``."""

    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock

    def hold(
        self, source: str, url: str, article: int | None, reason: str, made: Article
    ) -> tuple[Suspect, bool]:
        """Keeps a reading aside; the suspect, and whether it is new.

        The same wording again counts as one night more. Another wording overtakes those held
        before it. Pages are added by ``add_pages``.
        """
        now = self._clock()
        row = self._db.conn.execute(
            f"SELECT {_COLUMNS}, last_seen FROM suspects WHERE url = ? AND wording = ?"  # noqa: S608
            " AND state IN ('held', 'dismissed') ORDER BY id DESC LIMIT 1",
            [url, made.wording],
        ).fetchone()
        if row is not None:
            known = Suspect(*row[:-1])
            more = stamp(now - _ANOTHER_NIGHT) >= row[-1]
            if more:
                self._db.table("suspects").update(
                    known.id, {"nights": known.nights + 1, "last_seen": stamp(now)}
                )
            return self.get(known.id) or known, False
        self.close(url, "overtaken")
        values: dict[str, Any] = {
            "source": source, "url": url, "article": article, "reason": reason, "state": "held",
            "nights": 1, "title": made.title, "body": made.text, "wording": made.wording,
            "first_seen": stamp(now), "last_seen": stamp(now),
        }  # fmt: skip
        number = inserted(self._db, "suspects", values)
        held = Suspect(number, source, url, article, reason, "held", 1, made.title, made.wording)
        return held, True

    def add_pages(self, suspect: int, pages: Sequence[Snapshot]) -> None:
        """The raw pages of a reading that was just kept aside."""
        snapshots.store(self._db, None, pages, suspect)

    def pages(self, suspect: int) -> list[Snapshot]:
        """The raw pages of a reading; raises ArchiveError where one is damaged."""
        return snapshots.load_suspect(self._db, suspect)

    def close(self, url: str, state: State) -> None:
        """What is held under an address is held no longer."""
        self._db.conn.execute(
            "UPDATE suspects SET state = ? WHERE url = ? AND state = 'held'", [state, url]
        )

    def mark(self, suspect: int, state: State) -> None:
        """What became of one reading."""
        self._db.table("suspects").update(suspect, {"state": state})

    def get(self, suspect: int) -> Suspect | None:
        """One reading, None where there is none of this number."""
        row = self._db.conn.execute(
            f"SELECT {_COLUMNS} FROM suspects WHERE id = ?",  # noqa: S608  names of our own
            [suspect],
        ).fetchone()
        return Suspect(*row) if row else None

    def texts(self, source: str) -> list[tuple[str, str]]:
        """Title and body of everything that is held of a source."""
        return list(
            self._db.conn.execute(
                "SELECT title, body FROM suspects WHERE source = ? AND state = 'held'", [source]
            )
        )

    def alike(self, suspect: int) -> int:
        """How many addresses of its source have the same text held, this one among them."""
        return int(
            self._db.conn.execute(
                "SELECT count(DISTINCT o.url) FROM suspects s JOIN suspects o"
                " ON o.source = s.source AND o.body = s.body AND o.state = 'held' WHERE s.id = ?",
                [suspect],
            ).fetchone()[0]
        )

    def held(self) -> list[Suspect]:
        """Everything that waits for a person or for another night, oldest first."""
        rows = self._db.conn.execute(
            f"SELECT {_COLUMNS} FROM suspects WHERE state = 'held' ORDER BY id"  # noqa: S608
        )
        return [Suspect(*row) for row in rows]
