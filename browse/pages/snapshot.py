"""A raw page as it was fetched: its text alone, in a frame that can do nothing."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import zstandard
from datasette import Response

from ..room import Room
from ..security import sandbox
from ..striptags import text_of
from ..visit import Missing, Visit
from .article import one

_LARGEST = 4 * 1024 * 1024  # bytes of a page of which the text is shown
_SNAPSHOT = """
    SELECT s.url, s.fetched, s.status, s.headers, s.sha256, s.size, s.packing, s.body
    FROM snapshots s JOIN revisions r ON r.id = s.revision
    WHERE r.article = ? AND r.number = ? AND s.page = ?
"""


async def snapshot(visit: Visit, room: Room) -> Response:
    """The text of one raw page, for the frame on the page of its article."""
    wanted = visit.request.url_vars

    def question(connection: Any) -> Any:
        article = one(connection, wanted["key"])
        place = [article["id"], int(wanted["revision"]), int(wanted["page"])]
        return connection.execute(_SNAPSHOT, place).fetchone()

    row = await room.ask(question)
    if row is None:
        raise Missing("没有这个快照。")
    body, word = _unpacked(row)
    lines = text_of(body, _content_type(row["headers"])) if not word else []
    return await visit.page(
        "snapshot.html",
        headers={"content-security-policy": sandbox(visit.nonce)},
        snapshot=dict(row),
        lines=lines,
        word=word,
        cut=(row["size"] or 0) > _LARGEST,
    )


def _content_type(headers: str | None) -> str:
    try:
        found = json.loads(headers or "{}")
        return next(str(v) for name, v in found.items() if name.lower() == "content-type")
    except (ValueError, AttributeError, StopIteration):
        return ""


def _unpacked(row: Any) -> tuple[bytes, str]:
    """The bytes of the page, and what is wrong with them ('' for nothing)."""
    if row["body"] is None:
        return b"", "快照太大，这份副本里没有。"
    if row["packing"] != "zstd":
        return b"", "快照的压缩方式无法识别。"
    try:
        reader = zstandard.ZstdDecompressor().stream_reader(row["body"])
        body = reader.read(_LARGEST)
    except zstandard.ZstdError:
        return b"", "快照已损坏。"
    if (row["size"] or 0) <= _LARGEST and hashlib.sha256(body).hexdigest() != row["sha256"]:
        return b"", "快照已损坏。"
    return body, ""
