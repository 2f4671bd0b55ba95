"""What may be asked for at all: http and https, ordinary ports, addresses of a sane length."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

_LOWEST_PORT = 1024  # below it live services that speak no HTTP; 80 and 443 are the exceptions
# Above it too stand services that would take a request for commands of theirs.
_SERVICES = frozenset(
    (1433, 1521, 1719, 1720, 1723, 2049, 2375, 3306, 3389, 3659, 4045, 5060, 5061, 5432, 5672,
     5900, 6000, 6379, 6566, *range(6665, 6670), 6697, 9042, 9100, 9200, 9300, 10080, 11211, 27017)
)  # fmt: skip
_SCHEMES = frozenset({"http", "https"})


def objection(url: str, longest: int) -> str | None:
    """Why an address is not asked for, or None where nothing speaks against it."""
    if len(url) > longest:
        return f"the address is longer than {longest} characters"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "the address cannot be read"
    if parts.scheme not in _SCHEMES:
        return f"{parts.scheme or 'no'} scheme"
    if not parts.hostname or parts.hostname.endswith("."):
        return "no proper host"
    if parts.username is not None:
        return "the address carries a user name"
    if port is not None and port not in (80, 443) and (port < _LOWEST_PORT or port in _SERVICES):
        return f"port {port}"
    return None


class Guard:
    """Downloader middleware; sees redirects too, since Scrapy sends them through again."""

    def __init__(self, longest: int) -> None:
        self._longest = longest

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Guard:
        """As Scrapy makes it."""
        return cls(crawler.settings.getint("URLLENGTH_LIMIT"))

    def process_request(self, request: Request) -> None:
        """Refuses what may not be fetched."""
        why = objection(request.url, self._longest)
        if why:
            raise IgnoreRequest(f"not fetched: {why}")
