"""A column's page to the articles it names and the pages that follow it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from model.article import When
from model.errors import PageError
from model.source import Faces, Listing, Pager, Source

from . import attachments, faces, pagers, readers
from .address import canonical, domain, host, suffix
from .fragment import text_of
from .page import Page, page_errors_only
from .rows import Row
from .steps import Step

Kind = Literal["article", "file", "external"]
_STUB = 1_000  # bytes; shorter answers to a deep page number are no listing

__all__ = ["Link", "ListingPage", "Step", "read", "read_unknown"]


@dataclass(frozen=True, slots=True)
class Link:
    """A row of a listing.

    ``title`` may be cut short where the page cuts it. ``kind``: an article of the site, a file,
    or a page elsewhere (another host, WeChat), which is no article of this source.
    """

    url: str
    title: str
    published: When | None = None
    kind: Kind = "article"


@dataclass(frozen=True, slots=True)
class ListingPage:
    """Rows in the order of the page, each address once, and the steps that follow.

    ``more`` holds every page that the pager names or counts, nearest first; where it only knows
    the next one, that one.
    """

    links: tuple[Link, ...]
    more: tuple[Step, ...] = ()


@page_errors_only
def read(page: Page, source: Source) -> ListingPage:
    """The listing of a source (its family's rules merged in).

    Raises PageError for a page without rows that names no further pages either (a stub, an
    error page), RefusedPage for a challenge.
    """
    rows = list(
        readers.READERS[_known(source.listing.reader, readers.READERS)](page, source.listing)
    )
    links = tuple(_links(rows, source.listing, source.start))
    more = _more(page, source.listing.pager, source.listing)
    if not links and not more:
        _nothing(page, source.faces)
    return ListingPage(links, more)


@page_errors_only
def read_unknown(page: Page) -> ListingPage:
    """The listing of a site for which there are no rules; errors as in read().

    A page that has no rows and names the service that has them gives the requests for those.
    """
    listing = Listing()
    rows = list(readers.by_evidence(page, listing))
    links = tuple(_links(rows, listing, page.url))
    more = _more(page, Pager(reader="any"), listing)
    if not links:
        more = pagers.elsewhere(page)
        if not more:
            _nothing(page, Faces())
    return ListingPage(links, more)


def _known(name: str, registry: Iterable[str]) -> str:
    if name not in registry:
        raise PageError(
            f"no reader named {name}; known are {', '.join(sorted(registry))}", field="listing"
        )
    return name


def _more(page: Page, pager: Pager, listing: Listing) -> tuple[Step, ...]:
    steps = pagers.PAGERS[_known(pager.reader, pagers.PAGERS)](page, pager.options)
    here = page.url.split("#")[0]
    kept = [s for s in steps if s.url and (s.form or s.url.split("#")[0] != here)]
    return tuple(dict.fromkeys(kept))


def _links(rows: Iterable[Row], listing: Listing, start: str) -> Iterable[Link]:
    follow = [re.compile(pattern) for pattern in listing.follow]
    skip = [re.compile(pattern) for pattern in listing.skip]
    named = str(listing.options.get("hosts", "")).lower().split()
    ours = {host(start), *(name.removeprefix("www.") for name in named)}
    if listing.options.get("siblings"):
        ours.add("." + domain(host(start)))
    made: dict[str, Link] = {}
    for row in rows:
        if any(pattern.search(row.url) for pattern in skip):
            continue
        kind = _kind(row.url, ours)
        if kind == "article" and follow and not any(pattern.search(row.url) for pattern in follow):
            continue
        key = canonical(row.url).partition("://")[2].removeprefix("www.")
        link = Link(row.url.split("#")[0], row.title, row.published, kind)
        known = made.get(key)
        made[key] = link if known is None else _fuller(known, link)
    return made.values()


def _fuller(one: Link, other: Link) -> Link:
    """Two rows of one article, often picture and text, as one."""
    title = max(one.title, other.title, key=len)
    return replace(one, title=title, published=one.published or other.published)


def _kind(url: str, ours: set[str]) -> Kind:
    if suffix(url) in attachments.TYPES | attachments.MEDIA:
        return "file"
    there = host(url)
    inside = any(
        there == own.lstrip(".") or (own[:1] == "." and there.endswith(own)) for own in ours
    )
    return "article" if inside else "external"


def _nothing(page: Page, known: Faces) -> None:
    """A page without rows: say what it is instead."""
    if page.json is not None and not _failed(page.json):
        return  # a service says that there are no more
    text = text_of(page.root) if page.json is None else ""
    faces.check(page, known, text)
    faces.check_unknown(page, text, "")
    what = "a stub" if len(page.body) < _STUB else "no rows"
    raise PageError(f"no listing: {what} ({len(page.body)} bytes)", url=page.url, field="rows")


def _failed(document: object) -> bool:
    """Whether a service's answer says that it could not answer."""
    if not isinstance(document, dict):
        return False
    return document.get("success") is False or str(document.get("code", "200"))[:1] in ("4", "5")
