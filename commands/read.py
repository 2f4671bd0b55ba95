"""tashan read: what would be read from one page, field by field, with the rule that found it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from crawler import pages, reading
from crawler.fetch import fetch
from model.article import Article, Refusal
from model.errors import PageError
from model.snapshot import Snapshot
from model.source import Source
from pipelines.chain import derive

from . import fields
from .bounded import bounded
from .options import catalogue, console


@click.command()
@click.argument("place", metavar="FILE|URL")
@click.option("--source", "name", help="Read with the rules of this source.")
@click.option("--url", default="", help="Where a FILE comes from, for its relative links.")
@click.option("--listing", is_flag=True, help="Read it as a listing: links, dates, next pages.")
@click.option("--as-read", is_flag=True, help="Before repair and normalisation.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def read(
    place: str, name: str | None, url: str, listing: bool, as_read: bool, as_json: bool
) -> None:
    """Show what would be read from a page. Stores nothing.

    Without --source the page is read without rules, by evidence alone.
    """
    source = catalogue().source(name) if name else None
    page = _page(place, url)
    if listing:
        _show_listing(page, source, as_json)
        return
    article = _article(page, source)
    if not as_read:
        with bounded(page.url):
            derived = derive(article)
        if isinstance(derived, Refusal):
            raise PageError(f"{place}: is no article: {derived.reason} {derived.detail}".rstrip())
        article = derived
    if as_json:
        made = asdict(article) | {"text": article.text, "markdown": article.markdown}
        click.echo(json.dumps(made, ensure_ascii=False, indent=2))
    else:
        console().print(fields.table(article))


def _page(place: str, url: str) -> Snapshot:
    if place.startswith(("http://", "https://")):
        return fetch([place])[0]
    try:
        body = Path(place).read_bytes()
    except OSError as error:
        raise click.BadParameter(f"{place}: {error.strerror}", param_hint="FILE|URL") from None
    return Snapshot(url or Path(place).resolve().as_uri(), body, "")


def _article(page: Snapshot, source: Source | None) -> Article:
    with bounded(page.url):
        if source:
            return reading.read(source, [page])
        return pages.read_article(page.body, page.url, content_type=page.content_type)


def _show_listing(page: Snapshot, source: Source | None, as_json: bool) -> None:
    with bounded(page.url):
        if source:
            found = pages.listing.read(reading.page_of(page), source)
        else:
            found = pages.read_listing(page.body, page.url)
    elsewhere = not found.links and bool(found.more)
    if as_json:
        made = asdict(found) | {"rows_need_a_request": elsewhere}
        click.echo(json.dumps(made, ensure_ascii=False, indent=2))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("date", "kind", "title", "address"):
        table.add_column(column)
    for link in found.links:
        date = link.published.value if link.published else ""
        table.add_row(date, link.kind, escape(link.title), escape(link.url))
    for step in found.more:
        table.add_row(
            "", "rows there" if elsewhere else "more", "", escape(f"{step.method} {step.url}")
        )
    console().print(table)
