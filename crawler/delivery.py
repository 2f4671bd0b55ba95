"""The only Scrapy item pipeline: keep what was read, in one transaction, and count it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from archive import Archive
from archive.frontier import State
from archive.known import Known
from archive.suspects import Suspect
from model.article import Article, Refusal
from model.errors import PageError
from model.snapshot import Snapshot
from model.source import Source
from pipelines.revision import Wording, doubt, kind

from .fetched import Fetched
from .habits import agrees
from .report import Outcome, Run, example_of
from .spider import ColumnSpider

NIGHTS = 3  # on which the site must show the same suspect reading to be believed
DAMAGE = ("worse decoded", "its characters", "another page")  # never believed by itself


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
            outcome = keep(run, item, known, article)
        if isinstance(outcome, tuple):
            run.held(item.listed, outcome[0], told=outcome[1])
        else:
            run.keep(source.id, outcome, item.listed, article)
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


def keep(
    run: Run, item: Fetched, known: Known | None, article: Article
) -> Outcome | tuple[Suspect, bool]:
    """Writes one article, or keeps it aside; what became of it, within one transaction.

    A suspect comes with whether it is to be told: it is new, or its state has changed.
    """
    source, url, archive = item.source, item.listed.url, run.archive
    why = _objection(run, item, known, article)
    if why:
        held = _hold(run, item, known, article, why)
        if held is not None:
            return held
    else:
        archive.suspects.close(url, "overtaken")
    outcome = write(archive, source, url, known, article, item.pages)
    archive.frontier.settle(url, "kept")
    if isinstance(outcome, int):
        run.remember(source.id, article, outcome)
        return "new"
    return outcome


def write(
    archive: Archive,
    source: Source,
    url: str,
    known: Known | None,
    article: Article,
    pages: Sequence[Snapshot],
) -> Literal["changed", "unchanged"] | int:
    """Writes one article that nothing speaks against; the number of a new one."""
    articles = archive.articles
    if known is None:
        return articles.add(source, url, article, pages)
    change = kind(_wording_of(known), _wording(article))
    if known.wording == article.wording:  # other words there are none; a file may be another one
        own = articles.addresses(known.id)[0] == url
        change = change if change == "attachment" and own else None
    if change is None:
        articles.confirm(source, url, known, article.read_count)
        return "unchanged"
    articles.revise(source, url, known, change, article, pages)
    return "changed"


def _objection(run: Run, item: Fetched, known: Known | None, article: Article) -> str:
    """Why a reading is not believed at once, '' where nothing speaks against it."""
    listed = item.listed
    if known is None:
        return run.habits(item.source.id).strangeness(example_of(listed, article))
    if known.wording != article.wording:
        return doubt(_wording_of(known), _wording(article)) or ""
    at_its_address = run.archive.articles.find(item.source.id, listed.url, "")
    if at_its_address is None and listed.title and not agrees(listed.title, known.title):
        return f"the same page as another article: {known.title[:40]}"
    return ""


def _hold(
    run: Run, item: Fetched, known: Known | None, article: Article, why: str
) -> tuple[Suspect, bool] | None:
    """Keeps a reading aside; None where the site has said it often enough to be believed."""
    archive, url, source = run.archive, item.listed.url, item.source.id
    at_its_address = archive.articles.find(source, url, "")
    number = at_its_address.id if at_its_address else None
    suspect, new = archive.suspects.hold(source, url, number, why, article)
    if new:
        archive.suspects.add_pages(suspect.id, item.pages)
    if why.startswith("the same"):
        _set_aside_the_first(run, item, article, why)
    believed = suspect.state == "held" and suspect.nights >= NIGHTS
    if believed and not why.startswith(DAMAGE) and archive.suspects.alike(suspect.id) <= 2:
        archive.suspects.mark(suspect.id, "accepted")
        return None
    if number is None:
        state: State = "failed" if suspect.state == "held" else "refused"
        archive.frontier.settle(url, state, f"suspect: {why}")
    elif suspect.state == "held" and suspect.nights < NIGHTS:
        archive.frontier.doubt(url, "suspect", why)
    else:
        archive.frontier.settle(url, "kept", f"suspect: {why}")
    return suspect, new


def _set_aside_the_first(run: Run, item: Fetched, article: Article, why: str) -> None:
    """What came first tonight with a text that many have is as doubtful as what came after."""
    number = run.added_with(article)
    if number is None:
        return
    archive, source = run.archive, item.source.id
    addresses = archive.articles.addresses(number)
    suspect, _ = archive.suspects.hold(source, addresses[0], None, why, article)
    archive.articles.set_aside(number, suspect.id)
    for url in addresses:
        archive.frontier.settle(url, "failed", f"suspect: {why}")
    run.took_back(source)


def _wording_of(known: Known) -> Wording:
    return Wording(
        known.title, known.body, known.attachments, known.files,
        bool(known.published), bool(known.outlet),
    )  # fmt: skip


def _wording(article: Article) -> Wording:
    files = article.attachments
    return Wording(
        article.title, article.text, tuple(file.name for file in files),
        tuple(file.url for file in files), bool(article.published), bool(article.outlet),
    )  # fmt: skip
