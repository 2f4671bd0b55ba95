"""Single bits flipped in what an archive holds."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from archive import Archive, proof
from benchmarks.torture import Trial
from benchmarks.torture.night import HANG, SOURCES, crawl
from replica.server import Replica


def flips(number: int, seed: int, folder: Path, sources: Sequence[str] = SOURCES) -> dict[str, int]:
    """Single bits flipped in texts and raw pages; each must be found."""
    chance = random.Random(seed)
    told = {"flips": 0, "found": 0, "missed": 0}
    db = folder / "flips.db"
    with Replica() as replica:
        crawl(replica, db, *sources).wait(HANG)
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
    told["missed"] = told["flips"] - told["found"]
    return told


TRIALS = (Trial("flips", 400, flips, ("missed",)),)
