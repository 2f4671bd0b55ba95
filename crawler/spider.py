"""The only spider: walks a listing, asks for the articles that are not known, hands them on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any, ClassVar

from scrapy import FormRequest, Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from model.article import Article
from model.errors import ArchiveError, PageError, RefusedPage
from model.listed import Listed
from model.source import Source

from .failures import Stalled, explained, unread
from .fetch import header, snapshot
from .fetched import Fetched, Pages
from .pages.address import canonical
from .pages.listing import Link, ListingPage
from .pages.pagers import Step
from .report import Run
from .unparsed import keep_raw
from .walk import Walk

_NOT_MODIFIED = 304
_MOST_PAGES = 30  # of one article; a longer chain of next pages is a trap


class ColumnSpider(Spider):
    """One column of one site. ``source`` is set by the loader."""

    source: ClassVar[Source]

    def __init__(
        self,
        run: Run | None = None,
        full: bool = False,
        recheck: bool = False,
        since: int = 0,
        **arguments: Any,
    ) -> None:
        super().__init__(**arguments)
        self._recheck = recheck
        self._since = str(since) if since else ""
        self._own_run = run is None
        self._run = run
        self._full = full
        self._asked: set[str] = set()
        self._start = Step(self.source.start)
        self._walk = Walk(self._start, self.source.pages)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> ColumnSpider:
        """As Scrapy makes it; alone, under `scrapy crawl`, it opens a run of its own."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        command = f"scrapy crawl {cls.name}"
        spider._run = spider._run or Run.open(crawler.settings["TASHAN_DB"], command)
        spider._full = spider._full or crawler.settings.getbool("TASHAN_FULL")
        spider.run.start(cls.source)
        crawler.signals.connect(spider._note_mistake, signals.spider_error)
        crawler.signals.connect(spider._note_mistake, signals.item_error)
        return spider

    def _note_mistake(
        self, failure: Failure, response: Response | None = None, item: Fetched | None = None
    ) -> None:
        """A mistake of ours on one page is told like any other problem; the crawl goes on.

        Where the archive could not be written, the page waits: it is not the page's fault.
        """
        what = f"{type(failure.value).__name__}: {failure.value}"[:300]
        listed = item.listed if item else response.cb_kwargs.get("listed") if response else None
        if self.run.archive.failure is not None:
            self._walk.whole = False
        elif listed and not isinstance(failure.value, ArchiveError):
            self.run.fail(self.source.id, listed, "mistake", what)
        else:
            self._walk.whole = False
            self.run.problem(self.source.id, "mistake", what, response.url if response else "")

    @property
    def run(self) -> Run:
        """The run this spider is part of."""
        assert self._run is not None  # noqa: S101  set before Scrapy calls anything
        return self._run

    async def start(self) -> AsyncIterator[Any]:
        """The listing first, then what an earlier run left waiting."""
        yield self._listing_request(self._start)
        for request in self._ask(self.run.archive.frontier.waiting(self.source.id)):
            yield request
        if self._recheck:
            for request in self._ask(self.run.archive.frontier.due_again(self.source.id)):
                yield request

    def closed(self, reason: str) -> None:
        """Scrapy's last word to a spider."""
        sent = self.crawler.stats.get_value("downloader/request_count", 0)
        self.run.counts(self.source.id).requests = sent
        self.run.end(self.source, reason)
        if self._own_run:
            self.run.finish()
            self.run.archive.close()

    # the listing

    def _listing_request(self, step: Step) -> Request:
        headers = dict(step.headers)
        if not self._must_walk and not step.form:
            headers |= self.run.archive.listings.conditions(step.url)
        common: dict[str, Any] = {
            "callback": self._read_listing,
            "errback": self._listing_failed,
            "cb_kwargs": {"step": step},
            "headers": headers,
            "priority": 10,
            "dont_filter": True,
            "meta": {"handle_httpstatus_list": [_NOT_MODIFIED]},
        }
        if step.form or step.method == "POST":
            return FormRequest(step.url, formdata=list(step.form), method=step.method, **common)
        return Request(step.url, **common)

    async def _read_listing(self, response: Response, step: Step) -> AsyncIterator[Request]:
        walk, archive = self._walk, self.run.archive
        walk.pages += 1
        if response.status == _NOT_MODIFIED:
            rows = archive.listings.rows(step.url)
            self.run.counts(self.source.id).listed += rows
            self.run.seen[self.source.id].first_page = rows
            return
        try:
            page = await self.run.reader.listing(self.source, snapshot(response))
        except RefusedPage as error:
            raise self._refused(str(error), response.url) from None
        except PageError as error:
            if walk.pages == 1:
                self.run.first_page(self.source, response.url, ())
            walk.miss()
            self.run.problem(self.source.id, "listing", str(error), response.url)
        else:
            for request in self._take(response, step, page):
                yield request
        for request in self._go_on():
            yield request

    def _take(self, response: Response, step: Step, page: ListingPage) -> Iterator[Request]:
        """Notes the rows of a listing page, and asks for those that are due."""
        archive, walk = self.run.archive, self._walk
        links = {link.url: link for link in self._listed(page.links)}
        wanted = {url: link for url, link in links.items() if not link.before(self._since)}
        if walk.pages == 1 and not self.run.first_page(
            self.source, response.url, tuple(links.values()), doubting=not self._must_walk
        ):
            walk.stop()
            walk.whole = False
            return
        walk.name(page.more)
        new = walk.take(links)
        self.run.counts(self.source.id).listed += len(new)
        with archive.writing():
            due = archive.frontier.add(
                self.source.id, (link for url, link in wanted.items() if url in new)
            )
            archive.listings.note(
                self.source.id,
                step.url,
                len(links),
                header(response, "ETag"),
                header(response, "Last-Modified"),
            )
        if new and (not wanted or not (due or self._must_walk)):
            walk.stop()
        yield from self._ask(due)

    def _go_on(self) -> Iterator[Request]:
        step = self._walk.next()
        if step is not None:
            yield self._listing_request(step)
        elif self._walk.whole and self._walk.seen:
            with self.run.archive.writing():
                self.run.archive.runs.mark_walked(self.source.id)

    @property
    def _must_walk(self) -> bool:
        """Whether known articles are no reason to stop: asked for, or never walked to the end."""
        return self._full or not self.run.archive.runs.walked(self.source.id)

    def _listed(self, links: tuple[Link, ...]) -> Iterator[Listed]:
        for link in links:
            if link.kind == "article":
                url = canonical(link.url, self._address)
                date = link.published.value if link.published else ""
                yield Listed(url, link.url, link.title, date)

    @property
    def _address(self) -> Any:
        assert self.source.address is not None  # noqa: S101  filled from the family
        return self.source.address

    def _listing_failed(self, failure: Failure) -> Iterator[Request]:
        kind, why = explained(failure)
        url = failure.request.url  # type: ignore[attr-defined]
        self._walk.whole = False
        if kind == "refused":
            raise self._refused(why, url)
        self.run.problem(self.source.id, "listing", why, url)
        if self._walk.pages:
            yield from self._go_on()

    def _refused(self, why: str, url: str) -> CloseSpider:
        """A site that does not want us is left at once, with a word about it."""
        self._walk.whole = False
        self.run.problem(self.source.id, "refused", why, url)
        return CloseSpider("refused")

    # the articles

    def _ask(self, due: list[Listed]) -> Iterator[Request]:
        for listed in due:
            if listed.url not in self._asked:
                self._asked.add(listed.url)
                yield self._article_request(
                    listed, headers=self.run.archive.articles.conditions(listed.url)
                )

    def _article_request(
        self,
        listed: Listed,
        url: str = "",
        pages: Pages = (),
        parts: tuple[Article, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Request:
        return Request(
            url or listed.address,
            headers=dict(headers or {}),
            dont_filter=True,  # several articles may be led to one page, which each must hear
            meta={"handle_httpstatus_list": [_NOT_MODIFIED]},
            callback=self._read_article,
            errback=self._article_failed,
            cb_kwargs={"listed": listed, "pages": pages, "parts": parts},
        )

    async def _read_article(
        self, response: Response, listed: Listed, pages: Pages, parts: tuple[Article, ...]
    ) -> AsyncIterator[Request | Fetched]:
        if response.status == _NOT_MODIFIED:
            self.run.confirm(self.source, listed)
            return
        page = snapshot(response)
        try:
            part = await self.run.reader.part(self.source, page)
        except RefusedPage as error:
            self.run.fail(self.source.id, listed, "refused", str(error))
            raise self._refused(str(error), response.url) from None
        except PageError as error:
            keep_raw(self.run, self.source.id, listed, page, error)
            async for item in self._ended(listed, pages, parts, unread(error)):
                yield item
            return
        pages, parts = (*pages, page), (*parts, part)
        asked = {known.url for known in pages}
        if part.next_page and part.next_page not in asked and len(pages) < _MOST_PAGES:
            yield self._article_request(listed, part.next_page, pages, parts)
            return
        async for item in self._ended(listed, pages, parts):
            yield item

    async def _article_failed(self, failure: Failure) -> AsyncIterator[Fetched]:
        if isinstance(failure.value, Stalled):
            return  # it waits in the frontier
        asked = failure.request.cb_kwargs  # type: ignore[attr-defined]
        async for item in self._ended(**asked, reason=explained(failure)):
            yield item

    async def _ended(
        self,
        listed: Listed,
        pages: Pages,
        parts: tuple[Article, ...],
        reason: tuple[str, str] = ("", ""),
    ) -> AsyncIterator[Fetched]:
        """The article of the pages that could be had; where there are none, why."""
        if not parts:
            self.run.fail(self.source.id, listed, *reason)
            return
        try:
            article = await self.run.reader.finish(parts, listed)
        except PageError as error:
            self.run.fail(self.source.id, listed, *unread(error))
        else:
            yield Fetched(self.source, listed, article, pages)
