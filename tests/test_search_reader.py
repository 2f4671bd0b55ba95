"""The reader: pages in the right order with exact totals, also while the archive is written."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from pysqlite3 import dbapi2
from shelf import prose, put, shelf, texts_of

from archive import search
from archive.search import Reader
from archive.search import reader as module

FACETS = ("source", "outlet", "year")


def _dated(connection: Any) -> Any:
    """Each article on its own day, later ids on earlier days."""
    connection.execute("UPDATE articles SET published = date('2026-01-01', -id || ' days')")
    connection.execute("UPDATE articles SET year = CAST(substr(published, 1, 4) AS INTEGER)")
    return connection


ARCHIVE = _dated(shelf(prose(300)))
READER = Reader(FACETS)


@pytest.mark.parametrize("order", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize(
    "query", ["养老", "的", "养老 社区 OR 物业", "养老 -标题:养老", "2020..", "-养老"]
)
@pytest.mark.parametrize("few", [0, 1000])
def test_pages_together_are_all_hits_once(
    query: str, order: Any, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SCORED", few)
    hits = search.find(ARCHIVE, search.compile(query))
    seen: list[int] = []
    while True:
        page = READER.page(ARCHIVE, query, order, limit=7, offset=len(seen))
        assert page.total == len(hits)
        if not page.ids:
            break
        seen += page.ids
    assert sorted(seen) == hits
    if order != "relevance":
        assert seen == (hits if order == "newest" else hits[::-1])  # earlier ids are newer


@pytest.mark.parametrize("few", [0, 1000])
@pytest.mark.parametrize("query", ["养老", "治理", "养老 社区", "基层 OR 党建"])
def test_relevance_puts_titles_first(query: str, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SCORED", few)
    ids = READER.page(ARCHIVE, query, limit=300).ids
    titled = set(search.in_titles(ARCHIVE, search.compile(query)).tolist())
    assert titled
    assert set(ids[: len(titled)]) == titled
    if few == 0:
        assert ids == sorted(titled) + sorted(set(ids) - titled)


def test_among_few_hits_the_one_that_says_it_most_is_first() -> None:
    connection = shelf(
        [
            (1, "甲", "养老" + "，别的内容" * 80),
            (2, "乙", "养老服务与养老保险，养老金"),
            (3, "丙", "别的"),
        ]
    )
    assert Reader(()).page(connection, "养老").ids == [2, 1]


def test_facets_count_all_hits_and_narrow_them() -> None:
    connection = shelf([])
    put(connection, [(1, "养老", ""), (2, "养老", "")], outlet="甲报", year=2019)
    put(connection, [(3, "养老", ""), (4, "物业", "")], outlet="乙报", year=2019)
    page = Reader(FACETS).page(connection, "养老", limit=1)
    assert page.facets["outlet"] == Counter({"甲报": 2, "乙报": 1})
    assert page.facets["year"] == Counter({2019: 3})
    narrowed = Reader(FACETS).page(connection, "养老", chosen={"outlet": "乙报"})
    assert (narrowed.total, narrowed.ids) == (1, [3])
    assert narrowed.facets["outlet"] == Counter({"乙报": 1})


def test_a_title_that_is_narrowed_away_does_not_come_back() -> None:
    connection = shelf([])
    put(connection, [(1, "养老", ""), (2, "别的", "养老")], year=2019)
    put(connection, [(3, "养老", "")], year=2020)
    page = Reader(FACETS).page(connection, "养老", chosen={"year": 2019})
    assert page.ids == [1, 2]
    assert Reader(FACETS).page(connection, "养老 -标题:养老").ids == [2]


def test_a_change_is_seen_at_once() -> None:
    connection = shelf(prose(20))
    reader = Reader(FACETS)
    before = reader.page(connection, "养老").total
    assert reader.page(connection, "养老").total == before
    put(connection, [(500, "养老", "")], outlet="新的报")
    page = reader.page(connection, "养老")
    assert page.total == before + 1
    assert page.facets["outlet"]["新的报"] == 1


def test_earlier_results_are_forgotten_when_they_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_KEPT", 300)
    reader = Reader(FACETS)
    for query in ("养老", "社区", "物业", "管理", "养老"):
        assert reader.page(ARCHIVE, query).total == len(search.find(ARCHIVE, search.compile(query)))
    assert sum(map(len, reader._held.found.values())) <= 300  # type: ignore[union-attr]


def test_a_query_that_says_nothing_is_refused() -> None:
    with pytest.raises(search.QueryError):
        READER.page(ARCHIVE, "，")


def test_readers_are_right_while_another_writes(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    writer = dbapi2.connect(path, isolation_level=None, check_same_thread=False)
    writer.execute("PRAGMA journal_mode = WAL")
    shelf(prose(60)).backup(writer)
    reader = Reader(FACETS)
    problems: list[str] = []

    def write() -> None:
        for number in range(1000, 1060):
            writer.execute("BEGIN IMMEDIATE")
            put(writer, [(number, "养老", "社区")], outlet=f"报{number}")
            writer.execute("COMMIT")

    def read() -> None:
        connection = dbapi2.connect(f"{path.as_uri()}?mode=ro", uri=True)
        for _ in range(80):
            page = reader.page(connection, "养老", order="newest", limit=1000)
            if page.total != len(page.ids) or page.facets["source"].total() != page.total:
                problems.append(f"{page.total} {len(page.ids)}")

    threads = [Thread(target=write), Thread(target=read), Thread(target=read)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not problems
    assert reader.page(writer, "养老").total == len(
        [n for n, title, body in texts_of(writer) if "养老" in title + body]
    )
    writer.close()
