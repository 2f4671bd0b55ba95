"""Columns: facets and dates in memory say what SQL says."""

from __future__ import annotations

import json
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from shelf import prose, shelf

from archive.search.columns import FACETS, Columns

SIZE = 400


def _archive() -> Any:
    connection = shelf(prose(SIZE))
    chance = random.Random(2)
    for number in range(1, SIZE + 1):
        published = chance.choice(
            [
                None,
                "2019",
                "2020-03",
                "2020-03-05",
                "2021-11-30T08:00",
                f"2018-0{chance.randint(1, 9)}",
            ]
        )
        connection.execute(
            "UPDATE articles SET source = ?, published = ?, year = ?, outlet = ?, region = ?,"
            " organisation_kind = ?, body_kind = ? WHERE id = ?",
            [
                f"s{chance.randint(1, 9)}", published, int(published[:4]) if published else None,
                chance.choice([None, *(f"媒体{n}" for n in range(60))]),
                chance.choice([None, "510400", "110000"]), chance.choice(["news", "government"]),
                "text", number,
            ],
        )  # fmt: skip
    connection.execute("DELETE FROM articles WHERE id % 50 = 0")  # ids have gaps
    return connection


ARCHIVE = _archive()
IDS = [number for (number,) in ARCHIVE.execute("SELECT id FROM articles ORDER BY id")]
some_ids = st.sets(st.sampled_from(IDS)).map(sorted)


COLUMNS = Columns(ARCHIVE)


@settings(deadline=None)
@given(ids=some_ids)
def test_facets_are_what_sql_counts(ids: list[int]) -> None:
    counted = COLUMNS.facets(ids)
    assert list(counted) == list(FACETS)
    for name in FACETS:
        expression = "substr(published, 1, 7)" if name == "month" else name
        rows = ARCHIVE.execute(
            f"SELECT {expression} AS value, count(*) FROM articles WHERE value IS NOT NULL"
            " AND id IN (SELECT value FROM json_each(?)) GROUP BY 1",
            [json.dumps(ids)],
        )
        assert dict(rows.fetchall()) == counted[name]


@settings(deadline=None)
@given(ids=some_ids)
def test_narrowing_keeps_those_that_have_the_values(ids: list[int]) -> None:
    kept = COLUMNS.narrow(ids, {"region": "510400", "year": 2020, "outlet": "媒体3"})
    rows = ARCHIVE.execute(
        "SELECT id FROM articles WHERE region = '510400' AND year = 2020 AND outlet = '媒体3'"
        " AND id IN (SELECT value FROM json_each(?)) ORDER BY id",
        [json.dumps(ids)],
    )
    assert kept == [number for (number,) in rows]
    assert COLUMNS.narrow(ids, {"source": "unknown"}) == []
    assert COLUMNS.narrow(ids, {}) == ids


@settings(deadline=None)
@given(
    ids=some_ids,
    limit=st.integers(0, 50),
    offset=st.integers(0, 100),
    order=st.sampled_from(["newest", "oldest"]),
)
def test_pages_by_date_are_those_of_sql(
    ids: list[int], limit: int, offset: int, order: str
) -> None:
    way = "DESC" if order == "newest" else "ASC"
    rows = ARCHIVE.execute(
        "SELECT id FROM articles WHERE id IN (SELECT value FROM json_each(?))"
        f" ORDER BY published IS NULL, published {way}, id DESC LIMIT ? OFFSET ?",
        [json.dumps(ids), limit, offset],
    )
    expected = [number for (number,) in rows]
    if order == "newest":
        assert COLUMNS.by_date(ids, "newest", limit, offset) == expected
    else:
        found = COLUMNS.by_date(ids, "oldest", limit, offset)
        assert list(map(_date, found)) == list(map(_date, expected))


def _date(number: int) -> Any:
    return ARCHIVE.execute("SELECT published FROM articles WHERE id = ?", [number]).fetchone()


def test_an_empty_archive_has_no_facets() -> None:
    columns = Columns(shelf([]))
    assert columns.by_date([], "newest", 20) == []
    assert not any(columns.facets([]).values())


def test_articles_that_came_later_are_left_out() -> None:
    later = [*IDS[:3], 10**6]
    assert COLUMNS.narrow(later, {}) == IDS[:3]
    assert COLUMNS.facets(later)["body_kind"].total() == 3
