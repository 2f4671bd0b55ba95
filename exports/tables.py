"""The tables of an edition: articles, their attachments and earlier wordings, sources, coverage."""

from __future__ import annotations

from collections.abc import Sequence

from archive.reading import Reading

from . import coverage
from .columns import BODIES, FROM_CHOSEN, Column, Kind, article_columns, by_default, chosen
from .rows import Rows

FORMATS = ("parquet", "jsonl", "csv")

# Each table's title in Chinese and English, and the columns that tell its rows apart.
TITLES = {
    "articles": ("文章", "articles"),
    "attachments": ("附件（只记网址）", "files named in articles"),
    "revisions": ("修订：文章先后出现的文字", "wordings of the articles, one after the other"),
    "sources": ("来源栏目", "sources: columns of sites"),
    "coverage": ("覆盖情况：按来源与月份", "coverage by source and month"),
}
KEYS = {
    "articles": ("key",),
    "attachments": ("article", "position"),
    "revisions": ("article", "number"),
    "sources": ("id",),
    "coverage": ("source", "month"),
}
REFERENCES = {  # column of a table: the table and column it names
    "articles": (("source", "sources", "id"),),
    "attachments": (("article", "articles", "key"),),
    "revisions": (("article", "articles", "key"),),
    "sources": (),
    "coverage": (("source", "sources", "id"),),
}
_ARTICLE = Column("article", "text", "a.key", short=True)
_CHOSEN = "FROM temp.chosen c CROSS JOIN articles a ON a.id = c.id"


def tables(reading: Reading, sources: Sequence[str], bodies: bool) -> dict[str, Rows]:
    """Every table by name; ``sources`` are those that coverage is told of."""
    known = article_columns(reading)
    names = [*by_default(known), "body_original"]
    return {
        "articles": Rows(chosen(known, names, bodies=bodies), FROM_CHOSEN, reading.ask),
        "attachments": Rows(
            (_ARTICLE, _column("position", "integer"), *_texts("name", "type", "url")),
            f"{_CHOSEN} JOIN attachments p ON p.article = c.id ORDER BY c.id, p.position",
            reading.ask,
        ),
        "revisions": _revisions(reading, bodies),
        "sources": _sources(reading, sources),
        "coverage": coverage.table(reading, sources),
    }


def _revisions(reading: Reading, bodies: bool) -> Rows:
    """All wordings; the body only of earlier ones, the newest stands in articles."""
    body = Column("body", "text", "iif(p.number < a.revisions, p.body, NULL)")
    columns = (
        _ARTICLE,
        _column("number", "integer"),
        *_texts("kind", "title"),
        body,
        *_texts("wording"),
        _column("first_seen", "moment"),
        _column("last_seen", "moment"),
    )
    return Rows(
        tuple(column for column in columns if bodies or column.name not in BODIES),
        f"{_CHOSEN} JOIN revisions p ON p.article = c.id ORDER BY c.id, p.number",
        reading.ask,
    )


def _sources(reading: Reading, sources: Sequence[str]) -> Rows:
    names = ("id", "title", "organisation", "kind", "region", "column_name", "start", "terms")
    counted = (
        "(SELECT a.source AS source, count(*) AS number"
        " FROM temp.chosen c JOIN articles a ON a.id = c.id GROUP BY 1)"
    )
    return Rows(
        (*_texts(*names), Column("articles", "integer", "coalesce(n.number, 0)", short=True)),
        "FROM json_each(?1) wanted JOIN sources p ON p.id = wanted.value"
        f" LEFT JOIN {counted} n ON n.source = p.id ORDER BY p.id",
        reading.ask,
        values=[coverage.encoded(sources)],
    )


def _column(name: str, kind: Kind) -> Column:
    return Column(name, kind, f'p."{name}"', short=True)


def _texts(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "text", f'p."{name}"') for name in names)
