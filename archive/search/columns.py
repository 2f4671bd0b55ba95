"""Columns held in memory: exact facets and order by date for any number of hits, without SQL.

A facet by SQL costs a lookup in the table for every hit, here an index into an array. A million
articles take 1 or 2 MB a column (4 MB with more than 65,000 values) and 4 MB for their order.
They are read as one list of ids for each value, which the index on the column gives in order: half
a second for a million.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from .index import Connection
from .results import Ids, ids_of

Value = str | int | None
Order = Literal["newest", "oldest"]

# What facets may be asked for: columns of table articles, and the month of "published".
FACETS = ("source", "organisation_kind", "outlet", "region", "year", "month", "body_kind")
_MONTH = len("2019-08")


class Columns:
    """The values of some columns of all articles, as they were when read.

    Ids are given ascending, as an array or any sequence.
    """

    def __init__(self, connection: Connection, names: Sequence[str] = FACETS) -> None:
        """Reads them."""
        self.names = tuple(names)
        size = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM articles").fetchone()[0]
        sql = "SELECT json_group_array(id) FROM (SELECT id FROM articles ORDER BY published, id)"
        oldest = ids_of(connection.execute(sql).fetchone()[0])
        dated = "SELECT count(published) FROM articles"
        self._dated = int(connection.execute(dated).fetchone()[0])
        self._rank = np.zeros(size, np.int32)  # the newest first, undated ones last
        self._rank[oldest] = np.arange(len(oldest))[::-1]
        self._columns = {
            name: _Column(
                _months(connection, oldest[len(oldest) - self._dated :])
                if name == "month"
                else _by_value(connection, name),
                size,
            )
            for name in self.names
        }

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
    """One column: by id the number of its value, 0 where there is no article or no value."""

    def __init__(self, groups: Iterable[tuple[Value, Ids]], size: int) -> None:
        self._numbers: dict[Value, int] = {None: 0}
        codes: NDArray[np.unsignedinteger[Any]] = np.zeros(size, np.uint8)
        for value, ids in groups:
            if value is None:
                continue
            number = len(self._numbers)
            self._numbers[value] = number
            if number > np.iinfo(codes.dtype).max:
                codes = codes.astype(np.uint16 if codes.dtype == np.uint8 else np.uint32)
            codes[ids] = number
        self._codes = codes

    def counted(self, ids: Ids) -> Counter[Value]:
        """How many of the articles have which value, without None."""
        counts = np.bincount(self._codes[ids], minlength=len(self._numbers)).tolist()
        found = zip(self._numbers, counts, strict=True)
        return Counter({value: count for value, count in found if count and value is not None})

    def having(self, ids: Ids, value: Value) -> Ids:
        """Those of the articles that have a value."""
        kept: Ids = ids[self._codes[ids] == self._numbers.get(value, -1)]
        return kept


def _by_value(connection: Connection, column: str) -> Iterator[tuple[Value, Ids]]:
    """Each value of a column and the ids of the articles that have it."""
    sql = f"SELECT {column}, json_group_array(id) FROM articles GROUP BY 1"  # noqa: S608  our names
    for value, ids in connection.execute(sql):
        yield value, ids_of(ids)


def _months(connection: Connection, oldest: Ids) -> Iterator[tuple[Value, Ids]]:
    """The same of months of publication, cut out of all dated articles in order of date."""
    place = 0
    sql = "SELECT min(published) FROM articles WHERE published >= ?"
    count = "SELECT count(*) FROM articles WHERE published >= ? AND published < ?"
    first = connection.execute("SELECT min(published) FROM articles").fetchone()[0]
    while first is not None:
        month = first[:_MONTH]
        whole = len(month) == _MONTH
        after = month[:-1] + chr(ord(month[-1]) + 1) if whole else month + "\0"
        number = connection.execute(count, [month, after]).fetchone()[0]
        yield month, oldest[place : place + number]
        place += number
        first = connection.execute(sql, [after]).fetchone()[0]
