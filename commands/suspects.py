"""tashan suspects: what was kept aside because it looks wrong, and a person's word about it."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table

from archive import Archive
from archive.suspects import Suspect
from crawler import reading
from crawler.delivery import write
from model.article import Refusal
from model.errors import ArchiveError, PageError, SourceError
from model.source import Source
from pipelines.chain import derive

from .options import catalogue, console, pass_db


@click.command()
@click.option("--accept", "accepted", multiple=True, type=int, metavar="NUMBER",
              help="Take this reading over as it is.")  # fmt: skip
@click.option("--dismiss", "dismissed", multiple=True, type=int, metavar="NUMBER",
              help="Never believe this reading.")  # fmt: skip
@pass_db
def suspects(db: Path, accepted: tuple[int, ...], dismissed: tuple[int, ...]) -> None:
    """Show the readings that were kept aside, accept or dismiss them.

    They replace nothing. One that the site shows on three nights without signs of damage is
    accepted by itself.
    """
    if not accepted and not dismissed:
        with Archive.read(db) as archive:
            console().print(_table(archive.suspects.held()))
        return
    with Archive.write(db) as archive:
        for number in accepted:
            suspect = _held(archive, number)
            _accept(archive, suspect)
            click.echo(f"{number}: accepted: {suspect.title}")
        for number in dismissed:
            suspect = _held(archive, number)
            with archive.writing():
                archive.suspects.mark(number, "dismissed")
            click.echo(f"{number}: dismissed: {suspect.title}")


def _table(held: list[Suspect]) -> Table | str:
    if not held:
        return "nothing is kept aside"
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("number", "source", "nights", "why", "title", "address"):
        table.add_column(name, overflow="fold")
    for one in held:
        row = (str(one.id), one.source, str(one.nights), one.reason, one.title, one.url)
        table.add_row(*row)
    return table


def _held(archive: Archive, number: int) -> Suspect:
    suspect = archive.suspects.get(number)
    if suspect is None or suspect.state != "held":
        raise click.UsageError(f"no reading {number} is held; tashan suspects shows them")
    return suspect


def _accept(archive: Archive, suspect: Suspect) -> None:
    source = _source(archive, suspect.source)
    pages = archive.suspects.pages(suspect.id)
    try:
        article = derive(reading.read(source, pages, archive.frontier.listed(suspect.url)))
    except PageError as error:
        raise ArchiveError(f"reading {suspect.id}: {error}") from error
    if isinstance(article, Refusal):
        raise ArchiveError(f"reading {suspect.id}: is no article ({article.reason})")
    with archive.writing():
        known = archive.articles.find(source.id, suspect.url, "")
        write(archive, source, suspect.url, known, article, pages)
        archive.frontier.settle(suspect.url, "kept")
        archive.suspects.mark(suspect.id, "accepted")


def _source(archive: Archive, name: str) -> Source:
    try:
        return catalogue().source(name)
    except SourceError:  # as it was when it was crawled
        source = archive.runs.source(name)
        if source is None:
            raise
        return source
