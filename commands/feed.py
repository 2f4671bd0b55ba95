"""tashan feed: what is new in the archive, as an Atom feed."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from archive import Archive
from archive.reading import Reading
from exports import record, writing
from exports.feed import atom
from exports.selection import Selection

from .options import pass_db
from .selecting import selecting


@click.command()
@click.option(
    "--output",
    "path",
    default="-",
    metavar="PATH",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Where to; default: standard output.",
)
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True,
              help="So many articles at most, the newest.")  # fmt: skip
@click.option("--title", default="", help="The feed's title; default: what was selected.")
@click.option("--address", default="", help="Where the feed will be read (its self link).")
@selecting
@pass_db
def feed(db: Path, path: Path, limit: int, title: str, address: str, selection: Selection) -> None:
    """Write an Atom feed of the newest articles: of all, of a source, of a search."""
    with Archive.read(db) as archive, Reading(archive) as reading:
        selection.apply(reading)
        records = list(record.chosen(reading, limit))
    about = "; ".join(f"{english}: {value}" for _, english, value in selection.words())
    named = title or " · ".join(["他山 Tashan", *(value for *_, value in selection.words())])
    made = atom(records, named, about=about, address=address)
    if str(path) == "-":
        sys.stdout.buffer.write(made)
    else:
        writing.write(path, [made])
        click.echo(f"{path}: {len(records)} articles")
