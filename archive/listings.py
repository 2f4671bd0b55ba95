"""Listings: what a site said of a listing page the last time, so that a quiet night costs a 304."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlite_utils import Database

from .times import stamp


class Listings:
    """The table listings."""

    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock

    def conditions(self, url: str) -> Mapping[str, str]:
        """The headers of a conditional request (RFC 9110, 13.1); empty where nothing is known."""
        row = self._db.conn.execute(
            "SELECT etag, last_modified FROM listings WHERE url = ?", [url]
        ).fetchone()
        named = zip(("If-None-Match", "If-Modified-Since"), row or (), strict=False)
        return {name: value for name, value in named if value}

    def rows(self, url: str) -> int:
        """How many articles the page named when it was last read."""
        row = self._db.conn.execute("SELECT rows FROM listings WHERE url = ?", [url]).fetchone()
        return int(row[0]) if row else 0

    def note(self, source: str, url: str, rows: int, etag: str, last_modified: str) -> None:
        """Notes a listing page that was read."""
        self._db.table("listings").upsert(
            {
                "url": url,
                "source": source,
                "etag": etag or None,
                "last_modified": last_modified or None,
                "rows": rows,
                "fetched": stamp(self._clock()),
            },
            pk="url",
        )
