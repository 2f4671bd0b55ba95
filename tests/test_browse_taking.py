"""What readers take away: files of results and tables, feeds, Datasette's table page."""

from __future__ import annotations

import csv
import io
import json
import re

import pyarrow.parquet as parquet
import reading_archive
from reading_archive import Visitor

keys, room = reading_archive.keys, reading_archive.room


def test_results_can_be_taken_away(room: Visitor) -> None:
    text = room.get("/search.csv?q=养老&sort=oldest").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 20
    dates = [row["published"] for row in rows]
    assert dates == sorted(dates)
    lines = room.get("/search.jsonl?q=养老").text.splitlines()
    assert {json.loads(line)["key"] for line in lines} == {row["key"] for row in rows}


def test_results_can_be_taken_away_as_parquet(room: Visitor) -> None:
    answer = room.get("/search.parquet?q=养老&sort=oldest")
    table = parquet.read_table(io.BytesIO(answer.content))
    assert table.num_rows == 20
    dates = table.column("published").to_pylist()
    assert dates == sorted(dates)


def test_every_table_page_can_be_taken_away_whole(room: Visitor) -> None:
    asked = "outlet=清河日报&_sort=published&_size=2&_facet=year"
    shown = room.get(f"/archive/articles.json?{asked}").json()["filtered_table_rows_count"]
    text = room.get(f"/download/articles.csv?{asked}").content
    assert text.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    assert len(rows) == shown > 2
    dates = [row["published"] for row in rows]
    assert dates == sorted(dates)
    lines = room.get(f"/download/articles.jsonl?{asked}").text.splitlines()
    assert [json.loads(line)["key"] for line in lines] == [row["key"] for row in rows]
    table = parquet.read_table(io.BytesIO(room.get(f"/download/articles.parquet?{asked}").content))
    assert table.column("key").to_pylist() == [row["key"] for row in rows]
    found = room.get("/download/articles.jsonl?_search=養老").text.splitlines()
    assert len(found) == 20
    assert "/download/articles.csv?outlet=" in room.text("/archive/articles?outlet=清河日报")
    assert room.get("/download/nothing.csv").status_code == 404
    assert room.get("/download/articles.csv?_sort=nonsense").status_code == 400


def test_a_search_is_a_feed(room: Visitor) -> None:
    answer = room.get("/feed.atom?q=养老&outlet=清河日报")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert answer.text.count("<entry ") == 10
    assert 'type="application/atom+xml" href="/feed.atom?q=' in room.text("/search?q=养老")


def test_the_table_page_takes_the_same_search(room: Visitor) -> None:
    page = room.text("/search?q=养老&outlet=清河日报")
    address = re.findall(r'<a href="(/archive/articles[^"]+)"', page)[-1].replace("&amp;", "&")
    assert (
        room.get(address.replace("articles?", "articles.json?")).json()["filtered_table_rows_count"]
        == 10
    )
