"""A SELECT as a file for a reader: written to disk by a database thread, sent from there.

A slow reader holds a file open, never one of the few database threads.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping, Sequence
from typing import IO, Any

from datasette.utils.asgi import AsgiStream

from exports import live

from .room import Room

_PIECE = 1 << 18  # bytes


async def file_of(
    room: Room, sql: str, values: Sequence[Any] | Mapping[str, Any], form: str, name: str
) -> AsgiStream:
    """The whole answer of a SELECT as a download; ``form`` is a key of ``exports.live.FORMATS``."""

    def spool(connection: Any) -> IO[bytes]:
        file = tempfile.TemporaryFile()  # noqa: SIM115  closed when it is sent
        for piece in live.stream(connection, sql, values, form):
            file.write(piece)
        file.seek(0)
        return file

    file = await room.run(spool)

    async def send(to: Any) -> None:
        with file:
            while piece := await asyncio.to_thread(file.read, _PIECE):
                await to.send({"type": "http.response.body", "body": piece, "more_body": True})

    headers = {
        "content-disposition": f'attachment; filename="{name}.{form}"',
        "cache-control": "no-store",
    }
    return AsgiStream(send, headers=headers, content_type=live.FORMATS[form])
