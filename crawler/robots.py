"""robots.txt by RFC 9309: what cannot be had forbids, what does not exist allows."""

from __future__ import annotations

from typing import Any

from scrapy import Request, signals
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from .failures import distrust
from .pacing import slow_down

_FORBIDS_ALL = b"User-agent: *\nDisallow: /\n"
_ALLOWS_ALL = b""
_LARGEST = 500 * 1024  # bytes; section 2.5: at least so much must be read, more need not
_LONGEST_DELAY = 60.0  # seconds; a site that asks for more would never be read through


class Robots(RobotsTxtMiddleware):
    """Scrapy's own middleware, with the answers of sections 2.3.1.3 and 2.3.1.4.

    A host whose robots.txt answers 5xx, times out or breaks off is not fetched from. A
    Crawl-delay longer than our own is kept.
    """

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._unheard: dict[str, str] = {}
        crawler.signals.connect(self._keep_crawl_delay, signals.robots_parsed)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """As Scrapy asks; says so where the rules could not be had at all."""
        why = self._unheard.get(urlparse_cached(request).netloc)
        if why:
            raise IgnoreRequest(f"robots.txt cannot be had ({why}), so nothing is fetched")
        super().process_request_2(rp, request)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if 200 <= response.status < 300:
            body = response.body[:_LARGEST]
        elif 400 <= response.status < 500 and response.status != 429:
            body = _ALLOWS_ALL
        else:
            body = _FORBIDS_ALL
            self._unheard[netloc] = f"HTTP status {response.status}"
        await super()._parse_robots(response.replace(body=body), netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._unheard[netloc] = distrust(exc) or type(exc).__name__
        super()._robots_error(exc, netloc)

    def _keep_crawl_delay(self, robotparser: Any, request: Request) -> None:
        parser = getattr(robotparser, "rp", None)
        asked = parser.crawl_delay(self._robotstxt_useragent) if parser else None
        if asked:
            slow_down(urlparse_cached(request).netloc, min(float(asked), _LONGEST_DELAY))
