"""Proving an archive: what is damaged is found and named."""

from __future__ import annotations

import random

import pytest

from archive import Archive, proof
from archive.snapshots import Snapshot
from model.article import Article
from model.body import Block
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
    assert wrong(filled) == {"revisions"}


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
    assert wrong(filled) == {"search index"}
