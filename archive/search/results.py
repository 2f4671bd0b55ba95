"""Results of a query: the ids of every matching article at once, so that totals are exact."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from .conditions import Condition
from .index import Connection
from .matching import Compiled, Either, Every, Match, Node, Not

Ids = NDArray[np.int64]

FEW = 20_000  # ids below which a condition is asked of these only


def find(connection: Connection, compiled: Compiled) -> list[int]:
    """The ids of all matching articles, ascending."""
    numbers: list[int] = hits(connection, compiled).tolist()
    return numbers


def hits(connection: Connection, compiled: Compiled) -> Ids:
    """The same as an array."""
    return _find(connection, compiled.plan)


def in_titles(connection: Connection, compiled: Compiled) -> Ids:
    """The ids of articles whose title alone has all the words, ascending.

    Where the query is more than words these need not all be matches.
    """
    if not compiled.titles:
        return np.empty(0, np.int64)
    return _find(connection, Match("articles_titles", compiled.titles))


def scores(connection: Connection, compiled: Compiled) -> dict[int, float]:
    """bm25 of each match, less is better; empty where the query is more than phrases."""
    plan = compiled.plan
    if not (isinstance(plan, Match) and plan.table == "articles_fts"):
        return {}
    rows = connection.execute(
        "SELECT rowid, bm25(articles_fts) FROM articles_fts WHERE articles_fts MATCH ?",
        [plan.expression],
    )
    return dict(rows.fetchall())


def common(one: Ids, other: Ids) -> Ids:
    """What both have, ascending."""
    return one[np.isin(one, other, assume_unique=True)]


def without(ids: Ids, barred: Ids) -> Ids:
    """What only the first has, ascending."""
    return ids[np.isin(ids, barred, assume_unique=True, invert=True)]


def _find(connection: Connection, node: Node) -> Ids:
    if isinstance(node, Match):
        sql = f"SELECT json_group_array(rowid) FROM {node.table} WHERE {node.table} MATCH ?"  # noqa: S608
        return _ids(connection, sql, [node.expression])
    if isinstance(node, Condition):
        return _where(connection, node)
    if isinstance(node, Either):
        return reduce(np.union1d, (_find(connection, part) for part in node.parts))
    if isinstance(node, Not):
        return without(_everything(connection), _find(connection, node.part))
    return _find_every(connection, node)


def _find_every(connection: Connection, node: Every) -> Ids:
    """Words first: they are quick, and what few they leave is all a condition must look at."""
    found: Ids | None = None
    for part in sorted(node.parts, key=lambda part: isinstance(part, Condition)):
        if isinstance(part, Not):
            continue
        if found is not None and isinstance(part, Condition) and len(found) < FEW:
            found = _where(connection, part, found)
        else:
            held = _find(connection, part)
            found = held if found is None else common(found, held)
    if found is None:
        found = _everything(connection)
    for part in node.parts:
        if isinstance(part, Not):
            found = without(found, _find(connection, part.part))
    return found


def _where(connection: Connection, condition: Condition, within: Ids | None = None) -> Ids:
    sql = condition.sql.format(*(f"?{number}" for number in range(1, len(condition.values) + 1)))
    values = list(condition.values)
    if within is not None:
        values.append(json.dumps(within.tolist()))
        sql = f"({sql}) AND id IN (SELECT value FROM json_each(?{len(values)}))"  # noqa: S608
    sql = f"SELECT json_group_array(id) FROM articles WHERE {sql}"  # noqa: S608
    return np.sort(_ids(connection, sql, values))


def _everything(connection: Connection) -> Ids:
    return np.sort(_ids(connection, "SELECT json_group_array(id) FROM articles", []))


def _ids(connection: Connection, sql: str, values: Sequence[str]) -> Ids:
    """Ids by way of one JSON text: ten times as fast as fetching as many rows."""
    return ids_of(connection.execute(sql, values).fetchone()[0])


def ids_of(array: str) -> Ids:
    """The ids in a JSON array."""
    return np.fromstring(array[1:-1], np.int64, sep=",")
