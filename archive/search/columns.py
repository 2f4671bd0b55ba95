"""Columns held in memory: exact facets and order by date for any number of hits, without SQL.

A facet by SQL costs a lookup in the table for every hit, here an index into an array. A million
articles take 4 MB a column and 8 MB for their order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .index import Connection
from .results import Ids

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


class Columns:
    """The values of some columns of all articles, as they were when read.

    Ids are given ascending, as an array or any sequence.
    """

    def __init__(self, connection: Connection, names: Sequence[str] = tuple(FACETS)) -> None:
        """Reads them; some seconds for a million articles."""
        self.names = tuple(names)
        ids = _numbers(connection, "SELECT id FROM articles ORDER BY id")
        newest = _numbers(connection, "SELECT id FROM articles ORDER BY published DESC, id DESC")
        undated = _numbers(connection, "SELECT id FROM articles WHERE published IS NULL")
        size = int(ids.max(initial=0)) + 1
        self._rank = np.zeros(size, np.int64)
        self._rank[newest] = np.arange(len(newest))
        self._dated = len(newest) - len(undated)
        self._columns = {name: _Column(connection, FACETS[name], ids, size) for name in self.names}

    def facets(
        self, ids: Ids | Sequence[int], names: Sequence[str] | None = None
    ) -> dict[str, Counter[Value]]:
        """For each column, how many of the articles have which value; exact, without None."""
        known = self._known(ids)
        return {name: self._columns[name].counted(known) for name in names or self.names}

    def narrow(self, ids: Ids | Sequence[int], chosen: Mapping[str, Value]) -> list[int]:
        """Those of the articles that have the chosen value in each column."""
        numbers: list[int] = self.narrowed(self._known(ids), chosen).tolist()
        return numbers

    def narrowed(self, ids: Ids, chosen: Mapping[str, Value]) -> Ids:
        """The same from array to array."""
        for name, value in chosen.items():
            ids = self._columns[name].having(ids, value)
        return ids

    def by_date(
        self, ids: Ids | Sequence[int], order: Order, limit: int, offset: int = 0
    ) -> list[int]:
        """One page of the articles by date of publication; undated ones come last."""
        ids = self._known(ids)
        places = self._rank[ids]
        if order == "oldest":
            places = np.where(places < self._dated, self._dated - 1 - places, places)
        end = offset + limit
        if end < len(ids):
            first = np.argpartition(places, end)[:end]
            ids, places = ids[first], places[first]
        numbers: list[int] = ids[np.argsort(places)][offset:end].tolist()
        return numbers

    def _known(self, ids: Ids | Sequence[int]) -> Ids:
        """The ids without those of articles that came after the columns were read."""
        numbers = np.asarray(ids, np.int64)
        return numbers[numbers < len(self._rank)]


class _Column:
    """One column: by id the number of its value."""

    def __init__(self, connection: Connection, expression: str, ids: Ids, size: int) -> None:
        numbers: dict[Value, int] = {None: 0}  # ids without article have no value
        rows = connection.execute(f"SELECT {expression} FROM articles ORDER BY id")  # noqa: S608
        codes = np.fromiter(
            (numbers.setdefault(value, len(numbers)) for (value,) in rows), np.int32, len(ids)
        )
        self._codes: NDArray[np.int32] = np.zeros(size, np.int32)
        self._codes[ids] = codes
        self._numbers = numbers

    def counted(self, ids: Ids) -> Counter[Value]:
        """How many of the articles have which value, without None."""
        counts = np.bincount(self._codes[ids], minlength=len(self._numbers)).tolist()
        found = zip(self._numbers, counts, strict=True)
        return Counter({value: count for value, count in found if count and value is not None})

    def having(self, ids: Ids, value: Value) -> Ids:
        """Those of the articles that have a value."""
        kept: Ids = ids[self._codes[ids] == self._numbers.get(value, -1)]
        return kept


def _numbers(connection: Connection, sql: str) -> Ids:
    return np.fromiter((number for (number,) in connection.execute(sql)), np.int64)
