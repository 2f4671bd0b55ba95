"""Compiling: from a query to SQL with bound parameters that the full-text index answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .conditions import Condition, condition
from .query import Clause, Query, Word, parse
from .units import BREAK, JOINT, Parts, is_single, phrase


@dataclass(frozen=True, slots=True)
class Match:
    """An expression in FTS5's own language for one table of the index."""

    table: str
    expression: str


@dataclass(frozen=True, slots=True)
class Every:
    """What every part holds for."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """What at least one part holds for."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What the part does not hold for."""

    part: Node


Node = Match | Condition | Every | Either | Not


@dataclass(frozen=True, slots=True)
class Compiled:
    """A query as SQL.

    ``where`` is true for matching rows of the table articles, its parameters named
    ``{prefix}0``, ``{prefix}1`` … in ``parameters``. ``plan`` is the same as a tree.
    ``titles`` is an expression for the table articles_titles that finds the matches whose title
    alone has every word, '' where the query has no words.
    """

    query: Query
    plan: Node
    where: str
    parameters: dict[str, str]
    titles: str


def compile(query: Query | str, prefix: str = "q") -> Compiled:  # noqa: A001  as re.compile
    """Compiles a query; raises QueryError where a text cannot be understood."""
    query = parse(query) if isinstance(query, str) else query
    plan = _plan(query)
    parameters: dict[str, str] = {}
    where = _sql(plan, prefix, parameters)
    return Compiled(query, plan, where, parameters, _titles(query))


def _plan(query: Query) -> Node:
    wanted = [_any([_node(clause) for clause in group]) for group in query.wanted]
    unwanted = [Not(_node(clause)) for clause in query.unwanted]
    return _all([*wanted, *unwanted])


def _node(clause: Clause) -> Node:
    if not isinstance(clause, Word):
        return condition(clause)
    if clause.title:
        return Match("articles_titles", title_expression(clause.parts))
    asked = phrase(clause.parts)
    parts = [Match("articles_fts", _quoted(asked.tokens))] if asked.tokens else []
    return _all([*parts, *(Match("articles_uni", _quoted([unit])) for unit in asked.lone)])


def title_expression(parts: Parts) -> str:
    """The expression that finds segments in articles_titles."""
    asked = phrase(parts)
    found = [_quoted(asked.tokens)] if asked.tokens else []
    for unit in asked.lone:
        if is_single(unit):
            found.append(_quoted([unit]) + " *")
        else:
            starts = f"{_quoted([unit + JOINT])} * OR {_quoted([unit + BREAK])} *"
            found.append(f"({_quoted([unit])} OR {starts})")
    return " AND ".join(found)


def _titles(query: Query) -> str:
    groups = [
        " OR ".join(f"({title_expression(word.parts)})" for word in group if isinstance(word, Word))
        for group in query.wanted
    ]
    return " AND ".join(f"({group})" for group in groups if group)


def _quoted(tokens: Iterable[str]) -> str:
    """Tokens as an FTS5 phrase; they hold letters, digits and marks of ours, never a quote."""
    return '"' + " ".join(tokens) + '"'


def _all(parts: Sequence[Node]) -> Node:
    """All parts, those that one table can answer put to it at once."""
    merged: list[Node] = []
    for table in ("articles_fts", "articles_uni", "articles_titles"):
        asked = [part for part in parts if isinstance(part, Match) and part.table == table]
        barred = [
            part.part
            for part in parts
            if isinstance(part, Not) and isinstance(part.part, Match) and part.part.table == table
        ]
        if not asked:
            continue
        expression = _joined(" AND ", asked)
        if barred:
            expression = f"({expression}) NOT ({_joined(' OR ', barred)})"
        merged.append(Match(table, expression))
    tables = {part.table for part in merged if isinstance(part, Match)}
    for part in parts:
        inner = part.part if isinstance(part, Not) else part
        if not (isinstance(inner, Match) and inner.table in tables):
            merged.append(part)
    return merged[0] if len(merged) == 1 else Every(tuple(merged))


def _any(parts: Sequence[Node]) -> Node:
    tables = {part.table if isinstance(part, Match) else "" for part in parts}
    if len(parts) == 1:
        return parts[0]
    if len(tables) == 1 and "" not in tables:
        return Match(tables.pop(), _joined(" OR ", parts))
    return Either(tuple(parts))


def _joined(operator: str, parts: Iterable[Node]) -> str:
    expressions = [part.expression for part in parts if isinstance(part, Match)]
    return operator.join(expressions if len(expressions) == 1 else map("({})".format, expressions))


def _sql(node: Node, prefix: str, parameters: dict[str, str]) -> str:
    if isinstance(node, Match):
        name = f"{prefix}{len(parameters)}"
        parameters[name] = node.expression
        table = node.table
        return f"articles.id IN (SELECT rowid FROM {table} WHERE {table} MATCH :{name})"  # noqa: S608
    if isinstance(node, Condition):
        names = []
        for value in node.values:
            names.append(f":{prefix}{len(parameters)}")
            parameters[names[-1][1:]] = value
        return "(" + node.sql.format(*names) + ")"
    if isinstance(node, Not):
        return f"({_sql(node.part, prefix, parameters)}) IS NOT TRUE"  # an empty column is no hit
    if not node.parts:
        return "1"  # a query that asks for nothing leaves all
    operator = " AND " if isinstance(node, Every) else " OR "
    return "(" + operator.join(_sql(part, prefix, parameters) for part in node.parts) + ")"
