"""Saved pages of many makes, read without any rule: every field as expected."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.pages import read_article

PAGES = Path(__file__).resolve().parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.json"))


def saved(name: str) -> tuple[bytes, dict[str, Any]]:
    expected = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    return (PAGES / f"{name}.html").read_bytes(), expected


@pytest.mark.parametrize("name", NAMES)
def test_every_field_is_as_expected(name: str) -> None:
    body, expected = saved(name)
    article = read_article(body, expected.pop("url"))
    found = {
        "title": article.title,
        "published": article.published.value if article.published else "",
        "outlet": article.outlet,
        "author": article.author,
        "editor": article.editor,
        "column": article.column,
        "read_count": article.read_count,
        "body_kind": article.body_kind,
        "encoding": article.encoding,
        "paragraphs": article.text.split("\n"),
        "images": [[image.url, image.name] for image in article.images],
        "attachments": [[file.url, file.name, file.type] for file in article.attachments],
        "document": {
            key: value
            for key in article.document.__dataclass_fields__
            if (value := getattr(article.document, key))
        },
    }
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize("name", NAMES)
def test_every_field_names_what_told_it(name: str) -> None:
    body, expected = saved(name)
    article = read_article(body, expected["url"])
    for field in ("title", "published", "outlet", "author", "editor", "body", "column"):
        assert bool(getattr(article, field)) == bool(article.found_by.get(field)), field


def test_a_header_without_truth_changes_nothing() -> None:
    body, expected = saved("old-table")
    said = read_article(body, expected["url"], content_type="text/html; charset=utf-8")
    assert said == read_article(body, expected["url"])
