"""Rows: a question whose answer is a dataset, and its answer written by SQLite itself.

Text leaves SQLite as UTF-8 bytes, a whole line of a file at a time where the format is a text:
no value is ever decoded, which is what makes an export as fast as a bare SELECT.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from .columns import Column

Values = Sequence[Any] | Mapping[str, Any]
Ask = Callable[[str, Values], Iterable[tuple[Any, ...]]]
Told = Callable[[int], object]

_PIECE = 1 << 18  # bytes; what is written at once
_UNREADABLE = "\N{REPLACEMENT CHARACTER}".encode()


def _silent(_: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A question: ``columns`` and the SQL after the select list (FROM … ORDER BY …).

    ``ask`` puts it to SQLite; ``told`` hears how many rows have just been read.
    ``head`` stands before SELECT (WITH …).
    """

    columns: tuple[Column, ...]
    source: str
    ask: Ask
    values: Values = ()
    head: str = ""
    told: Told = _silent

    def select(self, *expressions: str) -> Iterator[tuple[Any, ...]]:
        """The rows of other expressions over the same question."""
        sql = f"{self.head} SELECT {', '.join(expressions)} {self.source}"
        return iter(self.ask(sql, self.values))

    def lines(self, *expressions: str, change: Callable[[bytes], bytes] = bytes) -> Iterator[bytes]:
        """Text expressions of every row, one after the other, joined into pieces of UTF-8.

        Every second one is a long text: ``change`` is what the format does to it, NULL is nothing.
        """
        piece: list[bytes] = []
        size = rows = 0
        for row in self.select(*(f"CAST({expression} AS BLOB)" for expression in expressions)):
            for place, cell in enumerate(row):
                if cell:
                    text = change(cell) if place % 2 else cell
                    piece.append(text)
                    size += len(text)
            rows += 1
            if size >= _PIECE:
                yield valid(b"".join(piece))
                self.told(rows)
                piece, size, rows = [], 0, 0
        if rows:
            yield valid(b"".join(piece))
            self.told(rows)


def valid(text: bytes) -> bytes:
    """The same bytes; with U+FFFD for what is no UTF-8 (lone surrogates, broken sequences)."""
    # Arrow looks at UTF-8 more than twice as fast as decoding it would.
    ends = pa.py_buffer(struct.pack("<2i", 0, len(text)))
    try:
        pa.Array.from_buffers(pa.string(), 1, [None, ends, pa.py_buffer(text)]).validate(full=True)
    except pa.ArrowInvalid:
        return text.decode("utf-8", "replace").encode()
    return text


def without_nul(text: bytes) -> bytes:
    """U+FFFD for NUL, at which many readers of text files would end the text."""
    return text.replace(b"\0", _UNREADABLE) if b"\0" in text else text


def quoted(name: str) -> str:
    """A text as an SQL literal."""
    return "'" + name.replace("'", "''") + "'"
