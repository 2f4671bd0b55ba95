"""RSS, Atom and sitemaps as listings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from itertools import islice

from lxml import etree

from model.article import When
from model.errors import PageError
from model.source import Listing

from . import dates
from .address import absolute
from .fragment import plain_text
from .page import Page
from .parsing import Element
from .rows import Row
from .steps import Options, Step

_MOST = 50_000  # entries; a sitemap may have no more
_DATES = ("pubdate", "published", "date", "issued", "created", "updated", "publication_date")


def read(page: Page, listing: Listing) -> Iterable[Row]:
    """The entries of an RSS or Atom feed or of a sitemap; a sitemap tells no titles."""
    entries = (e for e in _root(page).iter() if _name(e) in ("item", "entry", "url"))
    for element in islice(entries, _MOST):
        row = _row(page, element)
        if row is not None:
            yield row


def steps(page: Page, options: Options) -> Iterator[Step]:
    """The sitemaps of a sitemap index, and the next page of a feed that has one."""
    for element in _root(page).iter():
        if _name(element) == "sitemap":
            url = absolute(page.url, _child(element, "loc"))
            if url:
                yield Step(url)
        elif _name(element) == "link" and element.get("rel") == "next":
            url = absolute(page.url, element.get("href") or "")
            if url:
                yield Step(url)


def _root(page: Page) -> Element:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(page.text.lstrip().encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise PageError("no feed: the page is no XML", url=page.url, field="rows")
    return root


def _row(page: Page, element: Element) -> Row | None:
    url = absolute(page.url, _link(element))
    if not url:
        return None
    title = plain_text(_child(element, "title"))
    return Row(url, title, _date(element))


def _link(element: Element) -> str:
    for child in element.iter():
        if (
            _name(child) == "link"
            and child.get("href")
            and child.get("rel", "alternate") == "alternate"
        ):
            return child.get("href") or ""
    return _child(element, "link") or _child(element, "loc") or _child(element, "guid")


def _date(element: Element) -> When | None:
    for name in _DATES:
        text = _child(element, name)
        if not text:
            continue
        when = dates.first(text, "listing")
        if when is not None and when.precision in ("day", "minute"):
            return when
        try:
            moment: datetime = parsedate_to_datetime(text)
        except (TypeError, ValueError, IndexError):
            continue
        return dates.from_unix(moment.timestamp(), "listing")
    return None


def _child(element: Element, name: str) -> str:
    for child in element.iter():
        if child is not element and _name(child) == name and child.text:
            return child.text.strip()
    return ""


def _name(element: Element) -> str:
    tag = element.tag
    return tag.rsplit("}", 1)[-1].lower() if isinstance(tag, str) else ""
