"""Bytes in, Articles and links out: reads pages, never fetches. Both entries need no rules."""

from __future__ import annotations

from model.article import Article

from . import article, listing
from .listing import Link, ListingPage, Step
from .page import Page

__all__ = ["Link", "ListingPage", "Page", "Step", "read_article", "read_listing"]


def read_article(body: bytes, url: str, *, content_type: str = "") -> Article:
    """The article on a page of any site.

    ``body`` is the page as it came, ``url`` the address that answered, ``content_type`` the
    header's value where known. Raises RefusedPage for a challenge or login page and PageError
    for a page that is no article or cannot be read; never anything else, for any bytes.
    """
    return article.read_unknown(Page(body, url, content_type))


def read_listing(body: bytes, url: str) -> ListingPage:
    """The articles that a column page of any site names, and the pages that follow it.

    Raises PageError, and RefusedPage, as read_article does.
    """
    return listing.read_unknown(Page(body, url))
