"""SQL of strangers: answered by a child within limits, or refused with a word."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import pytest
from datasette.database import QueryInterrupted
from datasette.utils import sqlite3
from reading_archive import make

from browse import querying
from browse.querying import Querying, TooMuch, fetch

_ENDLESS = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 1 FROM n WHERE i < 0
"""


@pytest.fixture(scope="module")
def children(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Querying]:
    path = tmp_path_factory.mktemp("room") / "archive.db"
    make(path, articles=30)
    made = Querying(path)
    yield made
    made.close()


def ask(children: Querying, sql: str, parameters: Any = None, most: int | None = 100) -> Any:
    return asyncio.run(children.results(sql, parameters, most))


def test_rows_are_as_datasette_wants_them(children: Querying) -> None:
    results = ask(children, "SELECT id, title, id FROM articles WHERE id = :n", {"n": "2"})
    row = results.rows[0]
    assert row[0] == row["id"] == 2
    assert dict(row)["title"] == row[1]
    assert list(row) == [2, row["title"], 2]
    assert results.columns == ["id", "title", "id"]
    assert results.truncated is False


def test_search_still_works(children: Querying) -> None:
    found = "(SELECT value FROM json_each(found('养老')))"
    sql = f"SELECT passage(body, '养老') FROM article_texts WHERE article IN {found}"
    assert "【养老】" in ask(children, sql).rows[0][0]


def test_more_rows_than_wanted_are_told(children: Querying) -> None:
    results = ask(children, "SELECT 1 FROM articles", None, 5)
    assert (len(results.rows), results.truncated) == (5, True)


def test_a_query_that_goes_on_is_interrupted(children: Querying) -> None:
    with pytest.raises(QueryInterrupted):
        ask(children, _ENDLESS)


def test_one_long_step_is_ended_with_its_process(children: Querying) -> None:
    began = time.monotonic()
    with pytest.raises((QueryInterrupted, sqlite3.OperationalError)):
        ask(children, "SELECT instr(hex(zeroblob(9000000)), hex(zeroblob(500000)) || '1')")
    assert time.monotonic() - began < 4
    assert ask(children, "SELECT 1").rows[0][0] == 1


def test_memory_is_bounded(children: Querying) -> None:
    with pytest.raises(sqlite3.OperationalError, match="too much memory"):
        ask(children, "SELECT length(hex(zeroblob(400000000)))")


def test_an_answer_is_bounded(children: Querying) -> None:
    with pytest.raises(TooMuch):
        ask(children, "SELECT hex(zeroblob(400000)) FROM articles")


@pytest.mark.parametrize(
    "sql",
    ["SELECT * FROM pragma_database_list", "SELECT sqlite_version()", "SELECT * FROM frontier",
     "SELECT load_extension('x')", "ATTACH 'x' AS y", "DELETE FROM articles", "SELECT 1; SELECT 2",
     "CREATE TEMP TABLE x (y)", "PRAGMA cache_size = 9", "SELECT " + "1," * 20_000 + "1"],
)  # fmt: skip
def test_what_tells_or_changes_is_refused(children: Querying, sql: str) -> None:
    with pytest.raises((sqlite3.DatabaseError, QueryInterrupted)):
        ask(children, sql)


def test_what_is_bounded_is_counted() -> None:
    rows = [("a" * 10, b"b" * 10, 3)] * 9
    assert fetch(iter(rows), 4) == rows[:5]
    assert fetch(iter(rows), None) == rows
    with pytest.raises(TooMuch):
        fetch(iter(rows), None, 100)
    assert querying.SECONDS < 2
