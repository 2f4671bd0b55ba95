"""A timeline: how many articles each year or month has, and where a click on it leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

_MOST_YEARS = 100


@dataclass(frozen=True, slots=True)
class Span:
    """One year or month."""

    label: str
    number: int
    address: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Spans in order; ``most`` is the largest number of any."""

    name: Literal["year", "month"]
    rows: tuple[Span, ...]
    most: int


def timeline(
    name: Literal["year", "month"], rows: Sequence[tuple[str, int]], addresses: Sequence[str]
) -> Timeline:
    """A timeline of counted spans."""
    spans = tuple(Span(*row, address) for row, address in zip(rows, addresses, strict=True))
    return Timeline(name, spans, max((number for _, number in rows), default=0))


def years(counted: Mapping[str, int]) -> list[tuple[str, int]]:
    """All years from the first to the last, empty ones too; at most a century of them."""
    numbers = sorted(int(year) for year in counted if year.isdecimal())
    if not numbers:
        return []
    first = max(numbers[0], numbers[-1] - _MOST_YEARS + 1)
    return [(str(year), counted.get(str(year), 0)) for year in range(first, numbers[-1] + 1)]
