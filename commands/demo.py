"""tashan demo: crawl the replica web with the code that crawls real sites, then read it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from crawler import settings
from model.catalogue import Catalogue
from model.errors import ExpectationError
from replica.server import Replica

from .crawl import run_crawl
from .options import pass_db
from .serve import run_server

_SHORT = ("assoc-policy", "assoc-tashan", "gov-policy", "gov-tashan", "mirror")
_REPLICA_SOURCES = settings.ROOT / "replica" / "sources"


@click.command()
@click.option("--serve/--no-serve", default=True, help="Read the archive afterwards, or end.")
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True)
@click.option("--all", "every", is_flag=True, help="All sites of the replica web, not three.")
@pass_db
def demo(db: Path, serve: bool, port: int, every: bool) -> None:
    """Crawl a small web of our own on loopback into the archive, and read it in a browser."""
    known = Catalogue(_REPLICA_SOURCES, Path(settings.TASHAN_FAMILIES))
    sources = [known.source(name) for name in (known.names() if every else _SHORT)]
    sources = [source for source in sources if source.status == "enabled"]
    with Replica() as replica:
        click.echo(f"replica web on {replica.address}: {len(sources)} sources")
        overrides = {"TASHAN_REPLICA": replica.address, "TASHAN_DELAY": 0}
        try:
            run_crawl(db, sources, overrides=overrides)
        except ExpectationError as error:
            click.echo(f"tashan: {error}", err=True)
    click.echo(_next(db))
    if serve:
        run_server(db, "127.0.0.1", port)


def _next(db: Path) -> str:
    """What to type next, with the commands where they really are."""
    here = Path(sys.executable).parent
    bin_ = here.relative_to(Path.cwd()) if here.is_relative_to(Path.cwd()) else here
    named = "" if db == Path("archive.db") else f" --db {db}"
    return (
        f"\nThe archive is {db}. Next:\n"
        f"  {bin_}/tashan{named} status    every source on one screen\n"
        f"  {bin_}/tashan{named} serve     read it in a browser\n"
        f"  {bin_}/datasette {db}    the same with plain Datasette\n"
        f"  {bin_}/sqlite-utils tables {db} --counts\n"
        f"  {bin_}/tashan --help    everything else"
    )
