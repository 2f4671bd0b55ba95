"""What strangers may take at once, and which tables they see."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from click.testing import CliRunner
from datasette.utils import tilde_encode
from pysqlite3 import dbapi2 as sqlite3
from reading_archive import make

from browse import limits
from browse.application import application
from commands.main import tashan


class Stranger:
    """Asks an application as `tashan serve --public` makes it."""

    def __init__(self, path: Path, **options: Any) -> None:
        self._app = application(path, public=True, **options)
        self._loop = asyncio.new_event_loop()

    def get(self, target: str, **options: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app)
            async with httpx.AsyncClient(transport=transport, base_url="http://room.test") as one:
                return await one.request("GET", target, **options)

        return self._loop.run_until_complete(ask())

    def close(self) -> None:
        self._loop.close()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("room") / "archive.db"
    make(path, articles=150)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (secret TEXT)")
        connection.execute("UPDATE article_texts SET body = ? WHERE article < 20", ["长" * 400_000])
    connection.close()
    return path


@pytest.fixture(scope="module")
def stranger(path: Path) -> Iterator[Stranger]:
    made = Stranger(path)
    yield made
    made.close()


@pytest.fixture(scope="module")
def writer(path: Path) -> Iterator[Stranger]:
    made = Stranger(path, sql=True)
    yield made
    made.close()


def test_an_answer_of_many_megabytes_is_refused_with_a_way_out(stranger: Stranger) -> None:
    for form in ("", ".json", ".csv"):
        answer = stranger.get(f"/archive/article_texts{form}?_size=max")
        assert answer.status_code == 400, form
        assert "_size" in answer.text
    assert stranger.get("/archive/article_texts.json?_size=5").status_code == 200
    assert stranger.get("/archive/article_texts.json?_size=max&_col=kicker").status_code == 200


def test_all_statements_of_a_request_share_its_time(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("browse.application.limits.STRANGERS", limits.Limits(0.1, 10**6))
    hasty = Stranger(path, sql=True)
    assert hasty.get("/archive.json?sql=select+1").status_code == 200
    endless = "with recursive n(i) as (select 1 union all select i+1 from n) select max(i) from n"
    began = time.monotonic()
    assert hasty.get(f"/archive.json?sql={quote(endless)}").status_code == 400
    assert time.monotonic() - began < 0.7
    hasty.close()


@pytest.mark.parametrize(
    "table",
    ["frontier", "listings", "suspects", "notes", "search_state", "_sqlite_migrations",
     "articles_fts", "articles_fts_data", "sqlite_master", "sqlite_stat1"],
)  # fmt: skip
def test_only_described_tables_are_there(stranger: Stranger, table: str) -> None:
    for tail in ("", ".json", ".csv", "/1", "/1.json"):
        assert stranger.get(f"/archive/{table}{tail}").status_code in (403, 404), tail
    assert stranger.get("/archive").text.count(f">{table}<") == 0
    assert stranger.get("/archive/articles").status_code == 200


def test_sql_is_closed_unless_it_is_opened(stranger: Stranger, writer: Stranger) -> None:
    target = f"/archive.json?_shape=array&sql={quote('select 1 as one')}"
    assert stranger.get(target).status_code == 403
    assert stranger.get("/archive/articles?_where=1").status_code == 403
    assert writer.get(target).json() == [{"one": 1}]
    assert writer.get("/archive/articles.json?_where=id%3C3&_shape=array").json()[1]["id"] in (1, 2)
    assert writer.get("/archive.json?sql=select+*+from+frontier").status_code == 400
    assert "frontier" not in writer.get("/archive/articles").text


def test_a_stored_query_is_no_sql_of_a_stranger(stranger: Stranger) -> None:
    name = tilde_encode("每年篇数")
    answer = stranger.get(f"/archive/{name}.json?{quote('检索词')}={quote('养老')}")
    assert answer.status_code == 200
    assert answer.json()["rows"]


def test_a_csv_of_sql_is_whole_or_refused(writer: Stranger) -> None:
    assert writer.get("/archive.csv?sql=select+id+from+articles").status_code == 400
    assert writer.get("/archive.csv?sql=select+id+from+articles+limit+9").text.count("\r\n") == 10


@pytest.mark.parametrize(
    ("target", "status"),
    [("/" + "a" * 700, 404), ("/\\example.org/x/", 404), ("//example.org/", 404),
     ("/search?" + "&".join(f"a{n}=1" for n in range(80)), 400), ("/search?q=" + "a" * 25_000, 400),
     ("/archive.csv", 400), ("/archive/run_sources/1,x,y,z", 404), ("/archive/run_sources/1", 400),
     ("/archive/articles?_sort_desc=rowid", 400), ("/archive/articles?_sort=id&_sort_desc=id", 400),
     ("/-/static/app.css/" + "%C7" * 190, 404)],
)  # fmt: skip
def test_strange_addresses_get_their_status(stranger: Stranger, target: str, status: int) -> None:
    answer = stranger.get(f"http://room.test{target}")
    assert answer.status_code == status
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors" in answer.headers["content-security-policy"]


def test_a_cookie_that_cannot_be_read_is_nobodys(stranger: Stranger) -> None:
    assert stranger.get("/", headers={b"cookie": b"ds_actor=\xc7\xee"}).status_code == 200


def test_nothing_tells_a_version(stranger: Stranger) -> None:
    for target in ("/", "/archive", "/archive/articles", "/archive/articles/1", "/-/nothing"):
        assert "Datasette v" not in stranger.get(target).text


def test_sql_for_strangers_needs_strangers(path: Path) -> None:
    answer = CliRunner().invoke(tashan, ["--db", str(path), "serve", "--sql"])
    assert answer.exit_code == 2
    assert "--public" in answer.output
