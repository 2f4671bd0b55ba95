"""The frontier: every article address a listing named, and what has become of it.

It lives in the archive, so that a crawl that was killed goes on where it was, and a quiet night
asks for nothing that is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal

from sqlite_utils import Database

from model.listed import Listed

from .times import stamp

State = Literal["waiting", "kept", "refused", "failed"]

_AGAIN: dict[State, timedelta] = {"refused": timedelta(days=30), "failed": timedelta(days=1)}
_LONGEST_WAIT = timedelta(days=60)
_RECHECKS = tuple(map(timedelta, (1, 3, 7, 30, 90)))  # after it was first kept
_EARLY = timedelta(hours=12)  # nights do not begin to the minute, and last for hours
_MOST_TRIES = 12  # of an address that always fails; about two years
_RECENT = timedelta(days=60)  # what was older when it was found is hardly ever corrected


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
        """What earlier runs listed and did not get, oldest first.

        Failed ones among them when their time has come: a deep page is not listed every night.
        """
        rows = self._db.conn.execute(
            "SELECT url, address, title, published FROM frontier WHERE source = ?"
            " AND (state = 'waiting' OR (state = 'failed' AND not_before <= ? AND tries < ?))"
            " ORDER BY first_listed, rowid",
            [source, stamp(self._clock()), _MOST_TRIES],
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
            "SELECT tries, published, kept FROM frontier WHERE url = ?", [url]
        ).fetchone()
        if row is None:
            return
        tries, published, kept = row
        now = self._clock()
        if state == "kept":
            kept = kept or stamp(now)
            first = datetime.fromisoformat(kept)
            recent = (published or "9999") >= stamp(first - _RECENT)[:10]
            again = _next_look(first, now) if recent else None
        else:
            again = now - _EARLY + min(_AGAIN[state] * 2 ** min(tries, 10), _LONGEST_WAIT)
        self._db.conn.execute(
            "UPDATE frontier SET state = ?, reason = ?, tries = tries + 1, not_before = ?, kept = ?"
            " WHERE url = ?",
            [state, reason or None, stamp(again) if again else None, kept, url],
        )

    def doubt(self, url: str, kind: str, reason: str) -> bool:
        """A kept article that could not be read again: looked at tomorrow.

        True where the last look brought a doubt of the same kind.
        """
        row = self._db.conn.execute(
            "SELECT reason FROM frontier WHERE url = ? AND state = 'kept'", [url]
        ).fetchone()
        if row is None:
            return False
        self._db.conn.execute(
            "UPDATE frontier SET reason = ?, not_before = ? WHERE url = ?",
            [f"{kind}: {reason}", stamp(self._clock() + _RECHECKS[0] - _EARLY), url],
        )
        return str(row[0] or "").startswith(f"{kind}: ")

    def is_new(self, url: str) -> bool:
        """Whether an address was never asked for to an end."""
        row = self._db.conn.execute(
            "SELECT tries, kept FROM frontier WHERE url = ?", [url]
        ).fetchone()
        return row is None or (not row[0] and not row[1])

    def lost(self, source: str) -> tuple[int, int]:
        """Of the addresses tried so far: how many gave no article, and how many there are."""
        bad, tried = self._db.conn.execute(
            "SELECT coalesce(sum(state IN ('refused', 'failed')), 0), count(*) FROM frontier"
            " WHERE source = ? AND state <> 'waiting'",
            [source],
        ).fetchone()
        return bad, tried

    def strangers(self, source: str, links: Sequence[Listed], before: str) -> tuple[int, int]:
        """Of the rows dated before a day and within what was seen: how many were never listed.

        A listing that is walked night after night has no old rows that nobody saw.
        """
        oldest = self._db.conn.execute(
            "SELECT min(published) FROM frontier WHERE source = ? AND published <> ''", [source]
        ).fetchone()[0]
        old = [
            link for link in links
            if len(link.published) >= 10 and (oldest or "9999") < link.published[:10] < before
        ]  # fmt: skip
        known = sum(
            self._db.conn.execute("SELECT 1 FROM frontier WHERE url = ?", [link.url]).fetchone()
            is not None
            for link in old
        )
        return len(old) - known, len(old)


def _next_look(kept: datetime, now: datetime) -> datetime | None:
    """When an article is looked at again, None after the last time."""
    looks = (kept + after - _EARLY for after in _RECHECKS)
    return next((look for look in looks if look > now), None)
