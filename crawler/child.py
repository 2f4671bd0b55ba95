"""Reads pages in a child process that can be killed: a page may be built to hang or to swell.

What a page makes of the parser is bounded in time and memory; an ordinary page pays a fraction of
a millisecond for it. What is read comes back as plain data, or as the PageError it deserved.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import resource
import signal
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from model.article import Article, Refusal
from model.errors import PageError
from model.listed import Listed
from model.snapshot import Snapshot
from model.source import Source

from . import reading
from .memory import give_back
from .pages import article as article_page
from .pages import listing as listing_page
from .pages.listing import ListingPage

T = TypeVar("T")
_Rank = tuple[bool, int]  # no listing, bytes

SECONDS = 5.0  # of CPU; an ordinary page takes some milliseconds
_WAIT = 4  # times as long by the clock, on a machine that is busy
MEMORY = 640 << 20  # bytes of address space; text that is mended takes 430 MB, libraries included


def read_listing(source: Source, page: Snapshot) -> ListingPage:
    """The links and further pages of a listing page."""
    return listing_page.read(reading.page_of(page), source)


def read_part(source: Source, page: Snapshot) -> Article:
    """One page of an article as read."""
    return article_page.read(reading.page_of(page), source)


def read_again(source: Source, pages: Sequence[Snapshot], listed: Listed) -> Article | Refusal:
    """What the rules of today make of pages kept before."""
    return _derived(reading.read(source, pages, listed))


def finish(parts: tuple[Article, ...], listed: Listed) -> Article | Refusal:
    """The whole article of these pages, made whole by the chain."""
    return _derived(reading.join(parts, listed))


class PageReader:
    """One child process; started when first needed, replaced when it had to be killed.

    Of the pages that wait a listing is read first, for all else waits for it, then the smallest:
    a page that takes seconds keeps few waiting.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._pool: ProcessPool | None = None
        self._busy = False
        self._waiting: list[tuple[_Rank, int, asyncio.Future[None]]] = []  # a heap
        self._came = itertools.count()

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

    def start(self) -> None:
        """Starts the child now, so that the first page need not wait for it."""
        self._running().submit(bool, None)

    def _running(self) -> ProcessPool:
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=1, context=get_context("spawn"), initializer=_begin
            )
        return self._pool

    async def _call(self, url: str, function: Callable[..., T], *arguments: Any) -> T:
        limit = _WAIT * self._seconds
        size = sum(len(a.body) for a in arguments if isinstance(a, Snapshot))
        await self._turn((function is not read_listing, size))
        try:
            future = self._running().submit(_timed, limit, self._seconds, function, *arguments)
            return await asyncio.wrap_future(future)
        except TimeoutError:
            why = f"reading it takes more than {limit:g} s"
        except MemoryError:
            why = "reading it takes too much memory"
        except ProcessExpired as error:
            slow = -error.exitcode == signal.SIGPROF
            why = (
                f"reading it takes more than {self._seconds:g} s of CPU"
                if slow
                else f"reading it ended the reader ({error.exitcode})"
            )
        finally:
            self._next()
        raise PageError(why, url=url, field="unparsed")

    async def _turn(self, rank: _Rank) -> None:
        if not self._busy:
            self._busy = True
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (rank, next(self._came), turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._next()
            raise

    def _next(self) -> None:
        while self._waiting:
            turn = heapq.heappop(self._waiting)[2]
            if not turn.done():
                turn.set_result(None)
                return
        self._busy = False


def _timed(seconds: float, function: Callable[..., T], *arguments: Any) -> T:
    """Calls a function; the kernel ends the process when its CPU time is over."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return function(*arguments)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _derived(article: Article) -> Article | Refusal:
    """The chain's work; its dictionaries are in the child alone, the parent has no use for them."""
    from pipelines.chain import derive

    return derive(article)


def _begin() -> None:
    give_back()
    import pipelines.chain  # noqa: F401  before the first page, not within its time

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
