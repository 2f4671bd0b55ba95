"""Column and Entry: which texts a site shows where, and how one stands there."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from .text import Text


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a site: the site's own id, its name, its source file, which texts it holds."""

    id: str
    name: str
    source: str
    kind: str = "experience"
    first: int = 0
    count: int = 20
    rows: int = 20  # rows of one listing page
    also: tuple[str, ...] = ()  # texts it holds in any case


@dataclass(slots=True)
class Entry:
    """An article as it stands on one site. ``state`` is shown, gone or restricted."""

    text: Text
    column: Column
    number: int
    date: str
    state: str = "shown"
    words: dict[str, Any] = field(default_factory=dict)  # what a test wants said otherwise

    @property
    def day(self) -> str:
        """YYYY-MM-DD."""
        return self.date[:10]

    @property
    def compact(self) -> str:
        """YYYYMMDD."""
        return self.day.replace("-", "")

    def mark(self, length: int = 32) -> str:
        """A hexadecimal name, as content systems invent them."""
        return hashlib.md5(f"{self.number}{self.text.id}".encode()).hexdigest()[:length]  # noqa: S324  a name, no secret


def picked(texts: Sequence[Text], column: Column) -> Iterator[Text]:
    """The column's share of the texts of its kind, mixed so that topics and years vary."""
    kind = [text for text in texts if text.kind == column.kind]
    mixed = sorted(kind, key=lambda text: zlib.crc32(text.id.encode()))
    chosen = [
        mixed[(column.first + place) % len(mixed)] for place in range(min(column.count, len(mixed)))
    ]
    yield from chosen
    yield from (text for text in kind if text.id in column.also and text not in chosen)
