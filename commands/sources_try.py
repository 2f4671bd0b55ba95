"""tashan sources try: every field that a source's rules find on a page, and those they do not."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from crawler import reading
from crawler.fetch import fetch
from model.article import Refusal
from model.errors import PageError
from model.listed import Listed
from model.snapshot import Snapshot
from model.source import Source
from pipelines.chain import derive

from . import fields
from .bounded import bounded
from .options import catalogue, console
from .probing import first_article


@click.command("try")
@click.argument("name", metavar="SOURCE")
@click.argument("place", required=False, metavar="[FILE|URL]")
@click.option("--url", default="", help="Where a FILE comes from; without it, the listing.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def try_(name: str, place: str | None, url: str, as_json: bool) -> None:
    """Show every field of one article and the rule of the source that found it.

    FILE is a saved page, URL an article; without either the first article of the listing is
    fetched. Fields that nothing found are shown as well. Stores nothing.
    """
    source = catalogue().source(name)
    page, listed = _page(source, place, url)
    with bounded(page.url):
        read = reading.read(source, [page], listed)
        made = derive(read)
    article = read if isinstance(made, Refusal) else made
    if as_json:
        whole = asdict(article) | {"text": article.text, "markdown": article.markdown}
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
    else:
        console().print(article.url, markup=False)
        console().print(fields.table(article, every=True))
    if isinstance(made, Refusal):
        raise PageError(
            f"{page.url}: would not be kept: {made.reason} {made.detail}".rstrip(), url=page.url
        )


def _page(source: Source, place: str | None, url: str) -> tuple[Snapshot, Listed | None]:
    if place is None:
        return first_article(source)
    if place.startswith(("http://", "https://")):
        return fetch([place], verify_certificate=source.verify_certificate)[0], None
    try:
        body = Path(place).read_bytes()
    except OSError as error:
        raise click.BadParameter(f"{place}: {error.strerror}", param_hint="FILE|URL") from None
    return Snapshot(url or source.start, body, ""), None
