"""Fetches a few pages as politely as a crawl would, for people who look at a page or a source."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from scrapy import FormRequest, Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from archive.times import stamp
from model.errors import PageError, RefusedPage
from model.snapshot import Snapshot

from . import settings as defaults
from .failures import explained
from .pages.steps import Step

Ask = Callable[[Step], Awaitable[Snapshot]]
Errand = Callable[[Ask], Awaitable[None]]


class _ErrandSpider(Spider):
    name = "errand"

    def __init__(
        self, errands: Sequence[Errand], mistakes: list[BaseException], **arguments: Any
    ) -> None:
        super().__init__(**arguments)
        self._errands, self._mistakes = errands, mistakes

    async def start(self) -> AsyncIterator[Any]:
        """All errands side by side; none of them is a request of the spider's own."""
        runs = (errand(self._ask) for errand in self._errands)
        ended = await asyncio.gather(*runs, return_exceptions=True)
        self._mistakes += [error for error in ended if isinstance(error, Exception)]
        none: tuple[Request, ...] = ()
        for request in none:
            yield request

    async def _ask(self, step: Step) -> Snapshot:
        try:
            assert self.crawler.engine is not None  # noqa: S101  it runs this
            response = await self.crawler.engine.download_async(_request(step))
            if not 200 <= response.status < 300:
                raise HttpError(response)
        except Exception as error:  # whatever it was, the page could not be had
            kind, why = explained(Failure(error))  # type: ignore[no-untyped-call]
            made = RefusedPage if kind == "refused" else PageError
            raise made(f"{step.url}: {why}", url=step.url, field=kind) from None
        return snapshot(response)


def run(errands: Sequence[Errand], *, verify_certificate: bool = True) -> None:
    """Runs errands side by side; each is given ``ask``, which fetches one page and may be awaited
    as often as it takes, so that one page can lead to the next.

    ``ask`` obeys robots.txt, the guard and the pace of a crawl. It raises RefusedPage for a site
    that does not want us and PageError for a page that cannot be had, with the kind of failure
    as ``field``: refused, gone or unreachable. What an errand itself raises is raised here, the
    first of it. Twisted allows one such call a process.
    """
    settings = Settings()
    settings.setmodule(defaults)
    settings.set("LOG_INSTALL_ROOT_HANDLER", False)
    settings.set("ITEM_PIPELINES", {}, priority="cmdline")
    settings.set("DOWNLOAD_VERIFY_CERTIFICATES", verify_certificate, priority="cmdline")
    logging.getLogger().addHandler(logging.NullHandler())  # what went wrong is raised, not logged
    mistakes: list[BaseException] = []
    process = CrawlerProcess(settings)
    process.crawl(_ErrandSpider, errands=errands, mistakes=mistakes)
    process.start()
    if mistakes:
        raise mistakes[0]


def fetch(urls: Sequence[str], *, verify_certificate: bool = True) -> list[Snapshot]:
    """The pages at these addresses, in order; raises PageError for the first that cannot be had.

    Twisted allows one such call a process.
    """
    got: list[Snapshot] = []

    async def errand(ask: Ask) -> None:
        for url in urls:
            got.append(await ask(Step(url)))

    run([errand], verify_certificate=verify_certificate)
    if len(got) < len(urls):
        raise PageError(f"{urls[len(got)]}: not fetched", url=urls[len(got)])
    return got


def _request(step: Step) -> Request:
    headers = dict(step.headers)
    if step.form or step.method == "POST":
        return FormRequest(step.url, formdata=list(step.form), method=step.method, headers=headers)
    return Request(step.url, headers=headers)


def snapshot(response: Response) -> Snapshot:
    """A response as the archive keeps it."""
    headers = {
        name.decode("latin-1"): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }
    fetched = stamp(datetime.now(UTC))
    return Snapshot(response.url, response.body, fetched, response.status, headers)


def header(response: Response, name: str) -> str:
    """One header of a response, '' where it has none."""
    return (response.headers.get(name) or b"").decode("latin-1")
