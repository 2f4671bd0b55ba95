"""Results of a query: every matching article at once, so that totals and facets are exact."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable

from .conditions import Condition
from .index import Connection
from .matching import Compiled, Either, Every, Match, Node, Not

Ids = list[int]

FEW = 20_000  # hits times words for which bm25 is asked; among more its differences say nothing


def find(connection: Connection, compiled: Compiled) -> Ids:
    """The ids of all matching articles, ascending."""
    return _find(connection, compiled.plan)


def in_titles(connection: Connection, compiled: Compiled) -> Ids:
    """The ids of articles whose title alone has all the words, ascending.

    Where the query is more than words these need not all be matches.
    """
    if not compiled.titles:
        return []
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


def _find(connection: Connection, node: Node) -> Ids:
    if isinstance(node, Match):
        sql = f"SELECT json_group_array(rowid) FROM {node.table} WHERE {node.table} MATCH ?"  # noqa: S608
        return _ids(connection, sql, [node.expression])
    if isinstance(node, Condition):
        return _where(connection, node)
    if isinstance(node, Either):
        return sorted(set().union(*(_find(connection, part) for part in node.parts)))
    if isinstance(node, Not):
        return _without(_everything(connection), [_find(connection, node.part)])
    return _find_all(connection, node)


def _find_all(connection: Connection, node: Every) -> Ids:
    """Words first: they are quick, and what few they leave is all a condition must look at."""
    words = [p for p in node.parts if not isinstance(p, Condition | Not)]
    conditions = [p for p in node.parts if isinstance(p, Condition)]
    unwanted = [p.part for p in node.parts if isinstance(p, Not)]
    found = common([_find(connection, part) for part in words]) if words else None
    for condition in conditions:
        if found is not None and len(found) < FEW:
            found = _where(connection, condition, found)
        else:
            held = _where(connection, condition)
            found = held if found is None else common([found, held])
    if found is None:
        found = _everything(connection)
    return _without(found, [_find(connection, part) for part in unwanted])


def _where(connection: Connection, condition: Condition, within: Ids | None = None) -> Ids:
    sql = condition.sql.format(*(f"?{number}" for number in range(1, len(condition.values) + 1)))
    values = list(condition.values)
    if within is not None:
        values.append(json.dumps(within))
        sql = f"({sql}) AND id IN (SELECT value FROM json_each(?{len(values)}))"  # noqa: S608
    sql = f"SELECT json_group_array(id) FROM articles WHERE {sql}"  # noqa: S608
    return sorted(_ids(connection, sql, values))


def _everything(connection: Connection) -> Ids:
    return sorted(_ids(connection, "SELECT json_group_array(id) FROM articles", []))


def _ids(connection: Connection, sql: str, values: list[str]) -> Ids:
    """Ids by way of one JSON text: five times as fast as fetching as many rows."""
    found: Ids = json.loads(connection.execute(sql, values).fetchone()[0])
    return found


def common(lists: Iterable[Ids]) -> Ids:
    """What all ascending lists have, ascending."""
    shortest, *rest = sorted(lists, key=len)
    for ids in rest:
        if len(shortest) * 16 < len(ids):
            shortest = [number for number in shortest if among(ids, number)]
        else:
            held = set(ids)
            shortest = [number for number in shortest if number in held]
    return shortest


def among(ids: Ids, number: int) -> bool:
    """Whether the ascending ids have a number."""
    place = bisect_left(ids, number)
    return place < len(ids) and ids[place] == number


def _without(found: Ids, lists: Iterable[Ids]) -> Ids:
    barred: set[int] = set().union(*lists)
    return [number for number in found if number not in barred] if barred else found
