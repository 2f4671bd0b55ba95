"""Single bits flipped in what an archive holds: in texts, raw pages, keys and what rules made."""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from archive import Archive, proof
from benchmarks.torture import Trial
from benchmarks.torture.night import HANG, SOURCES, command, crawl, ended
from replica.server import Replica

_EDITED = 5  # articles with two wordings
_NEWEST = "revision IN (SELECT r.id FROM revisions r JOIN articles a ON a.id = r.article"
_NEWEST += " AND a.revisions = r.number) AND page = 0"


class Place(NamedTuple):
    """A column, and in which of its rows."""

    table: str
    column: str
    rows: str = "1"


# What the doctor proves: a flip in any of these is found the same night.
PROVED = (
    Place("snapshots", "body"),
    Place("snapshots", "sha256"),
    Place("snapshots", "url", _NEWEST),
    Place("revisions", "title"),
    Place("revisions", "body"),
    Place("revisions", "sha256"),
    Place("revisions", "wording", "number = (SELECT revisions FROM articles WHERE id = article)"),
    Place("articles", "key"),
    Place("articles", "title"),
    Place("articles", "wording"),
    Place("articles", "url"),
    Place("article_texts", "body"),
    Place("article_urls", "url"),
)
# What rules made of a raw page: reading the page again tells it, and makes it again.
MADE = (
    *(
        Place("articles", column)
        for column in (
            "published", "outlet", "author", "editor", "column_name", "document_number", "issuer",
            "script", "title_traditional", "title_original", "body_kind",
        )
    ),
    *(
        Place("article_texts", column)
        for column in ("markdown", "body_original", "subtitle", "kicker", "breadcrumb")
    ),
)  # fmt: skip

BAD = ("missed", "unsound")
BAD_MADE = ("differed before", "unnamed", "not made again")


def flips(number: int, seed: int, folder: Path, sources: Sequence[str] = SOURCES) -> dict[str, int]:
    """Flips bits one at a time, each of which the doctor must find; then some in what was made.

    Of those, one in each of a tenth as many articles, `tashan rebuild` must name every one and
    make it again from the raw pages.
    """
    chance, db = random.Random(seed), folder / "flips.db"
    told = dict.fromkeys(("flips", "found", *BAD, "made", *BAD_MADE), 0)
    _crawl(db, sources)
    with Archive.write(db) as archive:
        told["unsound"] += not _is_sound(archive)
        for count in range(number):
            place = PROVED[count % len(PROVED)]
            row, value = next(_chosen(archive, place, chance))
            _put(archive, place, row, _flipped(value, chance))
            told["flips"] += 1
            found = not _is_sound(archive)
            told["found"] += found
            if not found:
                name = f"{place.table}.{place.column}"
                told[name] = told.get(name, 0) + 1
            _put(archive, place, row, value)
        told["unsound"] += not _is_sound(archive)
        told["missed"] = told["flips"] - told["found"]
    return told | _made_again(db, max(10, number // 10), chance)


def _made_again(db: Path, number: int, chance: random.Random) -> dict[str, int]:
    told = {"made": 0, "differed before": _differing(db)}
    with Archive.write(db) as archive:
        before = _everything_made(archive)
        hurt: set[int] = set()
        while len(hurt) < min(number, archive.articles.count()):
            place = chance.choice(MADE)
            for row, value in _chosen(archive, place, chance, hurt):
                _put(archive, place, row, _flipped(value, chance))
                hurt.add(row)
        told["made"] = len(hurt)
    told["unnamed"] = abs(len(hurt) - _differing(db))
    ended(command(db, "rebuild", "--yes"))
    with Archive.read(db) as archive:
        told["not made again"] = len(before ^ _everything_made(archive))
    return told


def _crawl(db: Path, sources: Sequence[str]) -> None:
    """An archive of some sources, in which some articles have two wordings."""
    with Replica() as replica:
        crawl(replica, db, *sources).wait(HANG)
        facts = [f for f in replica.truth("gov.test") if len("".join(f["paragraphs"])) > 300]
        for fact in facts[:_EDITED]:
            body = "\n\n".join(fact["paragraphs"]) + "\n\n本办法自2027年3月1日起施行。"
            replica.edit("gov.test", fact["id"], body=body)
        with Archive.write(db) as archive, archive.writing():
            archive.db.conn.execute("UPDATE frontier SET not_before = '2020-01-01T00:00:00Z'")
        command(db, "crawl", "--recheck", *sources, replica=replica).wait(HANG)


def _is_sound(archive: Archive) -> bool:
    return all(finding.good for finding in proof.rows(archive))


def _chosen(
    archive: Archive, place: Place, chance: random.Random, but: Collection[int] = ()
) -> Iterator[tuple[int, bytes]]:
    """A row by chance in which a column says something, if there is one, and the bytes of that."""
    table, column, rows = place
    spared = ", ".join(map(str, but))
    yield from archive.db.conn.execute(
        f"SELECT rowid, CAST({column} AS BLOB) FROM {table} WHERE length({column}) > 0"
        f" AND {rows} AND rowid NOT IN ({spared})"
        " ORDER BY (rowid * 2654435761 + ?) % 4294967296 LIMIT 1",
        [chance.getrandbits(32)],
    ).fetchall()


def _flipped(value: bytes, chance: random.Random) -> bytes:
    flipped = bytearray(value)
    flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
    return bytes(flipped)


def _put(archive: Archive, place: Place, row: int, value: bytes) -> None:
    """Writes the bytes as they are, be they UTF-8 or not."""
    kind = "BLOB" if (place.table, place.column) == ("snapshots", "body") else "TEXT"
    archive.db.conn.execute(
        f"UPDATE {place.table} SET {place.column} = CAST(? AS {kind}) WHERE rowid = ?",
        [value, row],
    )


def _everything_made(archive: Archive) -> set[tuple[object, ...]]:
    """What rules made, article by article, as bytes."""
    columns = ", ".join(f"CAST({place.column} AS BLOB)" for place in MADE)
    return set(
        archive.db.conn.execute(
            f"SELECT id, {columns} FROM articles JOIN article_texts ON article = id"
        )
    )


def _differing(db: Path) -> int:
    """How many articles `tashan rebuild` would make otherwise; -1 where it does not tell."""
    process = command(db, "rebuild", "--dry-run", out=subprocess.PIPE)
    said, _ = process.communicate(timeout=HANG)
    found = re.search(r"(\d+) differ$", said.decode(), re.MULTILINE)
    return int(found[1]) if found else -1


TRIALS = (Trial("flips", 2_000, flips, (*BAD, *BAD_MADE)),)
