"""The only Scrapy item pipeline: keep what was read, in one transaction, and count it."""

from __future__ import annotations

from dataclasses import replace

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from archive import Archive
from archive.articles import Known
from model.article import Article, Refusal
from model.errors import PageError
from pipelines.revision import Doubt, Wording, doubt, kind

from .fetched import Fetched
from .report import Outcome, Run
from .spider import ColumnSpider


class Delivery:
    """From Fetched to the archive, in one transaction an article."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Delivery:
        """As Scrapy makes it."""
        return cls(crawler)

    async def process_item(self, item: Fetched) -> Fetched:
        """Keeps one article, or says why it is none."""
        spider = self._crawler.spider
        assert isinstance(spider, ColumnSpider)  # noqa: S101  no other spider exists here
        run, source, url, article = spider.run, item.source, item.listed.url, item.article
        if isinstance(article, Refusal):
            run.fail(source.id, item.listed, article.reason, article.detail)
            raise DropItem(f"{item.listed.address}: {article.reason}")
        known = run.archive.articles.find(source.id, url, article.wording)
        if known and known.wording != article.wording:
            known = await self._by_todays_rules(run, item, known, article)
        with run.archive.writing():
            outcome = _keep(run.archive, item, known, article)
            run.archive.frontier.settle(url, "kept")
        if outcome in ("new", "changed", "unchanged"):
            run.keep(source.id, outcome, article)
        else:
            run.problem(source.id, "suspect", f"the new reading is {outcome}", item.listed.address)
            run.keep(source.id, "unchanged", article)
        return item

    @staticmethod
    async def _by_todays_rules(run: Run, item: Fetched, known: Known, article: Article) -> Known:
        """Better rules change a wording too; what the kept page says by them is no revision."""
        kept = run.archive.articles.kept_one(known)
        try:
            again = await run.reader.again(item.source, kept.pages, item.listed)
        except PageError:
            return known
        if isinstance(again, Refusal) or again.wording != article.wording:
            return known
        with run.archive.writing():
            run.archive.articles.derive_again(item.source, kept, again)
        return replace(known, wording=again.wording)


def _keep(
    archive: Archive, item: Fetched, known: Known | None, article: Article
) -> Outcome | Doubt:
    """Writes one article; new, unchanged, changed, or the doubt about the new reading."""
    source, url, articles = item.source, item.listed.url, archive.articles
    if known is None:
        articles.add(source, url, article, item.pages)
        return "new"
    if known.wording == article.wording:
        articles.confirm(source, url, known, article.read_count)
        return "unchanged"
    old = Wording(known.title, known.body, known.attachments)
    new = Wording(article.title, article.text, tuple(file.name for file in article.attachments))
    doubtful = doubt(old, new)
    if doubtful:
        return doubtful
    articles.revise(source, url, known, kind(old, new), article, item.pages)
    return "changed"
