"""The index: what is added is found, what is removed is gone, and damage is seen."""

from __future__ import annotations

from typing import Any

import pytest
from shelf import MODULES, prose, put, shelf, texts_of

from archive import search

ARTICLES = prose(120)


@pytest.fixture(params=MODULES.values(), ids=MODULES)
def connection(request: pytest.FixtureRequest) -> Any:
    return shelf(ARTICLES, request.param)


def _wrong(connection: Any) -> list[str]:
    return search.verify(connection, texts_of(connection), sample=120, seed=3)


def _postings(connection: Any) -> list[tuple[Any, ...]]:
    """Everything the index says, however it is stored."""
    found = []
    for table in search.TABLES:
        name = f"temp.v_{table}"
        connection.execute(f"CREATE VIRTUAL TABLE {name} USING fts5vocab(main, {table}, instance)")
        found += connection.execute(f"SELECT '{table}', * FROM {name} ORDER BY 2, 3, 4, 5")
        connection.execute(f"DROP TABLE {name}")
    return found


def test_a_good_index_has_nothing_wrong(connection: Any) -> None:
    assert _wrong(connection) == []


def test_changing_leaves_what_building_anew_gives(connection: Any) -> None:
    old = ARTICLES[10:60]
    new = [(number, title + "甲", body[::-1]) for number, title, body in old]
    search.replace(connection, reversed(old), new)
    search.remove(connection, ARTICLES[80:])
    now = ARTICLES[:10] + new + ARTICLES[60:80]
    assert _postings(connection) == _postings(shelf(now))


def test_adding_and_removing_leaves_nothing(connection: Any) -> None:
    more = [(number + 1000, title, body) for number, title, body in ARTICLES]
    before = _postings(connection)
    search.add(connection, more)
    assert _postings(connection) != before
    search.remove(connection, more)
    assert _postings(connection) == before


def test_rebuilding_and_tidying_change_no_answer(connection: Any) -> None:
    before = _postings(connection)
    search.rebuild(connection, iter(ARTICLES))
    assert _postings(connection) == before
    for article in prose(40, seed=9):
        put(connection, [(article[0] + 500, *article[1:])])
    before = _postings(connection)
    for _ in range(200):
        if not search.merge(connection, pages=16, whole=True):
            break
    assert not search.merge(connection)
    assert _postings(connection) == before
    assert _wrong(connection) == []


def test_an_article_without_text_can_be_kept(connection: Any) -> None:
    search.add(connection, [(900, "只有标题", None)])
    assert search.find(connection, search.compile("只有标题")) == [900]
    search.remove(connection, [(900, "只有标题", None)])
    assert search.find(connection, search.compile("只有标题")) == []


def test_every_change_has_another_version(connection: Any) -> None:
    seen = [search.version(connection)]
    row = [(700, "题", "文")]
    for change in (search.add, search.remove, search.rebuild):
        change(connection, row)
        seen.append(search.version(connection))
    assert sorted(set(seen)) == seen


def test_articles_that_are_not_indexed_are_told(connection: Any) -> None:
    search.remove(connection, ARTICLES[:3])
    wrong = _wrong(connection)
    assert any("3 articles are not in it (1, 2, 3" in line for line in wrong)
    assert any("misses" in line for line in wrong)


def test_articles_that_are_only_indexed_are_told(connection: Any) -> None:
    search.add(connection, [(800, "幽灵", "幽灵")])
    assert any("1 articles in it do not exist (800" in line for line in _wrong(connection))


def test_another_text_than_was_indexed_is_told(connection: Any) -> None:
    connection.execute("UPDATE article_texts SET body = '换了的内容' WHERE article > 20")
    assert any("misses" in line for line in _wrong(connection))


def test_an_index_made_by_other_rules_is_told(connection: Any) -> None:
    connection.execute("UPDATE search_state SET format = '0 of another table of characters'")
    assert _wrong(connection) == [
        "search index: was made by another version of the rules; rebuild it"
    ]


def test_an_empty_archive_has_nothing_wrong() -> None:
    assert _wrong(shelf([])) == []
