"""Columns of the dataset of articles: which there are, of what kind, and the SQL that gives each.

They follow the archive's own tables, so that a column added there can be exported at once.
In the SQL, ``a`` is articles, ``t`` article_texts, ``c`` the chosen articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from archive.reading import Reading

from .choices import known

Kind = Literal["text", "integer", "number", "date", "moment", "list", "bytes", "any"]
Script = Literal["hans", "hant", "tw", "hk", "as-read"]

SCRIPTS: Mapping[str, str] = {
    "hans": "简体（档案库所存） · Simplified, as the archive holds it",
    "hant": "繁体 · Traditional, general",
    "tw": "繁体（台湾字形） · Traditional, Taiwan",
    "hk": "繁体（香港字形） · Traditional, Hong Kong",
    "as-read": "原页面文字 · title and body as they stood on the page",
}
BODIES = ("body", "body_original", "markdown")
LISTS = ("attachments", "images", "addresses", "history")
FROM_CHOSEN = (
    "FROM temp.chosen c CROSS JOIN articles a ON a.id = c.id"
    " LEFT JOIN article_texts t ON t.article = c.id ORDER BY c.id"
)

_NOT_BY_DEFAULT = frozenset({"id", "body_original", "markdown", *LISTS})
_MOMENTS = frozenset({"first_seen", "last_seen"})
# What people wrote: this a change of script touches.
_WRITTEN = frozenset(
    {
        "title", "outlet", "author", "editor", "column_name", "issuer", "document_number",
        "kicker", "subtitle", "breadcrumb", "body", "markdown", "topics", "classification",
        "validity",
    }
)  # fmt: skip
_KINDS: Mapping[str, Kind] = {"INTEGER": "integer", "REAL": "number", "BLOB": "bytes"}
_DAY = (
    "CASE WHEN date(substr(a.published, 1, 10)) = substr(a.published, 1, 10)"
    " THEN substr(a.published, 1, 10) END"
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``sql`` gives its value, ``probe`` the same or cheaper, with the same beginning.

    The value is text or NULL for the kinds text, date (ISO 8601), moment (ISO 8601, UTC) and
    list (JSON: an array of objects with the fields ``parts``). ``probe`` is NULL where the value
    is. ``short``: never a whole text.
    """

    name: str
    kind: Kind
    sql: str
    probe: str = ""
    parts: tuple[Column, ...] = ()
    short: bool = False


def article_columns(reading: Reading) -> dict[str, Column]:
    """Every column an archive offers, by name, in order: articles, texts, lists."""
    made: dict[str, Column] = {}
    for table, alias in (("articles", "a"), ("article_texts", "t")):
        for name, declared in reading.columns(table).items():
            if name == "article":
                continue
            kind = "moment" if name in _MOMENTS else _KINDS.get(declared, "text")
            made[name] = Column(name, kind, f'{alias}."{name}"', short=name not in BODIES)
            if name == "published":
                made["published_day"] = Column("published_day", "date", _DAY, short=True)
    for column in (_ATTACHMENTS, _IMAGES, _ADDRESSES, _HISTORY):
        made[column.name] = column
    return made


def by_default(columns: Mapping[str, Column]) -> tuple[str, ...]:
    """The columns of a dataset for which nobody named any."""
    return tuple(name for name in columns if name not in _NOT_BY_DEFAULT)


def chosen(
    columns: Mapping[str, Column],
    names: Sequence[str] = (),
    *,
    bodies: bool = True,
    lists: Iterable[str] = (),
) -> tuple[Column, ...]:
    """The columns of these names (``all``: every one; none: the usual), and the lists asked for.

    Raises ChoiceError with the nearest name where one is unknown.
    """
    wanted: list[str] = []
    for name in names:
        wanted += columns if name == "all" else [known("column", name, columns)]
    unique = dict.fromkeys((wanted or list(by_default(columns))) + list(lists))
    if bodies:
        return tuple(columns[name] for name in unique)
    bodiless = {**columns, _HISTORY.name: _OUTLINE}
    return tuple(bodiless[name] for name in unique if name not in BODIES)


def in_script(columns: Iterable[Column], script: Script) -> tuple[Column, ...]:
    """The columns with what people wrote in another script.

    The SQL function ``in_script(text as bytes)`` must be offered where it is neither hans nor
    as-read.
    """
    if script == "hans":
        return tuple(columns)
    change = _as_read if script == "as-read" else _converted
    return tuple(map(change, columns))


def _as_read(column: Column) -> Column:
    if column.name not in ("title", "body"):
        return column
    original = column.sql.replace(column.name, f"{column.name}_original")
    return replace(column, sql=f"coalesce({original}, {column.sql})")


def _converted(column: Column) -> Column:
    if column.parts:
        sql = column.sql
        for part in column.parts:
            if part.name in _WRITTEN:
                sql = sql.replace(f", {part.sql}", f", in_script(CAST({part.sql} AS BLOB))")
        return replace(column, sql=sql)
    if column.name not in _WRITTEN:
        return column
    return replace(column, sql=f"in_script(CAST({column.sql} AS BLOB))", probe=column.sql)


def _list(name: str, table: str, order: str, *parts: Column) -> Column:
    """A column that holds rows of another table as JSON."""
    pairs = ", ".join(f"'{part.name}', {part.sql}" for part in parts)
    return Column(
        name,
        "list",
        f"(SELECT json_group_array(json_object({pairs}) ORDER BY {order})"  # noqa: S608  our names
        f" FROM {table} p WHERE p.article = c.id)",
        parts=parts,
    )


def _texts(*names: str) -> list[Column]:
    return [Column(name, "text", f'p."{name}"') for name in names]


_ATTACHMENTS = _list("attachments", "attachments", "p.position", *_texts("name", "type", "url"))
_IMAGES = _list("images", "images", "p.position", *_texts("name", "caption", "url"))
_ADDRESSES = _list("addresses", "article_urls", "p.first_seen, p.url", *_texts("url", "source"))
_MOMENTS_SEEN = [Column(name, "moment", f'p."{name}"') for name in ("first_seen", "last_seen")]
_NUMBER = Column("number", "integer", 'p."number"')
_HISTORY, _OUTLINE = (
    _list("history", "revisions", "p.number", _NUMBER, *_texts(*names), *_MOMENTS_SEEN)
    for names in (("kind", "title", "body", "wording"), ("kind", "title", "wording"))
)
