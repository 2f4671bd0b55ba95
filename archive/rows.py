"""From an Article to the rows of its tables; an empty text is stored as NULL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from model.article import Article
from model.source import Source

Row = dict[str, Any]

PARTS = ("attachments", "images", "repairs")  # tables with rows of their own for one article


def article_row(source: Source, article: Article) -> Row:
    """The row of table articles, without what the archive itself knows (key, times, state)."""
    when, damage = article.published, article.damage
    return {
        "source": source.id,
        "title": article.title,
        "published": when.value if when else None,
        "published_precision": when.precision if when else None,
        "published_origin": when.origin or None if when else None,
        "year": int(when.value[:4]) if when else None,
        "outlet": article.outlet or None,
        "author": article.author or None,
        "editor": article.editor or None,
        "column_name": article.column or source.column,
        "organisation_kind": source.organisation.kind,
        "region": source.organisation.region or None,
        "document_number": article.document.number or None,
        "issuer": article.document.issuer or None,
        "body_kind": article.body_kind,
        "characters": len(article.text),
        "script": article.script,
        "damage": damage.family if damage else None,
        "trust": damage.trust if damage else None,
        "read_count": article.read_count,
        "title_traditional": article.title_traditional or None,
        "title_original": article.title_original,
        "url": article.url,
        "wording": article.wording,
    }


def text_row(number: int, article: Article) -> Row:
    """The row of table article_texts."""
    document = article.document
    return {
        "article": number,
        "kicker": article.kicker or None,
        "subtitle": article.subtitle or None,
        "breadcrumb": " > ".join(article.breadcrumb) or None,
        "body": article.text,
        "body_original": article.body_original,
        "markdown": article.markdown,
        "index_number": document.index_number or None,
        "signed": document.signed or None,
        "in_force": document.in_force or None,
        "topics": document.topics or None,
        "classification": document.classification or None,
        "validity": document.validity or None,
    }


def parts_rows(number: int, article: Article) -> Mapping[str, list[Row]]:
    """The rows of the tables attachments, images and repairs."""
    return {
        "attachments": [
            {
                "article": number,
                "position": position,
                "name": part.name or None,
                "type": part.type or None,
                "url": part.url,
            }
            for position, part in enumerate(article.attachments, 1)
        ],
        "images": [
            {
                "article": number,
                "position": position,
                "name": image.name or None,
                "caption": image.caption or None,
                "url": image.url,
            }
            for position, image in enumerate(article.images, 1)
        ],
        "repairs": [
            {
                "article": number,
                "field": edit.field,
                "offset": edit.offset,
                "before": edit.before,
                "after": edit.after,
                "sure": int(edit.sure),
                "rule": edit.rule,
            }
            for edit in (article.damage.edits if article.damage else ())
        ],
    }


def inserted(db: Database, table: str, row: Row) -> int:
    """Inserts one row and gives its id."""
    made = db.table(table).insert(row, pk="id").last_pk
    assert isinstance(made, int)  # noqa: S101  every table here has an integer id
    return made
