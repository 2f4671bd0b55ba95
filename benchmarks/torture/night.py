"""Crawls of the replica web as processes of their own, and what an archive holds after them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from archive import Archive
from replica.server import Replica

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = ("assoc-tashan", "assoc-policy", "gov-tashan", "gov-policy", "mirror")
HANG = 60  # seconds without an end


def crawl(replica: Replica, db: Path, *sources: str) -> subprocess.Popen[bytes]:
    """A crawl of the replica web as a process of its own."""
    code = "from commands.main import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, "--db", str(db), "crawl", *sources],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={
            **os.environ,
            "TASHAN_REPLICA": replica.address,
            "TASHAN_SOURCES": str(ROOT / "replica" / "sources"),
            "PYTHONPATH": str(ROOT),
        },
        start_new_session=True,
    )


def essence(db: Path) -> list[tuple[str, ...]]:
    """What an archive holds, without when it was fetched: the same for the same sites."""
    with Archive.read(db) as archive:
        return archive.db.conn.execute(
            "SELECT u.url, a.title, a.wording, a.published, t.body, a.revisions"
            " FROM article_urls u JOIN articles a ON a.id = u.article"
            " JOIN article_texts t ON t.article = a.id ORDER BY u.url"
        ).fetchall()
