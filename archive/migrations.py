"""The tables of archive.db, step by numbered step. A step that has landed is never edited."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from . import search, suspects

steps = Migrations("tashan")

TEXT, INT, REAL, BLOB = str, int, float, bytes


@steps(name="0001_articles")
def _articles(db: Database) -> None:
    _create(
        db,
        "sources",
        {
            "id": TEXT,
            "title": TEXT,
            "organisation": TEXT,
            "kind": TEXT,
            "region": TEXT,
            "column_name": TEXT,
            "family": TEXT,
            "start": TEXT,
            "status": TEXT,
            "evidence": TEXT,
            "terms": TEXT,
            "walked": TEXT,
            "definition": TEXT,
        },
    )
    _create(
        db,
        "articles",
        {
            "id": INT,
            "key": TEXT,
            "source": TEXT,
            "title": TEXT,
            "published": TEXT,
            "published_precision": TEXT,
            "published_origin": TEXT,
            "year": INT,
            "outlet": TEXT,
            "author": TEXT,
            "editor": TEXT,
            "column_name": TEXT,
            "organisation_kind": TEXT,
            "region": TEXT,
            "document_number": TEXT,
            "issuer": TEXT,
            "body_kind": TEXT,
            "characters": INT,
            "script": TEXT,
            "damage": TEXT,
            "trust": REAL,
            "read_count": INT,
            "state": TEXT,
            "revisions": INT,
            "title_traditional": TEXT,
            "title_original": TEXT,
            "url": TEXT,
            "wording": TEXT,
            "first_seen": TEXT,
            "last_seen": TEXT,
        },
        foreign_keys=[("source", "sources", "id")],
        not_null={"key", "source", "title", "wording"},
        indexes=(
            ("source", "wording"),
            ("published",),
            ("year",),
            ("outlet",),
            ("region",),
            ("organisation_kind",),
            ("body_kind",),
        ),
        unique=("key",),
    )
    _create(
        db,
        "article_texts",
        {
            "article": INT,
            "kicker": TEXT,
            "subtitle": TEXT,
            "breadcrumb": TEXT,
            "body": TEXT,
            "body_original": TEXT,
            "markdown": TEXT,
            "index_number": TEXT,
            "signed": TEXT,
            "in_force": TEXT,
            "topics": TEXT,
            "classification": TEXT,
            "validity": TEXT,
        },
        pk="article",
        foreign_keys=[("article", "articles", "id")],
    )
    _create(
        db,
        "article_urls",
        {"url": TEXT, "article": INT, "source": TEXT, "first_seen": TEXT, "last_seen": TEXT},
        pk="url",
        foreign_keys=[("article", "articles", "id"), ("source", "sources", "id")],
        indexes=(("article",),),
    )
    _create(
        db,
        "revisions",
        {
            "id": INT,
            "article": INT,
            "number": INT,
            "kind": TEXT,
            "title": TEXT,
            "body": TEXT,
            "wording": TEXT,
            "sha256": TEXT,
            "first_seen": TEXT,
            "last_seen": TEXT,
        },
        foreign_keys=[("article", "articles", "id")],
        unique=("article", "number"),
    )
    _create(
        db,
        "snapshots",
        {
            "id": INT,
            "revision": INT,
            "page": INT,
            "url": TEXT,
            "fetched": TEXT,
            "status": INT,
            "headers": TEXT,
            "sha256": TEXT,
            "size": INT,
            "packing": TEXT,
            "body": BLOB,
        },
        foreign_keys=[("revision", "revisions", "id")],
        unique=("revision", "page"),
    )
    _create(
        db,
        "attachments",
        {"id": INT, "article": INT, "position": INT, "name": TEXT, "type": TEXT, "url": TEXT},
        foreign_keys=[("article", "articles", "id")],
        indexes=(("article",),),
    )
    _create(
        db,
        "images",
        {"id": INT, "article": INT, "position": INT, "name": TEXT, "caption": TEXT, "url": TEXT},
        foreign_keys=[("article", "articles", "id")],
        indexes=(("article",),),
    )
    _create(
        db,
        "repairs",
        {
            "id": INT,
            "article": INT,
            "field": TEXT,
            "offset": INT,
            "before": TEXT,
            "after": TEXT,
            "sure": INT,
            "rule": TEXT,
        },
        foreign_keys=[("article", "articles", "id")],
        indexes=(("article",),),
    )


@steps(name="0002_runs")
def _runs(db: Database) -> None:
    _create(
        db,
        "runs",
        {"id": INT, "started": TEXT, "finished": TEXT, "command": TEXT, "verdict": TEXT},
    )
    _create(
        db,
        "run_sources",
        {
            "run": INT,
            "source": TEXT,
            "listed": INT,
            "new": INT,
            "changed": INT,
            "unchanged": INT,
            "refused": INT,
            "failed": INT,
            "requests": INT,
            "first_page": INT,
            "filled": TEXT,
            "length": REAL,
            "verdict": TEXT,
            "note": TEXT,
        },
        pk=("run", "source"),
        foreign_keys=[("run", "runs", "id"), ("source", "sources", "id")],
    )
    _create(
        db,
        "problems",
        {
            "id": INT,
            "run": INT,
            "source": TEXT,
            "happened": TEXT,
            "kind": TEXT,
            "message": TEXT,
            "url": TEXT,
        },
        foreign_keys=[("run", "runs", "id"), ("source", "sources", "id")],
        indexes=(("source",),),
    )
    _create(
        db,
        "frontier",
        {
            "url": TEXT,
            "source": TEXT,
            "address": TEXT,
            "title": TEXT,
            "published": TEXT,
            "state": TEXT,
            "reason": TEXT,
            "tries": INT,
            "not_before": TEXT,
            "first_listed": TEXT,
            "last_listed": TEXT,
        },
        pk="url",
        foreign_keys=[("source", "sources", "id")],
        indexes=(("source", "state"),),
    )
    _create(
        db,
        "listings",
        {
            "url": TEXT,
            "source": TEXT,
            "etag": TEXT,
            "last_modified": TEXT,
            "rows": INT,
            "fetched": TEXT,
        },
        pk="url",
        foreign_keys=[("source", "sources", "id")],
    )


@steps(name="0003_search")
def _search(db: Database) -> None:
    search.create(db.conn)


@steps(name="0004_suspects")
def _suspects(db: Database) -> None:
    suspects.create(db)


@steps(name="0005_by_date")
def _by_date(db: Database) -> None:
    """What a source published when, without a look into its rows: the home page counts it all."""
    db.table("articles").create_index(["source", "published"])


def _create(
    db: Database,
    name: str,
    columns: dict[str, type],
    pk: str | tuple[str, ...] = "id",
    foreign_keys: list[tuple[str, str, str]] | None = None,
    not_null: set[str] | None = None,
    indexes: tuple[tuple[str, ...], ...] = (),
    unique: tuple[str, ...] = (),
) -> None:
    table = db.table(name)
    table.create(
        columns, pk=pk, foreign_keys=foreign_keys or [], not_null=not_null or set(), strict=True
    )
    for index in indexes:
        table.create_index(index)
    if unique:
        table.create_index(unique, unique=True)
