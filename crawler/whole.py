"""Whole bodies only: a compressed page that breaks off in the middle is no page.

Scrapy takes what a cut gzip stream holds for the whole page, which later looks like an edit.
"""

from __future__ import annotations

import zlib
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

_GZIP = 31  # zlib's window bits for a gzip stream
_STEP = 1 << 20  # bytes that are unpacked at a time


def is_whole(body: bytes, most: int) -> bool:
    """Whether a gzip stream ends where it should; one larger than ``most`` is not looked through.

    A stream of several members (RFC 1952, 2.2) is whole when its last one is.
    """
    seen = 0
    while body:
        member = zlib.decompressobj(_GZIP)
        try:
            while body and not member.eof:
                seen += len(member.decompress(body, _STEP))
                body = member.unconsumed_tail or (b"" if not member.eof else body)
                if seen > most:
                    return True
        except zlib.error:
            return False
        if not member.eof:
            return False
        body = member.unused_data.lstrip(b"\0")
        if body[:2] != b"\x1f\x8b":  # what follows the last member is padding
            return True
    return True


class WholeBodies:
    """Downloader middleware, between the network and Scrapy's decompression."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._most = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> WholeBodies:
        """As Scrapy makes it."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Any:
        """Asks again for a page that was cut; gives up after the usual number of times."""
        packed = (response.headers.get("Content-Encoding") or b"").strip().lower()
        if packed not in (b"gzip", b"x-gzip") or is_whole(response.body, self._most):
            return response
        assert self._crawler.spider is not None  # noqa: S101  it asked
        again = get_retry_request(request, spider=self._crawler.spider, reason="cut short")
        if again is None:
            raise IgnoreRequest("cut short: the compressed page breaks off")
        return again
