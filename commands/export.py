"""tashan export: the articles one wants, in the format one's tools read."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from archive import Archive
from exports import dataset, formats
from exports.selection import Selection

from .options import pass_db
from .selecting import SCRIPT_HELP, converter, selecting, stopping_cleanly, watching

_FORMATS = "; ".join(f"{made.name}: {made.about}" for made in formats.FORMATS.values())


@click.command()
@click.option("--format", "name", default="", help=f"{_FORMATS}. Default: by the ending of PATH.")
@click.option(
    "--output",
    "path",
    required=True,
    metavar="PATH",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Where to; what is there stays until the new one is whole. -: standard output.",
)
@click.option("--columns", multiple=True, help="Names, separated by commas; all: every one.")
@click.option("--script", default="hans", show_default=True, help=SCRIPT_HELP + ".")
@click.option("--bodies/--no-bodies", default=True, help="With or without the texts.")
@click.option(
    "--revisions", is_flag=True, help="With every wording seen (sqlite, warc: raw pages)."
)
@click.option("--attachments", is_flag=True, help="With the list of attachments.")
@click.option("--no-bom", is_flag=True, help="CSV without the mark that Excel needs.")
@selecting
@pass_db
def export(
    db: Path,
    name: str,
    path: Path,
    columns: tuple[str, ...],
    script: str,
    bodies: bool,
    revisions: bool,
    attachments: bool,
    no_bom: bool,
    selection: Selection,
) -> None:
    """Write the articles as CSV, JSON Lines, Parquet, a folder of texts, SQLite or WARC.

    The same archive and options give the same bytes. In CSV, texts that a spreadsheet could take
    for formulas begin with an apostrophe.
    """
    request = dataset.Request(
        format=formats.named(name, path),
        selection=selection,
        columns=tuple(part for text in columns for part in _parts(text)),
        script=script,
        convert=converter(script),
        bodies=bodies,
        revisions=revisions,
        attachments=attachments,
        bom=not no_bom,
    )
    label = f"writing {request.format.name}"
    with Archive.read(db) as archive, stopping_cleanly(), watching(label) as begin:
        if str(path) == "-":
            for piece in dataset.stream(archive, request, begin):
                sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
            return
        made = dataset.export(archive, request, path, begin)
    written = made.written
    click.echo(
        f"{path}: {made.articles:,} articles, {written.size:,} bytes, sha256 {written.sha256}"
    )
    if made.pageless:
        click.echo(f"{made.pageless:,} of these articles have no raw page here", err=True)


def _parts(text: str) -> list[str]:
    for mark in "，、;；":
        text = text.replace(mark, ",")
    return [part.strip() for part in text.split(",") if part.strip()]
