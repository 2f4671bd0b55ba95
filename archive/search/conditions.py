"""Conditions on the columns of table articles: what a field or a period of a query asks of them.

Texts are compared by GLOB patterns in which every character stands as the set of its class, so
plain SQLite finds 新华社 by 新華社 without any function of ours.
"""

from __future__ import annotations

from dataclasses import dataclass

from .fields import PROVINCES, Period
from .folding import others
from .query import Field
from .units import Parts, is_single


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL about table articles; ``{0}``, ``{1}`` … stand for its bound values."""

    sql: str
    values: tuple[str, ...]


# By field the columns of articles that may have its text; "sources.…" are those of its source.
_COLUMNS = {
    "outlet": ("outlet",),
    "source": ("outlet", "sources.id", "sources.title", "sources.organisation"),
    "author": ("author",),
    "number": ("document_number",),
    "issuer": ("issuer", "sources.organisation"),
    "column": ("column_name",),
    "region": ("region", "sources.organisation"),
}
_AMONG_OUTLETS = (  # there are few; so no article need be read
    "articles.outlet IN (WITH RECURSIVE outlets(name) AS (SELECT min(outlet) FROM articles"
    " UNION ALL SELECT (SELECT min(outlet) FROM articles WHERE outlet > name) FROM outlets"
    " WHERE name IS NOT NULL) SELECT name FROM outlets WHERE {test})"
)
_RUN = "0-9A-Za-zÀ-ɏ"
_GAP = f"[^{_RUN}㐀-鿿]"


def condition(clause: Field | Period) -> Condition:
    """The condition that one clause of a query puts."""
    if isinstance(clause, Period):
        return _within(clause)
    values = _patterns(clause.parts)
    tests = [_test(column, len(values)) for column in _COLUMNS[clause.name]]
    code = _code(clause.parts) if clause.name == "region" else ""
    if code:
        tests.append(f"articles.region GLOB {{{len(values)}}}")
        values.append(code + "*")
    return Condition(" OR ".join(tests), tuple(values))


def _test(column: str, patterns: int) -> str:
    """Whether a column, between bars, fits one of the first so many values."""
    name = "name" if column == "outlet" else column
    test = " OR ".join(f"'|' || {name} || '|' GLOB {{{number}}}" for number in range(patterns))
    if column == "outlet":
        return _AMONG_OUTLETS.replace("{test}", test)
    if column.startswith("sources."):
        return f"articles.source IN (SELECT id FROM sources WHERE {test})"  # noqa: S608  our names
    return test.replace(name, f"articles.{name}")


def _within(period: Period) -> Condition:
    """Dates that may lie in the period: one that only tells its year may be any day of it."""
    tests: list[str] = []
    values: list[str] = []
    if period.since:
        tests.append("articles.published >= {0} AND articles.published || '~' >= {1}")
        values += [period.since[:4], period.since]
    if period.until:
        tests.append(f"articles.published <= {{{len(values)}}}")
        values.append(period.until + "~")  # sorts after every day and minute of it
    return Condition(" AND ".join(tests), tuple(values))


def _code(parts: Parts) -> str:
    """What a region's codes begin with, from a code or the name of a province; else ''."""
    name = "".join(unit for part in parts for unit in part)
    if name.isdecimal():
        return name[:6].rstrip("0")
    return PROVINCES.get(name.removesuffix("省").removesuffix("市"), "")


def _patterns(parts: Parts) -> list[str]:
    """Patterns for a text between bars, one of which must fit: breaks of one or two marks."""
    written = ["".join(map(_glob, part)) for part in parts]
    first = "" if is_single(parts[0][0]) else f"[^{_RUN}]"
    last = "" if is_single(parts[-1][-1]) else f"[^{_RUN}]"
    gaps = [_GAP, _GAP * 2] if len(parts) > 1 else [""]
    return [f"*{first}{gap.join(written)}{last}*" for gap in gaps]


def _glob(unit: str) -> str:
    return "".join(f"[{char}{others(char)}]" for char in unit)
