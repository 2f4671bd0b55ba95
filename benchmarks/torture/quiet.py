"""A quiet night: many sources of which none has anything new."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from archive import Archive
from benchmarks.torture import Trial
from benchmarks.torture.clones import clones, night
from replica.server import Replica

TABLES = ("articles", "article_texts", "article_urls", "revisions", "snapshots", "suspects")


def quiet(number: int, seed: int, folder: Path) -> dict[str, int]:
    """A first night over so many sources, then one without news.

    The second asks for each listing once, besides the robots.txt of each host, and changes no row.
    """
    db, sources = folder / "quiet.db", folder / "quiet"
    hosts = clones(number, sources)
    with Replica() as replica:
        first, _ = night(replica, db, sources)
        before = _rows(db)
        second, _ = night(replica, db, sources)
        asked = Counter(host for _, host, target in replica.requests if target != "/robots.txt")
        robots = sum(target == "/robots.txt" for _, _, target in replica.requests)
    after = _rows(db)
    return {
        "sources": len(hosts),
        "articles": len(before["articles"]),
        "requests": sum(asked.values()),
        "robots.txt": robots,
        "nights that ended badly": (first != 0) + (second != 0),
        "listings asked other than once": sum(asked[host] != 1 for host in hosts.values()),
        "rows changed": sum(len(after[t] ^ before[t]) for t in TABLES),
    }


def _rows(db: Path) -> dict[str, set[tuple[object, ...]]]:
    with Archive.read(db) as archive:
        return {
            table: set(archive.db.conn.execute(f"SELECT * FROM {table}").fetchall())
            for table in TABLES
        }


TRIALS = (
    Trial(
        "quiet",
        60,
        quiet,
        ("nights that ended badly", "listings asked other than once", "rows changed"),
    ),
)
