"""tashan nightly: what cron runs; crawl, judge, report, tidy, publish, back up, tell."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import click

from archive import Archive, copies
from crawler.run import crawl as crawl_sources
from model.errors import ExpectationError, SourceError, TashanError

from .crawl import log_to
from .display import morning, watching
from .options import enabled, pass_db
from .ping import Ping

_PATH = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("--hours", type=click.FloatRange(0.01), default=6.0, show_default=True,
              help="What is not done by then comes the next night.")  # fmt: skip
@click.option("--publish", "target", type=_PATH, help="Put a copy for readers here afterwards.")
@click.option("--backup", type=_PATH, help="Put a backup here afterwards.")
@click.option("--ping", "url", help="A healthchecks.io address to tell how it begins and ends.")
@click.option("--log", type=_PATH, help="Scrapy's log.")
@pass_db
def nightly(
    db: Path,
    hours: float,
    target: Path | None,
    backup: Path | None,
    url: str | None,
    log: Path | None,
) -> None:
    """Crawl all enabled sources side by side, and report in the morning.

    New articles are collected, recent ones asked again for corrections. The report goes to
    standard output, for cron to mail; the exit code is 1 where a source gave less than promised.
    """
    sources, wrong = enabled()
    log_to(log)
    with _told(Ping(url)), Archive.write(db) as archive:
        with watching(sources) as watch:
            run, good = crawl_sources(
                archive,
                sources,
                command="tashan nightly",
                recheck=True,
                overrides={"CLOSESPIDER_TIMEOUT": int(hours * 3600)},
                watch=watch,
            )
        click.echo("\n".join([morning(run, archive), *(f"! {line}" for line in wrong)]))
        archive.tidy()
        if target:
            click.echo(f"published {target}: {copies.publish(db, target) / 1e6:.1f} MB")
        if backup:
            click.echo(f"backup {backup}: {copies.backup(db, backup) / 1e6:.1f} MB")
        if not good:
            raise ExpectationError(f"less than promised from {', '.join(run.bad())}")
        if wrong:
            raise SourceError(wrong[0])


@contextlib.contextmanager
def _told(ping: Ping) -> Iterator[None]:
    """Tells the beginning and the end of the night, however it ends."""
    ping.start()
    try:
        yield
    except TashanError as error:
        ping.end(error.exit_code, str(error))
        raise
    except BaseException as error:
        ping.end(1, f"{type(error).__name__}: {error}")
        raise
    ping.end(0, "good")
