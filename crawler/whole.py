"""Whole bodies only: a page that breaks off in the middle, or whose end cannot be proved, is none.

Scrapy takes what a cut gzip stream holds for the whole page, and whatever came before a
connection without Content-Length ended; either later looks like an edit.
"""

from __future__ import annotations

import re
import zlib
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response

from .failures import Unusable

_GZIP = 31  # zlib's window bits for a gzip stream
_STEP = 1 << 20  # bytes that are unpacked at a time
_TAIL = 4096  # bytes at the end of a page; servers add counters and comments after </html>
_PLAIN = frozenset({b"", b"identity"})
_ENDED = re.compile(rb"</(?:html|rss|feed|rdf:rdf|urlset|sitemapindex)\s*>", re.IGNORECASE)
_BEGUN = re.compile(rb"<(?:html|rss|feed|rdf:rdf|urlset|sitemapindex)\b", re.IGNORECASE)
_CLOSERS = b">}])"  # what a fragment, a JSON or a JSONP document ends in


def is_whole(body: bytes, most: int) -> bool:
    """Whether a gzip stream ends where it should; at no time is it unpacked in memory.

    A stream of several members (RFC 1952, 2.2) is whole when its last one is. Raises Unusable
    for one that unpacks to more than ``most`` bytes: Scrapy would notice it too, and keep what
    it had unpacked until the garbage is collected.
    """
    seen = 0
    if not body:
        return False  # not even a beginning
    while body:
        member = zlib.decompressobj(_GZIP)
        try:
            while body and not member.eof:
                seen += len(member.decompress(body, _STEP))
                body = member.unconsumed_tail or (b"" if not member.eof else body)
                if seen > most:
                    raise Unusable(f"unpacks to more than {most} bytes")
        except zlib.error:
            return False
        if not member.eof:
            return False
        body = member.unused_data.lstrip(b"\0")
        if body[:2] != b"\x1f\x8b":  # what follows the last member is padding
            return True
    return True


def has_end(body: bytes) -> bool:
    """Whether a document without a stated length shows by itself that it is at its end."""
    if _BEGUN.search(body[:_TAIL]):
        return _ENDED.search(body[-_TAIL:]) is not None
    return body.rstrip(b" \t\r\n;\0")[-1:] in [bytes([closer]) for closer in _CLOSERS]


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
        packed = _packings(response)
        if not 200 <= response.status < 300:
            if packed:  # nobody reads what an error or a redirect says
                response = response.replace(body=b"")
                del response.headers["Content-Encoding"]
            return response
        if packed and packed not in ([b"gzip"], [b"x-gzip"]):
            said = b", ".join(packed).decode("latin-1")[:60]
            raise Unusable(f"packed as {said}, which was not asked for")
        if packed and not is_whole(response.body, self._most):
            return self._again(request, "cut short: the compressed page breaks off")
        if not packed and "partial" in response.flags and not has_end(response.body):
            return self._again(request, "cut short: the connection ended before the page did")
        return response

    def _again(self, request: Request, why: str) -> Request:
        assert self._crawler.spider is not None  # noqa: S101  it asked
        again = get_retry_request(request, spider=self._crawler.spider, reason="cut short")
        if again is None:
            raise Unusable(why)
        return again


def _packings(response: Response) -> list[bytes]:
    values = b",".join(response.headers.getlist("Content-Encoding"))
    return [name for part in values.split(b",") if (name := part.strip().lower()) not in _PLAIN]
