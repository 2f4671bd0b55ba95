"""Columns held in memory: exact facets and order by date for any number of hits, without SQL.

A facet by SQL costs a lookup in the table for every hit. Here each article has one small number
for its values in several columns together, so all of them are counted in one pass over the hits.
A million articles take about 20 MB.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain, islice
from typing import Literal

from .index import Connection
from .results import Ids, among

Value = str | int | None
Order = Literal["newest", "oldest"]

# What facets may be asked for, and the SQL that gives its value.
FACETS: Mapping[str, str] = {
    "source": "source",
    "organisation_kind": "organisation_kind",
    "outlet": "outlet",
    "region": "region",
    "year": "year",
    "month": "substr(published, 1, 7)",
    "body_kind": "body_kind",
}
_MOST = 10_000  # combinations of values counted together; more are counted apart


@dataclass(frozen=True, slots=True)
class _Group:
    """Columns counted together: by id the number of a combination of their values.

    ``values`` has for each of ``names`` its value in each combination.
    """

    names: tuple[str, ...]
    codes: list[int]
    values: tuple[list[Value], ...]


class Columns:
    """The values of some columns of all articles, as they were when read."""

    def __init__(self, connection: Connection, names: Sequence[str] = tuple(FACETS)) -> None:
        """Reads them; some seconds for a million articles."""
        self.names = tuple(names)
        rows = connection.execute("SELECT id FROM articles ORDER BY published DESC, id DESC")
        self._newest = array("q", (number for (number,) in rows))
        dated = "SELECT count(*) FROM articles WHERE published IS NOT NULL"
        self._dated: int = connection.execute(dated).fetchone()[0]
        self._rank = array("q", bytes(8 * (max(self._newest, default=0) + 1)))
        for place, number in enumerate(self._newest):
            self._rank[number] = place
        self._groups = _groups(connection, self.names, len(self._rank))

    def facets(self, ids: Ids, names: Sequence[str] | None = None) -> dict[str, Counter[Value]]:
        """For each column, how many of the articles have which value; exact, without None."""
        wanted = self.names if names is None else tuple(names)
        counts: dict[str, Counter[Value]] = {name: Counter() for name in wanted}
        for group in self._groups:
            asked = [column for column in zip(group.names, group.values, strict=True)
                     if column[0] in counts]  # fmt: skip
            if not asked:
                continue
            counted = Counter(map(group.codes.__getitem__, ids))
            for name, values in asked:
                totals: dict[Value, int] = {}
                for code, number in counted.items():
                    value = values[code]
                    totals[value] = totals.get(value, 0) + number
                totals.pop(None, None)
                counts[name] = Counter(totals)
        return counts

    def narrow(self, ids: Ids, chosen: Mapping[str, Value]) -> Ids:
        """Those of the articles that have the chosen value in each column."""
        for group in self._groups:
            for name, values in zip(group.names, group.values, strict=True):
                if name in chosen:
                    fits = [value == chosen[name] for value in values]
                    codes = group.codes
                    ids = [number for number in ids if fits[codes[number]]]
        return ids

    def by_date(
        self,
        ids: Ids,
        order: Order,
        limit: int,
        offset: int = 0,
        but: AbstractSet[int] = frozenset(),
    ) -> Ids:
        """One page of the ascending ids, without some, by date; undated articles come last."""
        end = offset + limit
        if len(ids) ** 2 > 10 * (end + len(but)) * len(self._newest):
            found = (n for n in self._walked(order) if among(ids, n) and n not in but)
            return list(islice(found, offset, end))
        key = self._newer if order == "newest" else self._older
        return nsmallest(end, (n for n in ids if n not in but), key=key)[offset:]

    def _newer(self, number: int) -> int:
        return self._rank[number]

    def _older(self, number: int) -> int:
        place = self._rank[number]
        return place if place >= self._dated else self._dated - 1 - place

    def _walked(self, order: Order) -> Iterator[int]:
        """All articles by date: the quick way where few steps meet many hits."""
        dated = range(self._dated) if order == "newest" else range(self._dated - 1, -1, -1)
        return map(self._newest.__getitem__, chain(dated, range(self._dated, len(self._newest))))


def _groups(connection: Connection, names: Sequence[str], size: int) -> list[_Group]:
    """The columns in as few groups as the number of combinations allows."""
    columns = sorted((_column(connection, name, size) for name in names), key=_width)
    groups = columns[:1]
    for column in columns[1:]:
        joined = _joined(groups[-1], column)
        groups[-1:] = [joined] if joined else [groups[-1], column]
    return groups


def _width(group: _Group) -> int:
    return len(group.values[0])


def _column(connection: Connection, name: str, size: int) -> _Group:
    """One column by itself."""
    numbers: dict[Value, int] = {None: 0}  # ids without article have no value
    codes = [0] * size
    for number, value in connection.execute(f"SELECT id, {FACETS[name]} FROM articles"):  # noqa: S608
        codes[number] = numbers.setdefault(value, len(numbers))
    return _Group((name,), codes, (list(numbers),))


def _joined(one: _Group, other: _Group) -> _Group | None:
    """Two groups as one; None where there are too many combinations."""
    numbers: dict[tuple[int, int], int] = {}
    codes = []
    for pair in zip(one.codes, other.codes, strict=True):
        codes.append(numbers.setdefault(pair, len(numbers)))
        if len(numbers) > _MOST:
            return None
    lefts, rights = zip(*numbers, strict=True)
    values = [[column[code] for code in lefts] for column in one.values]
    values += [[column[code] for code in rights] for column in other.values]
    return _Group(one.names + other.names, codes, tuple(values))
