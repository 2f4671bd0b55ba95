"""Fetches a few single pages as politely as a crawl would, for people who look at one page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from archive.snapshots import Snapshot
from archive.times import stamp
from model.errors import PageError

from . import settings as defaults
from .failures import explained


class _PageSpider(Spider):
    name = "page"

    def __init__(
        self,
        urls: Sequence[str],
        got: dict[str, Snapshot],
        failed: dict[str, str],
        **arguments: Any,
    ) -> None:
        super().__init__(**arguments)
        self._urls, self._got, self._failed = urls, got, failed

    async def start(self) -> AsyncIterator[Any]:
        for url in self._urls:
            yield Request(url, self._keep, errback=self._fail, cb_kwargs={"asked": url})

    def _keep(self, response: Response, asked: str) -> None:
        self._got[asked] = snapshot(response)

    def _fail(self, failure: Failure) -> None:
        request = failure.request  # type: ignore[attr-defined]
        self._failed[request.cb_kwargs["asked"]] = explained(failure)[1]


def fetch(urls: Sequence[str]) -> list[Snapshot]:
    """The pages at these addresses, in order; raises PageError for the first that cannot be had.

    Twisted allows one such call a process.
    """
    settings = Settings()
    settings.setmodule(defaults)
    settings.set("LOG_INSTALL_ROOT_HANDLER", False)
    settings.set("ITEM_PIPELINES", {}, priority="cmdline")
    got: dict[str, Snapshot] = {}
    failed: dict[str, str] = {}
    process = CrawlerProcess(settings)
    process.crawl(_PageSpider, urls=urls, got=got, failed=failed)
    process.start()
    for url in urls:
        if url not in got:
            raise PageError(f"{url}: {failed.get(url, 'not fetched')}", url=url)
    return [got[url] for url in urls]


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
