"""Listing readers by name: each knows one way in which a page or feed names its articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from model.source import Listing, Rule

from . import datastore, feeds, literals, records, rows, rules, shapes
from .fragment import fragment
from .page import Page
from .rows import Row

_FEW = 4  # rows; with fewer the scripts are asked as well
_XML = re.compile(
    r"\s*\ufeff?\s*(?:<!--.*?-->\s*)*<(?:\?xml|rss|feed|urlset|sitemapindex)\b", re.DOTALL
)
Reader = Callable[[Page, Listing], Iterable[Row]]


def read_rows(page: Page, listing: Listing) -> Iterable[Row]:
    """Rows that are elements of the page: where the rules say, else where evidence says.

    Option ``html``: path of the markup in an answer that is JSON, as in data.html.
    """
    path = str(listing.options.get("html", ""))
    if page.json is not None and not path:
        return records.in_document(page, listing, page.json)
    if page.json is not None:
        markup = rules.first(page, (Rule(json=path),))[0]  # type: ignore[call-arg]
        if not markup.strip():
            return ()
        root = fragment(markup)
        found = rules.elements(page, listing.rows, root)
        elements = [element for element, _ in found] or shapes.rows(page, root)
    elif not listing.rows:
        return by_evidence(page, listing)
    else:
        elements = [element for element, _ in rules.elements(page, listing.rows)]
    return rows.of_elements(page, listing, elements)


def read_script(page: Page, listing: Listing) -> Iterable[Row]:
    """Rows that an inline script holds as objects or arrays, or writes as markup.

    A page of the same column that has its rows in the markup is read like any other.
    """
    found = [records.of_record(page, listing, record) for record in records.in_scripts(page)]
    made = [row for row in found if row is not None]
    if made:
        return made
    return _of_markup(page, listing, literals.markup(page)) or read_rows(page, listing)


def _of_markup(page: Page, listing: Listing, markup: str) -> list[Row]:
    """The rows of markup that stands in a script or a service's answer."""
    if not markup:
        return []
    return list(rows.of_elements(page, listing, shapes.rows(page, fragment(markup))))


def read_json(page: Page, listing: Listing) -> Iterable[Row]:
    """Rows that are members of a JSON document, or of one inside the page."""
    if page.json is not None:
        return records.in_document(page, listing, page.json)
    name = str(listing.options.get("data", ""))
    document = page.data(name) if name else None
    if document is not None:
        return records.in_document(page, listing, document)
    return read_script(page, listing)


def by_evidence(page: Page, listing: Listing) -> Iterable[Row]:
    """Rows of a page for which nobody wrote a rule, whatever carries them."""
    patterns = [re.compile(pattern) for pattern in listing.follow]

    def wanted(found: list[Row]) -> int:
        return sum(not patterns or any(p.search(row.url) for p in patterns) for row in found)

    if page.json is not None:
        found = list(records.in_document(page, listing, page.json))
        return found or _of_markup(page, listing, records.markup(page.json))
    start = page.text[:2000].lower()
    if _XML.match(start) and "<html" not in start:
        return list(feeds.read(page, listing))
    found = list(rows.of_elements(page, listing, shapes.rows(page)))
    if "<record" in page.text:
        found = max(found, list(datastore.read(page, listing)), key=wanted)
    if wanted(found) < _FEW:
        scripted = [records.of_record(page, listing, record) for record in records.in_scripts(page)]
        found = max(found, [row for row in scripted if row is not None], key=wanted)
    if wanted(found) < _FEW:
        found = max(found, _of_markup(page, listing, literals.markup(page)), key=wanted)
    return found


READERS: dict[str, Reader] = {
    "rows": read_rows,
    "script": read_script,
    "json": read_json,
    "datastore": datastore.read,
    "feed": feeds.read,
    "sitemap": feeds.read,
}
