"""python -m benchmarks.torture: kills, flips and crowds, seeded; the counts are printed.

The test suite runs the same with small numbers; `make torture` runs the full ones.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite3

from archive import Archive, copies, proof
from model.errors import ArchiveError
from replica.server import Replica

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("assoc-tashan", "assoc-policy", "gov-tashan", "gov-policy", "mirror")
_HANG = 60  # seconds without an end


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


def kills(number: int, seed: int, folder: Path, sources: Sequence[str] = SOURCES) -> dict[str, int]:
    """kill -9 at random moments of crawls; every archive must come out like an undisturbed one."""
    chance = random.Random(seed)
    told = {"kills": 0, "archives": 0, "lost": 0, "doubled": 0, "damaged": 0, "hung": 0}
    with Replica() as replica:
        whole = folder / "whole.db"
        began = time.monotonic()
        crawl(replica, whole, *sources).wait(_HANG)
        length = time.monotonic() - began
        expected = essence(whole)
        while told["kills"] < number:
            db = folder / f"killed-{told['archives']}.db"
            for _ in range(min(chance.randint(1, 4), number - told["kills"])):
                process = crawl(replica, db, *sources)
                time.sleep(chance.uniform(0.3, length))
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
                    told["kills"] += 1
                process.wait(_HANG)
            try:
                crawl(replica, db, *sources).wait(_HANG)
            except subprocess.TimeoutExpired:
                told["hung"] += 1
            got = essence(db)
            told["archives"] += 1
            told["lost"] += len(set(expected) - set(got))
            told["doubled"] += len(got) - len({row[0] for row in got})
            with Archive.read(db) as archive:
                bad = [f for f in proof.findings(archive, sample=30) if not f.good]
                told["damaged"] += sum(f.what not in ("room", "clock") for f in bad)
            db.unlink()
    return told


def flips(number: int, seed: int, folder: Path, sources: Sequence[str] = SOURCES) -> dict[str, int]:
    """Single bits flipped in texts and raw pages; each must be found."""
    chance = random.Random(seed)
    told = {"flips": 0, "found": 0}
    db = folder / "flips.db"
    with Replica() as replica:
        crawl(replica, db, *sources).wait(_HANG)
    with Archive.write(db) as archive:
        for _ in range(number):
            table, column = chance.choice((("snapshots", "body"), ("revisions", "body")))
            key, value = archive.db.conn.execute(
                f"SELECT id, {column} FROM {table} WHERE length({column}) > 0"
                f" ORDER BY (id * 2654435761 + ?) % 4294967296 LIMIT 1",
                [chance.getrandbits(32)],
            ).fetchone()
            flipped = bytearray(value.encode() if isinstance(value, str) else value)
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(7)
            changed: bytes | str = bytes(flipped)
            if isinstance(value, str):
                changed = flipped.decode("utf-8", "replace")
            archive.db.conn.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", [changed, key])
            told["flips"] += 1
            told["found"] += not all(f.good for f in proof.hashes(archive))
            archive.db.conn.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", [value, key])
    return told


def crowd(number: int, folder: Path) -> dict[str, int]:
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


def main(arguments: list[str] | None = None) -> int:
    """Runs everything and prints the counts; 1 where something was lost."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--flips", type=int, default=400)
    parser.add_argument("--transactions", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        killed = kills(asked.kills, asked.seed, folder)
        print("kill -9:", killed)
        flipped = flips(asked.flips, asked.seed, folder)
        print("bit flips:", flipped)
        crowded = crowd(asked.transactions, folder)
        print("crowd:", crowded)
    lost = sum(killed[what] for what in ("lost", "doubled", "damaged", "hung"))
    lost += flipped["flips"] - flipped["found"] + crowded["refused"] + crowded["bad backups"]
    return int(lost > 0)


if __name__ == "__main__":
    sys.exit(main())
