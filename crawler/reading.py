"""From raw pages to one Article as read: pages of one article joined, gaps filled from the listing.

The spider calls it when the pages have come, `tashan rebuild` whenever the rules are better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from model.article import Article, Precision, When
from model.listed import Listed
from model.snapshot import Snapshot
from model.source import Source

from .pages import article as article_page
from .pages.page import Page

_PRECISIONS: dict[int, Precision] = {4: "year", 7: "month", 10: "day", 16: "minute"}


def read(source: Source, pages: Sequence[Snapshot], listed: Listed | None = None) -> Article:
    """One article from the pages it was spread over.

    Raises PageError where the first page is no article.
    """
    return join([article_page.read(page_of(page), source) for page in pages], listed)


def join(parts: Sequence[Article], listed: Listed | None = None) -> Article:
    """One article from its pages as read, at least one, in order."""
    return _filled(_joined(parts[0], parts[1:]), listed)


def page_of(snapshot: Snapshot) -> Page:
    """A snapshot as the page readers take it."""
    return Page(snapshot.body, snapshot.url, snapshot.content_type)


def _joined(first: Article, others: Sequence[Article]) -> Article:
    if not others:
        return first
    whole = (first, *others)
    return replace(
        first,
        body=tuple(block for part in whole for block in part.body),
        images=tuple(dict.fromkeys(image for part in whole for image in part.images)),
        attachments=tuple(dict.fromkeys(file for part in whole for file in part.attachments)),
        editor=next((part.editor for part in whole if part.editor), ""),
        next_page="",
    )


def _filled(article: Article, listed: Listed | None) -> Article:
    """The date of the listing's row where the page itself tells none."""
    if listed is None or article.published or len(listed.published) not in _PRECISIONS:
        return article
    when = When(listed.published, _PRECISIONS[len(listed.published)], "listing")
    found = {**article.found_by, "published": "the listing's row"}
    return replace(article, published=when, found_by=found)
