"""Proving an archive: what is damaged is found and named."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from archive import Archive, copies, proof
from model.article import Article
from model.body import Block
from model.listed import Listed
from model.snapshot import Snapshot
from model.source import Source


@pytest.fixture
def filled(archive: Archive, source: Source, article: Article, pages: list[Snapshot]) -> Archive:
    archive.runs.describe(source)
    for n in range(8):
        text = f"{article.text}第{n}号小区已经公示，业主可以在公告栏查阅第{n * 7}项。"
        varied = Article(
            url=f"http://qinghe.test/a/{n}",
            title=f"{article.title}之{n}",
            body=(Block("paragraph", text),),
            wording=f"w{n}",
        )
        page = Snapshot(varied.url, text.encode() * 3, "2026-11-25T02:00:00Z")
        archive.articles.add(source, varied.url, varied, [page])
    return archive


def wrong(archive: Archive) -> set[str]:
    ignored = {"room", "clock"}
    return {f.what for f in proof.findings(archive) if not f.good} - ignored


def test_a_good_archive_is_proved(filled: Archive) -> None:
    assert wrong(filled) == set()


def test_a_changed_text_is_found(filled: Archive) -> None:
    filled.db.execute("UPDATE revisions SET body = body || '。' WHERE id = 3")
    assert wrong(filled) == {"revisions", "articles"}


def test_a_changed_page_is_found(filled: Archive) -> None:
    chance = random.Random(4)
    packed = bytearray(next(filled.db.query("SELECT body FROM snapshots WHERE id = 2"))["body"])
    packed[chance.randrange(len(packed))] ^= 1 << chance.randrange(8)
    filled.db.execute("UPDATE snapshots SET body = ? WHERE id = 2", [bytes(packed)])
    assert wrong(filled) == {"raw pages"}


def test_a_half_article_is_found(filled: Archive) -> None:
    filled.db.execute("DELETE FROM snapshots WHERE id = 5")
    assert wrong(filled) == {"articles"}


def test_an_index_that_lacks_an_article_is_found(filled: Archive) -> None:
    filled.db.execute("UPDATE article_texts SET body = '别的文字，索引里没有' WHERE article = 4")
    assert wrong(filled) == {"articles", "search index"}


def test_a_changed_title_and_a_changed_key_are_found(filled: Archive) -> None:
    filled.db.execute("UPDATE articles SET title = title || '。' WHERE id = 2")
    assert "articles" in wrong(filled)
    filled.db.execute("UPDATE articles SET key = 'aaaaaaaaaaaaa' WHERE id = 3")
    assert "keys" in wrong(filled)


def test_a_changed_address_is_found(filled: Archive) -> None:
    filled.db.execute("UPDATE articles SET url = 'http://qinghe.test/b/2' WHERE id = 2")
    assert wrong(filled) == {"articles"}


def test_an_address_that_no_listing_named_is_found_where_listings_are_known(
    filled: Archive, source: Source
) -> None:
    filled.db.execute(
        "INSERT INTO article_urls (url, article, source) VALUES ('http://qinghe.test/x', 2, ?)",
        [source.id],
    )
    assert wrong(filled) == set()
    urls = [row["url"] for row in filled.db.query("SELECT url FROM article_urls")]
    filled.frontier.add(source.id, [Listed(url, url) for url in urls])
    assert wrong(filled) == set()
    filled.db.execute("UPDATE article_urls SET url = url || 'y' WHERE url = 'http://qinghe.test/x'")
    assert wrong(filled) == {"keys"}


def test_an_older_wording_and_a_later_page_that_are_lost_are_found(
    filled: Archive, source: Source, article: Article, pages: list[Snapshot]
) -> None:
    known = filled.articles.find(source.id, "http://qinghe.test/a/1", "w1")
    assert known is not None
    second = Snapshot("http://qinghe.test/a/1?p=2", b"two", "2026-11-25T02:00:00Z")
    pages = [*pages, second, replace(second, url="http://qinghe.test/a/1?p=3")]
    filled.articles.revise(source, "http://qinghe.test/a/1", known, "substantive", article, pages)
    assert wrong(filled) == set()
    filled.db.execute("DELETE FROM snapshots WHERE url = ?", [second.url])
    assert wrong(filled) == {"articles"}
    filled.db.execute("UPDATE snapshots SET page = 1 WHERE page = 2")
    assert wrong(filled) == set()
    filled.db.execute("DELETE FROM snapshots WHERE revision = ?", [known.revision])
    filled.db.execute("DELETE FROM revisions WHERE id = ?", [known.revision])
    assert wrong(filled) == {"articles"}


def test_a_text_that_is_no_text_any_more_is_found(filled: Archive) -> None:
    filled.db.execute("UPDATE revisions SET body = CAST(x'e6b8' AS TEXT) WHERE id = 3")
    assert wrong(filled) == {"revisions", "articles"}


def test_what_a_copy_for_readers_withholds_is_no_damage(filled: Archive, tmp_path: Path) -> None:
    filled.db.execute("UPDATE snapshots SET body = zeroblob(?) WHERE id = 2", [2_000_000])
    copies.publish(filled.path, tmp_path / "public.db")
    with Archive.read(tmp_path / "public.db") as public:
        assert wrong(public) == set()


def test_too_little_room_is_found(filled: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TASHAN_ROOM", "900000G")
    found = {f.what: f for f in proof.findings(filled)}
    assert not found["room"].good
    assert "too little" in found["room"].detail
