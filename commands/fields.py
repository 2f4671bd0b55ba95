"""The fields of an article as people look at them: value, and the rule that found it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from rich.markup import escape
from rich.table import Table

from model.article import Article

SHOWN = (
    "title", "kicker", "subtitle", "published", "outlet", "author", "editor", "column",
    "breadcrumb", "read_count", "document", "body_kind", "images", "attachments", "next_page",
    "encoding", "script", "damage", "title_original", "title_traditional", "wording", "body",
)  # fmt: skip

READ = (
    "title", "kicker", "subtitle", "published", "outlet", "author", "editor", "column",
    "breadcrumb", "read_count", "document", "images", "attachments", "next_page", "body",
)  # fmt: skip


def table(article: Article, *, every: bool = False) -> Table:
    """One row a field; with ``every`` also the fields that a page may have and this one has not."""
    made = Table(box=None, pad_edge=False, header_style="bold")
    made.add_column("field", no_wrap=True)
    made.add_column("value", overflow="fold")
    made.add_column("found by", overflow="fold", style="dim", max_width=36)
    for name in SHOWN:
        text = shown(article, name)
        if text:
            made.add_row(name, escape(text), escape(article.found_by.get(name, "")))
        elif every and name in READ:
            made.add_row(name, "", "nothing found it")
    return made


def filled(article: Article) -> Iterator[tuple[str, str, str]]:
    """Name, value and rule of every field of a page that has a value."""
    for name in READ:
        text = shown(article, name)
        if text:
            yield name, text, article.found_by.get(name, "")


def shown(article: Article, name: str) -> str:
    """One field as text, '' where it has no value."""
    return _text(article.text if name == "body" else getattr(article, name))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "\n".join(_text(part) for part in value)
    if hasattr(value, "__dataclass_fields__"):
        parts = {k: v for k, v in asdict(value).items() if v not in ("", None, ()) and k != "edits"}
        edits = getattr(value, "edits", None)
        tail = f" · edits: {len(edits)}" if edits else ""
        return " · ".join(f"{key}: {part}" for key, part in parts.items()) + tail
    return str(value)
