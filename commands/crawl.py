"""tashan crawl: ask the sources what is new and keep it.

The crawler is imported once the archive is known to be free: who comes while another writes leaves
at once.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

import click

from archive import Archive, placing
from archive.database import lock_of
from model.errors import ExpectationError
from model.source import Source

from .options import chosen, console, pass_db

_LOG_BYTES, _LOGS = 10_000_000, 5  # of one file; how many older ones stay


@click.command()
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
@click.option("--full", is_flag=True, help="Walk every listing to its end, known articles or not.")
@click.option("--recheck", is_flag=True, help="Ask recent articles again for corrections.")
@click.option("--log", type=click.Path(path_type=Path, dir_okay=False), help="Scrapy's log.")
@pass_db
def crawl(db: Path, names: tuple[str, ...], full: bool, recheck: bool, log: Path | None) -> None:
    """Ask sources for what is new (all enabled ones where none is named) and keep it.

    A listing is read until a page brings nothing new. What is known is not asked for again.
    """
    come_alone(db)
    run_crawl(db, chosen(names), full=full, recheck=recheck, log=log)


@click.command()
@click.argument("name", metavar="SOURCE")
@click.option("--since", type=click.IntRange(1980, 2100), required=True, help="The first year.")
@click.option("--delay", type=click.FloatRange(0), default=10.0, show_default=True,
              help="Seconds between two requests.")  # fmt: skip
@click.option("--hours", type=click.FloatRange(0.01), default=24.0, show_default=True,
              help="Stop then; the next call goes on.")  # fmt: skip
@click.option("--log", type=click.Path(path_type=Path, dir_okay=False), help="Scrapy's log.")
@pass_db
def backfill(db: Path, name: str, since: int, delay: float, hours: float, log: Path | None) -> None:
    """Collect the old years of one source, slowly.

    Can be stopped at any time; what was listed and not fetched is fetched by the next call.
    """
    come_alone(db)
    overrides = {"TASHAN_DELAY": delay, "CLOSESPIDER_TIMEOUT": int(hours * 3600)}
    run_crawl(db, chosen((name,)), full=True, since=since, log=log, overrides=overrides)


def run_crawl(
    db: Path,
    sources: list[Source],
    *,
    full: bool = False,
    recheck: bool = False,
    since: int = 0,
    log: Path | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> None:
    """Crawls with a display and a summary; raises ExpectationError where a promise is broken."""
    from crawler.run import crawl as crawl_sources

    from .display import summary, watching

    log_to(log)
    command = "tashan crawl " + " ".join(source.id for source in sources)
    with Archive.write(db) as archive:
        with watching(sources) as watch:
            run, good = crawl_sources(
                archive,
                sources,
                command=command,
                full=full,
                recheck=recheck,
                since=since,
                overrides=dict(overrides or {}),
                watch=watch,
            )
        console().print(summary(run, sources))
    if not good:
        raise ExpectationError(f"less than promised from {', '.join(run.bad())}; see tashan status")


def come_alone(db: Path) -> None:
    """Raises ArchiveError where another crawl is writing the archive, before anything is read."""
    if placing.tail(db, ".lock").exists():
        placing.unlock(lock_of(db))


def log_to(path: Path | None) -> None:
    """Scrapy's own words go into a file when asked for; what matters is in the table problems."""
    if path is None:
        handler: logging.Handler = logging.NullHandler()
    else:
        handler = RotatingFileHandler(
            path, maxBytes=_LOG_BYTES, backupCount=_LOGS, encoding="utf-8"
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.setLevel(logging.INFO)
    logging.getLogger().addHandler(handler)
