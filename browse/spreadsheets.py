"""Datasette's CSV made fit for spreadsheets: no cell is a formula, and a part is never the whole.

Datasette writes cells as they are, and where it fails half-way it puts the error into the file as
a last line, with status 200. Here the file is whole before its first byte is sent.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from exports.csv_ import BLANKS, CONTROL_SIGNS, FORMULA_SIGNS

from .limits import was_cut

App = Callable[[Any, Any, Any], Awaitable[None]]

csv.field_size_limit(1 << 30)  # characters of a cell; Python's own limit is a fraction of a text

_IN_MEMORY = 1 << 20  # bytes of a file; more is on the disk
_PIECE = 1 << 18
_OURS = ("/search.csv", "/download/")  # written by exports, which does this itself


def inert(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, by the rule of our own exports.

    An apostrophe in front, also where there are some already, so that taking one away from every
    such cell gives all texts back. NUL becomes U+FFFD.
    """
    text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    bare = text.lstrip("'")
    formula = bare.lstrip(BLANKS + "'").startswith(tuple(FORMULA_SIGNS))
    return f"'{text}" if formula or bare.startswith(tuple(CONTROL_SIGNS)) else text


def tabled(app: App) -> App:
    """The application with its CSV inert; one that is not whole is answered with 400."""

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or not path.endswith(".csv") or any(o in path for o in _OURS):
            await app(scope, receive, send)
            return
        file = _File()
        with file.bytes:

            async def sending(message: Any) -> None:
                if message["type"] == "http.response.start" and _is_csv(message):
                    file.start = message
                elif file.start is None:
                    await send(message)
                else:
                    file.take(message.get("body", b""))
                    if not message.get("more_body"):
                        await file.leave(send)

            await app(scope, receive, sending)

    return wrapped


def _is_csv(message: Any) -> bool:
    kind: bytes = dict(message.get("headers", [])).get(b"content-type", b"")
    return message["status"] == 200 and kind.startswith((b"text/plain", b"text/csv"))


class _File:
    """One CSV on its way from Datasette to a reader."""

    def __init__(self) -> None:
        self.start: Any = None
        self.bytes = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  closed by its user
        self._rest = ""

    def take(self, piece: bytes) -> None:
        """Writes the lines that are whole; the rest waits for what follows."""
        self._rest += piece.decode("utf-8")
        if self._rest.endswith("\r\n") and self._rest.count('"') % 2 == 0:
            out = io.StringIO(newline="")
            csv.writer(out).writerows(_rows(self._rest))
            self.bytes.write(out.getvalue().encode())
            self._rest = ""

    async def leave(self, send: Any) -> None:
        """Sends the file, or what there is instead of it."""
        word = self._wrong()
        if word:
            headers = [(b"content-type", b"text/plain; charset=utf-8")]
            headers.append((b"cache-control", b"no-store"))
            await send({"type": "http.response.start", "status": 400, "headers": headers})
            await send({"type": "http.response.body", "body": word.encode()})
            return
        size = str(self.bytes.tell()).encode()
        kept = [(k, v) for k, v in self.start["headers"] if k.lower() != b"content-length"]
        await send({**self.start, "headers": [*kept, (b"content-length", size)]})
        self.bytes.seek(0)
        while piece := self.bytes.read(_PIECE):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    def _wrong(self) -> str:
        """What keeps the file from being sent, '' for nothing."""
        if self._rest:  # Datasette's lines end as they should; its complaints do not
            return "The file is not whole, so it is not sent: " + self._rest.strip()[:200]
        if was_cut():
            return "There are more rows than an answer may have; add a LIMIT, or ask page by page."
        self.bytes.seek(0, 2)
        return "The query cannot be answered." if self.bytes.tell() == 2 else ""  # an empty line


def _rows(text: str) -> Iterator[list[str]]:
    """The rows of some lines of CSV, their cells inert; numbers stay numbers."""
    for row in csv.reader(io.StringIO(text, newline="")):
        yield [cell if _is_number(cell) else inert(cell) for cell in row]


def _is_number(cell: str) -> bool:
    """A negative number as SQLite writes one is no formula."""
    return cell.startswith("-") and cell.isascii() and cell[1:].replace(".", "", 1).isdigit()
