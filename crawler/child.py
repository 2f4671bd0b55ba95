"""Reads pages in a child process that can be killed: a page may be built to hang or to swell.

What a page makes of the parser is bounded in time and memory; an ordinary page pays a fraction of
a millisecond for it. What is read comes back as plain data, or as the PageError it deserved.
"""

from __future__ import annotations

import asyncio
import resource
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from archive.frontier import Listed
from archive.snapshots import Snapshot
from model.article import Article, Refusal
from model.errors import PageError
from model.source import Source
from pipelines.chain import derive

from . import reading
from .pages import article as article_page
from .pages import listing as listing_page
from .pages.listing import ListingPage

T = TypeVar("T")

SECONDS = 10  # an ordinary page takes some milliseconds
MEMORY = 2 << 30  # bytes of address space, the libraries' own included


def read_listing(source: Source, page: Snapshot) -> ListingPage:
    """The links and further pages of a listing page."""
    return listing_page.read(reading.page_of(page), source)


def read_part(source: Source, page: Snapshot) -> Article:
    """One page of an article as read."""
    return article_page.read(reading.page_of(page), source)


def read_again(source: Source, pages: Sequence[Snapshot], listed: Listed) -> Article | Refusal:
    """What the rules of today make of pages kept before."""
    return derive(reading.read(source, pages, listed))


def finish(parts: tuple[Article, ...], listed: Listed) -> Article | Refusal:
    """The whole article of these pages, made whole by the chain."""
    return derive(reading.join(parts, listed))


class PageReader:
    """One child process; started when first needed, replaced when it had to be killed."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._pool: ProcessPool | None = None

    async def listing(self, source: Source, page: Snapshot) -> ListingPage:
        """See ``read_listing``; raises PageError."""
        return await self._call(page.url, read_listing, source, page)

    async def part(self, source: Source, page: Snapshot) -> Article:
        """See ``read_part``; raises PageError."""
        return await self._call(page.url, read_part, source, page)

    async def finish(self, parts: tuple[Article, ...], listed: Listed) -> Article | Refusal:
        """See ``finish``; raises PageError."""
        return await self._call(listed.address, finish, parts, listed)

    async def again(
        self, source: Source, pages: Sequence[Snapshot], listed: Listed
    ) -> Article | Refusal:
        """See ``read_again``; raises PageError."""
        return await self._call(listed.address, read_again, source, pages, listed)

    def close(self) -> None:
        """Ends the child."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None

    async def _call(self, url: str, function: Callable[..., T], *arguments: Any) -> T:
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=1, context=get_context("forkserver"), initializer=_limit
            )
        future = self._pool.submit(function, self._seconds, *arguments)
        try:
            return await asyncio.wrap_future(future)
        except TimeoutError:
            raise PageError(f"reading it takes more than {self._seconds:g} s", url=url) from None
        except MemoryError:
            raise PageError("reading it takes too much memory", url=url) from None
        except ProcessExpired as error:
            raise PageError(f"reading it ended the reader ({error.exitcode})", url=url) from None


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
