"""The frontier: every article address a listing named, and what has become of it.

It lives in the archive, so that a crawl that was killed goes on where it was, and a quiet night
asks for nothing that is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlite_utils import Database

from .times import stamp

State = Literal["waiting", "kept", "refused", "failed"]

_AGAIN: dict[State, timedelta] = {"refused": timedelta(days=30), "failed": timedelta(days=1)}
_LONGEST_WAIT = timedelta(days=60)
_RECHECKS = tuple(map(timedelta, (1, 3, 7, 30, 90)))  # between one look and the next
_RECENT = timedelta(days=60)  # older articles are hardly ever corrected


@dataclass(frozen=True, slots=True)
class Listed:
    """An article address as a listing named it; ``url`` is its canonical form."""

    url: str
    address: str
    title: str = ""
    published: str = ""

    def before(self, moment: str) -> bool:
        """Whether the listing dates it before a moment such as ``2015``; never without a date."""
        return bool(self.published) and self.published[: len(moment)] < moment


class Frontier:
    """The table frontier."""

    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock

    def add(self, source: str, links: Iterable[Listed]) -> list[Listed]:
        """Notes what a listing page named; gives back those that are to be fetched now.

        To be fetched are new addresses, those still waiting from a run that did not end, and
        failed or refused ones whose time has come again.
        """
        now = stamp(self._clock())
        due = []
        for link in {link.url: link for link in links}.values():
            row = self._db.conn.execute(
                "SELECT state, not_before FROM frontier WHERE url = ?", [link.url]
            ).fetchone()
            if row is None:
                self._db.conn.execute(
                    "INSERT INTO frontier (url, source, address, title, published, state, tries,"
                    " first_listed, last_listed) VALUES (?, ?, ?, ?, ?, 'waiting', 0, ?, ?)",
                    [link.url, source, link.address, link.title, link.published, now, now],
                )
                due.append(link)
                continue
            self._db.conn.execute(
                "UPDATE frontier SET last_listed = ? WHERE url = ?", [now, link.url]
            )
            state, not_before = row
            if state == "waiting" or (state != "kept" and (not_before or "") <= now):
                due.append(link)
        return due

    def listed(self, url: str) -> Listed | None:
        """What the listing said of an address, or None where no listing named it."""
        row = self._db.conn.execute(
            "SELECT url, address, title, published FROM frontier WHERE url = ?", [url]
        ).fetchone()
        return Listed(*(value or "" for value in row)) if row else None

    def waiting(self, source: str) -> list[Listed]:
        """What earlier runs listed and did not come to fetch, oldest first."""
        rows = self._db.conn.execute(
            "SELECT url, address, title, published FROM frontier"
            " WHERE source = ? AND state = 'waiting' ORDER BY first_listed, rowid",
            [source],
        )
        return [Listed(*(value or "" for value in row)) for row in rows]

    def due_again(self, source: str) -> list[Listed]:
        """Kept articles whose time has come to be looked at for corrections, longest due first."""
        rows = self._db.conn.execute(
            "SELECT url, address, title, published FROM frontier WHERE source = ?"
            " AND state = 'kept' AND not_before <= ? ORDER BY not_before, rowid",
            [source, stamp(self._clock())],
        )
        return [Listed(*(value or "" for value in row)) for row in rows]

    def settle(self, url: str, state: State, reason: str = "") -> None:
        """Says what became of an address, and when it is asked again.

        Refused and failed ones are asked again later and later; kept ones a few times, while
        they are recent, for corrections.
        """
        row = self._db.conn.execute(
            "SELECT tries, published FROM frontier WHERE url = ?", [url]
        ).fetchone()
        if row is None:
            return
        tries, published = row
        now = self._clock()
        again: timedelta | None = None
        if state != "kept":
            again = min(_AGAIN[state] * 2 ** min(tries, 10), _LONGEST_WAIT)
        elif tries < len(_RECHECKS) and (published or "9999") >= stamp(now - _RECENT)[:10]:
            again = _RECHECKS[tries]
        self._db.conn.execute(
            "UPDATE frontier SET state = ?, reason = ?, tries = tries + 1, not_before = ?"
            " WHERE url = ?",
            [state, reason or None, stamp(now + again) if again else None, url],
        )

    def doubt(self, url: str, reason: str) -> bool:
        """A kept article that was not there: looked at again tomorrow; True the second time."""
        row = self._db.conn.execute(
            "SELECT reason FROM frontier WHERE url = ? AND state = 'kept'", [url]
        ).fetchone()
        if row is None:
            return False
        self._db.conn.execute(
            "UPDATE frontier SET reason = ?, not_before = ? WHERE url = ?",
            [reason, stamp(self._clock() + _RECHECKS[0]), url],
        )
        return row[0] is not None
