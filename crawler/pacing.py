"""The last door before the wire: one request at a time to a host, and never too early."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError, DownloadTimeoutError, ResponseDataLossError
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from .failures import Stalled, Unusable
from .headers import BoundedFactory, excess
from .memory import give_back
from .patience import Patience

_ASKS_TO_WAIT = frozenset({429, 503})
_LONGEST = 600.0  # seconds; longer than this we do not wait within one run
_SPENT = "tashan_spent"  # meta: seconds on the wire, over all tries and redirects of one address
_TOO_SHORT = 1.0  # seconds in which no page comes


def seconds_to_wait(value: str, now: datetime) -> float | None:
    """The Retry-After header (RFC 9110, 10.2.3), seconds or a date, as seconds from now."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


@dataclass(slots=True)
class _Host:
    """One host as this process knows it: a turn to be taken, and when the next may begin."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    ready: float = 0.0  # time.monotonic()
    delay: float = 0.0  # seconds between the beginnings of two requests
    rests: float = 0.0  # seconds it asked for, where that is more than we wait within one run


# For the whole process, not for one spider: several columns stand on one host, and the host
# does not care which of our spiders asks.
_HOSTS: dict[str, _Host] = defaultdict(_Host)


def slow_down(netloc: str, delay: float) -> None:
    """Asks a host no more often than every ``delay`` seconds from now on."""
    _HOSTS[netloc].delay = max(_HOSTS[netloc].delay, delay)


class PacedHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP handler; each host is asked one thing at a time, with a pause between.

    One address has TASHAN_PATIENCE seconds on the wire in all. A source whose hosts stall is
    closed, with the reason ``stalled``.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        give_back()
        self._pool._factory = BoundedFactory
        self._delay = crawler.settings.getfloat("TASHAN_DELAY")
        self._timeout = crawler.settings.getfloat("DOWNLOAD_TIMEOUT")
        self._most = crawler.settings.getfloat("TASHAN_PATIENCE")
        self._patience = Patience()
        self._closing: asyncio.Future[None] | None = None

    async def download_request(self, request: Request) -> Response:
        """Waits for its turn at the host, then asks."""
        host = _HOSTS[urlparse_cached(request).netloc]
        host.delay = max(host.delay, self._delay)
        async with host.turn:
            while not host.rests and (wait := host.ready - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            if self._closing is not None:
                raise Stalled("the source has stalled")
            if host.rests:
                raise Unusable(f"the host asked for {host.rests:g} s of rest")
            began = time.monotonic()
            host.ready = began + host.delay
            response: Response | None = None
            try:
                response = await self._asked(request)
            finally:
                self._note(request, response, time.monotonic() - began)
            if response.status in _ASKS_TO_WAIT:
                self._give_rest(host, request, response)
        return response

    async def _asked(self, request: Request) -> Response:
        left = self._most - request.meta.get(_SPENT, 0.0)
        if left < _TOO_SHORT:
            request.meta["dont_retry"] = True
            raise DownloadTimeoutError(f"{request.url} took {self._most:g} s in all")
        request.meta["download_timeout"] = min(self._timeout, left)
        try:
            return await super().download_request(request)
        except (DownloadFailedError, ResponseDataLossError) as error:
            too_much = excess(error.__cause__)
            if too_much:
                raise Unusable(too_much) from error
            raise

    def _note(self, request: Request, response: Response | None, seconds: float) -> None:
        spent = request.meta[_SPENT] = request.meta.get(_SPENT, 0.0) + seconds
        if spent > self._most - _TOO_SHORT:
            request.meta["dont_retry"] = True
        good = response is not None and response.status < 500 and response.status != 429
        (self._patience.answered if good else self._patience.failed)(seconds)
        engine = self._crawler.engine
        if self._patience.ended and engine is not None and engine.spider is not None:
            self._patience = Patience()  # said once
            self._closing = asyncio.ensure_future(engine.close_spider_async(reason="stalled"))

    @staticmethod
    def _give_rest(host: _Host, request: Request, response: Response) -> None:
        header = response.headers.get("Retry-After") or b""
        rest = seconds_to_wait(header.decode("latin-1"), datetime.now(UTC))
        if rest is None:
            return
        if rest > _LONGEST:
            request.meta["dont_retry"] = True
            host.rests = rest
        host.ready = max(host.ready, time.monotonic() + rest)
