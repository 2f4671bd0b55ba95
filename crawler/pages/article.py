"""A page to an Article as read: the source's layouts first, evidence for what no rule says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from model.article import Article
from model.body import plain
from model.errors import PageError
from model.source import Layout, Source

from . import faces, rules
from .fields import Reading
from .headline import site_name
from .page import Page, page_errors_only


@page_errors_only
def read(page: Page, source: Source) -> Article:
    """The article of a page of this source (its family's rules already merged).

    Raises RefusedPage for a challenge or login page, PageError for a page that is no article:
    gone, restricted, or without title and body. ``found_by`` names for every field the rule or
    the evidence that told it.
    """
    layout = _layout(page, source.article)
    article = Reading(page, layout).article()
    if not article.column and source.column:
        found = {**article.found_by, "column": "the source"}
        article = replace(article, column=source.column, found_by=found)
    text = plain(article.body)
    faces.check(page, source.faces, text)
    if article.body_kind == "text":
        faces.check_unknown(page, text, article.title)
    _check_whole(article, text)
    return article


@page_errors_only
def read_unknown(page: Page) -> Article:
    """The article of a page for whose site there are no rules; errors as in read()."""
    article = Reading(page, Layout()).article()
    text = plain(article.body)
    if article.body_kind == "text":
        faces.check_unknown(page, text, article.title)
    _check_whole(article, text)
    return article


def _check_whole(article: Article, text: str) -> None:
    """Refuse what has neither title nor text, or no content under the name of an office."""
    if not article.title and not text:
        raise PageError("no article: neither title nor text", url=article.url, field="title")
    carried = text or article.images or article.attachments or article.next_page
    if article.body_kind == "text" and not carried and site_name(article.title):
        raise PageError("no article: no text under a site's name", url=article.url, field="body")


def _layout(page: Page, layouts: Iterable[Layout]) -> Layout:
    """The first layout that fits: ``when`` finds something, or else its body does."""
    for layout in layouts:
        tell = layout.when or layout.body
        if not tell or next(iter(rules.items(page, tell)), None) is not None:
            return layout
    return Layout()
