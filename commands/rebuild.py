"""tashan rebuild: read and derive every article again from the pages kept; no network."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click
from rich.progress import track
from rich.table import Table

from archive import Archive
from crawler import reading
from model.article import Refusal
from model.errors import PageError, SourceError
from model.source import Source
from pipelines.chain import derive

from .options import catalogue, console, pass_db


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@pass_db
def rebuild(db: Path, dry_run: bool, yes: bool) -> None:
    """Apply the rules of today to everything kept, and say what that changes.

    Every article is read again from its raw pages. On a terminal you are asked before anything
    is written; all of it is written, or nothing.
    """
    with Archive.read(db):
        pass
    with Archive.write(db) as archive:
        try:
            with archive.writing():
                tally = _derive_all(archive)
                _report(tally)
                if dry_run or not tally.changed:
                    raise _KeepAsItWasError
                if not yes and sys.stdin.isatty():
                    click.confirm("Write this?", abort=True)
        except _KeepAsItWasError:
            click.echo("nothing written")
        else:
            click.echo("written")


class _KeepAsItWasError(Exception):
    """Leaves the transaction without a commit."""


class _Tally:
    """What a rebuild found."""

    def __init__(self) -> None:
        self.articles = 0
        self.changed = 0
        self.fields: Counter[str] = Counter()
        self.left: Counter[str] = Counter()
        self.examples: dict[str, str] = {}


def _derive_all(archive: Archive) -> _Tally:
    tally, known = _Tally(), catalogue()
    sources: dict[str, Source | None] = {}
    screen = console(stderr=True)
    kept = track(
        archive.articles.kept(),
        "reading again",
        total=archive.articles.count(),
        console=screen,
        disable=not screen.is_terminal,
        transient=True,
    )
    for item in kept:
        tally.articles += 1
        if item.source not in sources:
            try:
                sources[item.source] = known.source(item.source)
            except SourceError:  # as it was when it was crawled
                sources[item.source] = archive.runs.source(item.source)
        source = sources[item.source]
        if source is None:
            tally.left[f"source {item.source} is described nowhere"] += 1
            continue
        listed = archive.frontier.listed(item.url)
        try:
            article = derive(reading.read(source, item.pages, listed))
        except PageError as error:
            tally.left[str(error)] += 1
            continue
        if isinstance(article, Refusal):
            tally.left[f"would be refused now: {article.reason}"] += 1
            continue
        different = archive.articles.derive_again(source, item, article)
        tally.changed += bool(different)
        for name in different:
            tally.fields[name] += 1
            tally.examples.setdefault(name, article.title)
    return tally


def _report(tally: _Tally) -> None:
    click.echo(f"{tally.articles} articles read again, {tally.changed} differ")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("field", "articles", "for example"):
        table.add_column(name)
    for name, number in tally.fields.most_common():
        table.add_row(name, str(number), tally.examples[name])
    if tally.fields:
        console().print(table)
    for reason, number in tally.left.most_common():
        click.echo(f"left as they were: {number}: {reason}")
