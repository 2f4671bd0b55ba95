"""Pager readers by name: how a listing goes on, read from what its pager says, never guessed."""

from __future__ import annotations

from collections.abc import Iterable

from . import datastore, feeds, numbering, posting, services
from .page import Page
from .steps import Options, PagerReader, Step

__all__ = ["PAGERS", "Options", "PagerReader", "Step"]


def none(page: Page, options: Options) -> Iterable[Step]:
    """A listing of one page."""
    return ()


def any_pager(page: Page, options: Options) -> Iterable[Step]:
    """Whatever pager the page has."""
    if page.json is not None:
        return services.numbered(page)
    readers = (
        numbering.trs,
        services.datasource,
        datastore.steps,
        services.jpaas,
        numbering.links,
        posting.postback,
        posting.form,
        numbering.counted,
    )
    for reader in readers:
        steps = list(reader(page, options))
        if steps:
            return steps
    return ()


def elsewhere(page: Page) -> tuple[Step, ...]:
    """The requests for rows that a page does not hold and names the service of."""
    if page.json is not None:
        return ()
    if "<sitemapindex" in page.text[:2000]:
        return tuple(feeds.steps(page, {}))
    for reader in (services.datasource, services.catalogue, services.jpaas, datastore.steps):
        steps = tuple(reader(page, {}))
        if steps:
            return steps
    return ()


PAGERS: dict[str, PagerReader] = {
    "none": none,
    "any": any_pager,
    "links": numbering.links,
    "trs": numbering.trs,
    "numbers": numbering.numbers,
    "postback": posting.postback,
    "form": posting.form,
    "datastore": datastore.steps,
    "jpaas": services.jpaas,
    "gkmlpt": services.gkmlpt,
    "datasource": services.datasource,
    "service": services.service,
    "json": services.json_pages,
    "feed": feeds.steps,
}
