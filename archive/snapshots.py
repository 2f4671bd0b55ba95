"""Raw pages, compressed: what a site really sent, kept for ever with its headers and hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

import zstandard
from sqlite_utils import Database

from model.errors import ArchiveError
from model.snapshot import Snapshot

_LEVEL = 9  # larger levels gain under a tenth on HTML and cost several times as much
_TABLES = 512 * 1024  # bytes of a page; for larger ones the packer would take ever more memory
_LARGEST = 64 * 1024 * 1024  # bytes; no page we fetch is near it
_COLUMNS = "SELECT url, body, fetched, status, headers, sha256, packing FROM snapshots"


def store(
    db: Database, revision: int | None, pages: Iterable[Snapshot], suspect: int | None = None
) -> None:
    """Writes the pages of one revision, or of one suspect reading, in order."""
    db.table("snapshots").insert_all(
        {
            "revision": revision,
            "suspect": suspect,
            "page": number,
            "url": page.url,
            "fetched": page.fetched,
            "status": page.status,
            "headers": json.dumps(dict(page.headers), ensure_ascii=False, sort_keys=True),
            "sha256": hashlib.sha256(page.body).hexdigest(),
            "size": len(page.body),
            "packing": "zstd",
            "body": _packed(page.body),
        }
        for number, page in enumerate(pages)
    )


def _packed(body: bytes) -> bytes:
    size = min(len(body), _TABLES)
    given = zstandard.ZstdCompressionParameters.from_level(_LEVEL, source_size=size)
    return zstandard.ZstdCompressor(compression_params=given).compress(body)


def load(db: Database, revision: int) -> list[Snapshot]:
    """The pages of one revision, in order; raises ArchiveError where one is damaged."""
    rows = db.conn.execute(f"{_COLUMNS} WHERE revision = ? ORDER BY page", [revision])
    return [_unpacked(*row) for row in rows]


def load_suspect(db: Database, suspect: int) -> list[Snapshot]:
    """The pages of one suspect reading, in order; raises ArchiveError where one is damaged."""
    rows = db.conn.execute(f"{_COLUMNS} WHERE suspect = ? ORDER BY page", [suspect])
    return [_unpacked(*row) for row in rows]


def load_one(db: Database, key: int) -> Snapshot:
    """One page by its id; raises ArchiveError where it is damaged."""
    row = db.conn.execute(f"{_COLUMNS} WHERE id = ?", [key]).fetchone()
    if row is None:
        raise ArchiveError(f"snapshot {key}: there is none")
    return _unpacked(*row)


def _unpacked(
    url: str, packed: bytes, fetched: str, status: int, headers: str, sha256: str, packing: str
) -> Snapshot:
    if packing != "zstd":
        raise ArchiveError(f"snapshot of {url}: packed as {packing}, which is not known here")
    try:
        body = zstandard.ZstdDecompressor().decompress(packed, max_output_size=_LARGEST)
    except zstandard.ZstdError as error:
        raise ArchiveError(f"snapshot of {url}: is damaged ({error})") from error
    if hashlib.sha256(body).hexdigest() != sha256:
        raise ArchiveError(f"snapshot of {url}: is damaged (its hash differs)")
    return Snapshot(url, body, fetched, status, json.loads(headers))
