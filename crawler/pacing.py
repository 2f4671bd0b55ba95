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
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

_ASKS_TO_WAIT = frozenset({429, 503})
_LONGEST = 600.0  # seconds; longer than this we do not wait within one run


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


# For the whole process, not for one spider: several columns stand on one host, and the host
# does not care which of our spiders asks.
_HOSTS: dict[str, _Host] = defaultdict(_Host)


def slow_down(netloc: str, delay: float) -> None:
    """Asks a host no more often than every ``delay`` seconds from now on."""
    _HOSTS[netloc].delay = max(_HOSTS[netloc].delay, delay)


class PacedHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP handler; each host is asked one thing at a time, with a pause between."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._delay = crawler.settings.getfloat("TASHAN_DELAY")

    async def download_request(self, request: Request) -> Response:
        """Waits for its turn at the host, then asks."""
        host = _HOSTS[urlparse_cached(request).netloc]
        host.delay = max(host.delay, self._delay)
        async with host.turn:
            while (wait := host.ready - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            host.ready = time.monotonic() + host.delay
            response = await super().download_request(request)
            if response.status in _ASKS_TO_WAIT:
                self._give_rest(host, request, response)
        return response

    @staticmethod
    def _give_rest(host: _Host, request: Request, response: Response) -> None:
        header = response.headers.get("Retry-After") or b""
        rest = seconds_to_wait(header.decode("latin-1"), datetime.now(UTC))
        if rest is None:
            return
        if rest > _LONGEST:
            request.meta["dont_retry"] = True
        host.ready = time.monotonic() + min(rest, _LONGEST)
