"""Keeping articles: new, unchanged, changed, one article under several addresses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive import Archive
from archive.articles import article_key
from model.article import Article, Attachment, Damage, Edit, Image
from model.body import Block
from model.errors import ArchiveError
from model.listed import Listed
from model.snapshot import Snapshot
from model.source import Source

URL = "http://qinghe.test/a/1"


@pytest.fixture(autouse=True)
def described(archive: Archive, source: Source) -> None:
    archive.runs.describe(source)


def keep(
    archive: Archive, source: Source, url: str, article: Article, pages: list[Snapshot]
) -> str:
    """What delivery does with an article, without its doubts."""
    known = archive.articles.find(source.id, url, article.wording)
    with archive.writing():
        if known is None:
            archive.articles.add(source, url, article, pages)
            return "new"
        if known.wording == article.wording:
            archive.articles.confirm(source, url, known, article.read_count)
            return "unchanged"
        archive.articles.revise(source, url, known, "substantive", article, pages)
        return "changed"


def rows(archive: Archive, table: str) -> int:
    return archive.db.table(table).count


def test_a_new_article_is_kept_whole(
    archive: Archive, source: Source, article: Article, pages: list[Snapshot]
) -> None:
    article = replace(
        article,
        images=(Image("http://qinghe.test/1.png", "1.png"),),
        attachments=(Attachment("http://qinghe.test/1.doc", "附件", "doc"),),
        damage=Damage("A", 0.9, (Edit("body", 3, "業(yè)", "業", True, "annotation"),)),
    )
    assert keep(archive, source, URL, article, pages) == "new"
    row = next(archive.db.query("SELECT * FROM articles"))
    assert row["title"] == article.title
    assert (row["published"], row["year"]) == ("2026-08-16", 2026)
    assert (row["outlet"], row["author"]) == ("清河日报", None)
    assert row["characters"] == len(article.text)
    assert row["key"] == article_key(source.id, URL)
    assert (row["damage"], row["trust"]) == ("A", 0.9)
    assert next(archive.db.query("SELECT body FROM article_texts"))["body"] == article.text
    assert [rows(archive, t) for t in ("images", "attachments", "repairs", "revisions")] == [1] * 4
    kept = list(archive.articles.kept())
    assert [item.pages for item in kept] == [pages]
    assert kept[0].url == URL


def test_the_same_wording_makes_no_revision(
    archive: Archive, source: Source, article: Article, pages: list[Snapshot]
) -> None:
    keep(archive, source, URL, article, pages)
    again = replace(article, read_count=99)
    assert keep(archive, source, URL, again, pages) == "unchanged"
    assert [rows(archive, t) for t in ("articles", "revisions", "snapshots")] == [1, 1, 1]
    assert next(archive.db.query("SELECT read_count FROM articles"))["read_count"] == 99


def test_a_changed_wording_is_a_revision_with_its_page(
    archive: Archive, source: Source, article: Article, pages: list[Snapshot]
) -> None:
    keep(archive, source, URL, article, pages)
    changed = replace(article, body=(Block("paragraph", "更正。"),), wording="w2")
    newer = [Snapshot(URL, b"<html>two</html>", "2026-11-26T02:00:00Z")]
    assert keep(archive, source, URL, changed, newer) == "changed"
    assert [rows(archive, t) for t in ("articles", "revisions", "snapshots")] == [1, 2, 2]
    assert next(archive.db.query("SELECT body FROM article_texts"))["body"] == "更正。"
    assert [item.pages for item in archive.articles.kept()] == [newer]


def test_twin_addresses_are_one_article(
    archive: Archive, source: Source, article: Article, pages: list[Snapshot]
) -> None:
    keep(archive, source, URL, article, pages)
    twin = "http://qinghe.test/b/1"
    assert keep(archive, source, twin, article, pages) == "unchanged"
    assert rows(archive, "articles") == 1
    urls = [row["url"] for row in archive.db.query("SELECT url FROM article_urls ORDER BY url")]
    assert urls == [URL, twin]


@pytest.mark.parametrize(
    "twin", ["https://qinghe.test/a/1", "http://www.qinghe.test/a/1", "https://www.qinghe.test/a/1"]
)
def test_www_and_https_make_no_other_article(
    archive: Archive, source: Source, article: Article, pages: list[Snapshot], twin: str
) -> None:
    keep(archive, source, URL, article, pages)
    edited = replace(article, body=(Block("paragraph", "改过的正文。"),), wording="edited")
    assert keep(archive, source, twin, edited, pages) == "changed"
    assert keep(archive, source, twin + "2", replace(article, wording="other"), pages) == "new"


def test_columns_of_one_site_show_one_article(
    archive: Archive, source: Source, article: Article, pages: list[Snapshot]
) -> None:
    column = source.model_copy(update={"id": "qinghe-second"})
    organisation = source.organisation.model_copy(update={"name": "别处日报"})
    other = source.model_copy(update={"id": "elsewhere", "organisation": organisation})
    for one in (column, other):
        archive.runs.describe(one)
    keep(archive, source, URL, article, pages)
    assert keep(archive, column, "http://qinghe.test/show?id=1", article, pages) == "unchanged"
    assert keep(archive, other, "http://elsewhere.test/1", article, pages) == "new"  # a reprint
    assert keep(archive, column, "http://second.test/1", article, pages) == "new"  # its other site


def test_pages_without_a_word_are_not_one_article_for_a_common_title(
    archive: Archive, source: Source, article: Article, pages: list[Snapshot]
) -> None:
    column = source.model_copy(update={"id": "qinghe-second"})
    archive.runs.describe(column)
    picture = replace(article, body=(), wording="picture")
    keep(archive, source, URL, picture, pages)
    assert keep(archive, column, "http://qinghe.test/b/2", picture, pages) == "new"


def test_better_rules_change_the_article_and_not_what_was_seen(
    archive: Archive, source: Source, article: Article, pages: list[Snapshot]
) -> None:
    keep(archive, source, URL, article, pages)
    kept = next(archive.articles.kept())
    assert archive.articles.derive_again(source, kept, article) == []
    better = replace(article, author="李明", wording="w9")
    assert archive.articles.derive_again(source, kept, better) == ["author", "wording"]
    assert keep(archive, source, URL, better, pages) == "unchanged"
    assert next(archive.articles.kept()).pages == pages


def test_a_flipped_bit_in_a_snapshot_is_noticed(
    archive: Archive, source: Source, article: Article, pages: list[Snapshot]
) -> None:
    keep(archive, source, URL, article, pages)
    packed = bytearray(next(archive.db.query("SELECT body FROM snapshots"))["body"])
    packed[-3] ^= 4
    archive.db.execute("UPDATE snapshots SET body = ?", [bytes(packed)])
    with pytest.raises(ArchiveError, match="damaged"):
        list(archive.articles.kept())


def test_an_identifier_is_the_same_for_ever() -> None:
    assert article_key("qinghe-jyjl", URL) == article_key("qinghe-jyjl", URL)
    assert article_key("qinghe-jyjl", URL) != article_key("qinghe-zcfg", URL)
    assert article_key("a", "http://a.test/1") == "ec7oor3ke56pn"


def test_a_withdrawn_article_stays_with_its_last_wording(
    archive: Archive, source: Source, article: Article, pages: list[Snapshot]
) -> None:
    keep(archive, source, URL, article, pages)
    assert archive.articles.withdraw(URL)
    assert not archive.articles.withdraw("http://qinghe.test/never")
    row = next(archive.db.query("SELECT state, title FROM articles"))
    assert row == {"state": "withdrawn", "title": article.title}
    assert keep(archive, source, URL, article, pages) == "unchanged"
    assert next(archive.db.query("SELECT state FROM articles"))["state"] == "present"


def test_an_article_that_stands_elsewhere_still_is_not_withdrawn(
    archive: Archive, source: Source, article: Article, pages: list[Snapshot]
) -> None:
    second = "https://www.qinghe.test/a/1"
    for url in (URL, second):
        archive.frontier.add(source.id, [Listed(url, url, "", "2010-01-01")])
        keep(archive, source, url, article, pages)
        archive.frontier.settle(url, "kept")
    assert not archive.frontier.due_again(source.id)  # too old to be looked at again
    assert not archive.articles.withdraw(URL)
    archive.frontier.settle(URL, "refused", "HTTP status 404")
    assert [listed.url for listed in archive.frontier.due_again(source.id)] == [second]
    assert archive.articles.withdraw(second)
