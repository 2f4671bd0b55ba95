"""How the reading room is opened: alone, beside other databases, behind a prefix, incomplete."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path

import httpx
import pytest
from pysqlite3 import dbapi2 as sqlite3
from reading_archive import Visitor, make

from archive import Archive, copies
from browse.application import application
from browse.archives import APPLICATION_ID


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("room") / "archive.db"
    make(path, articles=12)
    return path


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    path = tmp_path / "foreign.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY, title TEXT)")
        connection.execute("INSERT INTO articles VALUES (1, 'a title')")
    return path


def test_another_programs_database_is_left_alone(foreign: Path) -> None:
    visitor = Visitor(foreign)
    assert "tashan" not in visitor.text("/")
    assert "他山" not in visitor.text("/foreign/articles")
    assert "content-security-policy" not in visitor.get("/").headers
    assert visitor.get("/search").status_code == 404
    assert visitor.get("/foreign/articles?_sort=nonsense").status_code == 500  # as Datasette has it
    visitor.close()


def test_a_neighbour_is_not_searched_as_ours(archive: Path, foreign: Path) -> None:
    visitor = Visitor(archive, foreign)
    assert "他山" in visitor.text("/")
    page = visitor.text("/foreign/articles")
    assert 'id="_search"' not in page
    assert "永久标识" not in page
    assert visitor.get("/foreign.json?sql=select+found('养老')").status_code == 400
    visitor.close()


def test_two_archives_are_two_databases(archive: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    make(other, articles=3)
    visitor = Visitor(archive, other)
    assert "databases" not in visitor.get("/search").text
    assert visitor.get("/search").status_code == 404
    assert visitor.get("/other/articles.json?_search=养老").json()["filtered_table_rows_count"] == 1
    assert "other" in visitor.text("/")
    visitor.close()


def test_a_file_named_as_a_page_keeps_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "search.db"
    make(path, articles=3)
    visitor = Visitor(path)
    assert "检索" in visitor.text("/search?q=养老")
    page = visitor.text("/")
    address = re.findall(r'<a href="(/[^"]+)">数据表</a>', page)[0]
    assert visitor.text(address).count("articles") > 1
    visitor.close()


def test_an_archive_without_tables_says_so(tmp_path: Path) -> None:
    path = tmp_path / "bare.db"
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("CREATE TABLE other (id INTEGER)")
    visitor = Visitor(path)
    for page in ("/", "/search?q=养老", "/article/1", "/source", "/runs", "/problems"):
        answer = visitor.get(page)
        assert answer.status_code == 503, page
        assert "这个档案库不完整" in answer.text
    assert visitor.get("/bare/other").status_code == 200
    visitor.close()


def test_an_archive_without_articles_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    Archive.write(path).close()
    visitor = Visitor(path)
    assert "还没有文章" in visitor.text("/")
    assert "没有找到" in visitor.text("/search?q=养老")
    assert "还没有抓取过" in visitor.text("/runs")
    visitor.close()


def test_a_published_copy_is_read(archive: Path, tmp_path: Path) -> None:
    copy = tmp_path / "public.db"
    copies.publish(archive, copy)
    copy.chmod(0o444)
    visitor = Visitor(copy)
    assert "居家<mark>养老</mark>" in visitor.text("/search?q=养老")
    visitor.close()


def test_every_link_keeps_the_prefix(archive: Path) -> None:
    app = application(archive, base_url="policy")

    async def ask() -> dict[str, httpx.Response]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://room.test") as client:
            # as a proxy that strips the prefix asks
            return {
                path: await client.get(path)
                for path in ("/", "/search?q=养老", "/archive/articles")
            }

    for path, answer in asyncio.run(ask()).items():
        assert answer.status_code == 200, path
        addresses = re.findall(r'(?:href|src|action)="(/[^"]*)"', answer.text)
        assert len(addresses) > 10
        assert [a for a in addresses if not a.startswith("/policy/")] == [], path
        assert [a for a in addresses if a.startswith("/policy/policy")] == [], path


def test_search_engines_are_told_where_it_never_ends(archive: Path) -> None:
    visitor = Visitor(archive, settings={"base_url": "/policy/"})
    text = visitor.text("/robots.txt")
    assert "Disallow: /policy/search\n" in text
    assert "Disallow: /policy/archive\n" in text
    visitor.close()


def test_style_sheets_are_kept_for_ever_and_packed(archive: Path) -> None:
    visitor = Visitor(archive)
    address = re.findall(r'href="([^"]+room\.css)"', visitor.text("/"))[0]
    answer = visitor.get(address)
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] == "gzip"
    assert visitor.get(address.replace("room.css", "nothing.css")).status_code == 404
    assert visitor.get(address.replace("room.css", "../plugin.py")).status_code == 404
    visitor.close()


def test_pages_are_packed_and_may_be_shown_again(archive: Path) -> None:
    app = application(archive)

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://room.test") as client:
            return await client.get("/search?q=养老")

    answer = asyncio.run(ask())
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == "max-age=60"
    assert "Cookie" in answer.headers["vary"]


def test_a_new_copy_takes_over_between_requests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("browse.reopening._FAREWELL", 1)
    old, new, served = (tmp_path / name for name in ("old.db", "new.db", "served.db"))
    make(old, articles=3)
    make(new, articles=30)
    copies.publish(old, served)
    app = application(served)

    async def totals() -> list[str]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://room.test") as client:

            async def total() -> str:
                answer = await client.get("/search?q=养老")
                assert answer.status_code == 200
                return re.findall(r'class="total">([^<]+)', answer.text)[0]

            before = await total()
            copies.publish(new, served)
            end = time.monotonic() + 10
            while (after := await total()) == before and time.monotonic() < end:
                await asyncio.sleep(0.02)
            await asyncio.sleep(1.2)  # the former file is closed now
            return [before, after, await total()]

    assert asyncio.run(totals()) == ["1 篇", "10 篇", "10 篇"]
