"""Two writers, and backups beside them."""

from __future__ import annotations

import threading
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite3

from archive import Archive, copies
from benchmarks.torture import Trial
from model.errors import ArchiveError


def crowd(number: int, seed: int, folder: Path) -> dict[str, int]:
    """Two writers that read and then write, readers and backups beside them."""
    told = {"transactions": 0, "refused": 0, "backups": 0, "bad backups": 0}
    db = folder / "crowd.db"
    with Archive.write(db) as first:
        lock = threading.Lock()

        def write() -> None:
            connection = sqlite3.connect(db, timeout=60, isolation_level=None)
            for _ in range(number // 2):
                try:
                    connection.execute("BEGIN IMMEDIATE")
                    count = connection.execute("SELECT count(*) FROM runs").fetchone()[0]
                    connection.execute("INSERT INTO runs (command) VALUES (?)", [str(count)])
                    connection.execute("COMMIT")
                except sqlite3.OperationalError:
                    told["refused"] += 1
                with lock:
                    told["transactions"] += 1
            connection.close()

        threads = [threading.Thread(target=write) for _ in range(2)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            try:
                copies.backup(db, folder / "crowd-backup.db")
            except ArchiveError:
                told["bad backups"] += 1
            told["backups"] += 1
        told["refused"] += told["transactions"] - first.db.table("runs").count
    return told


TRIALS = (Trial("crowd", 10_000, crowd, ("refused", "bad backups")),)
