"""tashan nightly: what cron runs; crawl, judge, report, tidy, publish, back up, tell.

The crawler is imported once the archive is known to be free, as in crawl.py.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from archive import Archive, copies
from model.errors import ArchiveError, ExpectationError, SourceError, TashanError
from model.source import Source

from .crawl import come_alone, log_to
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
    standard output, for cron to mail; the exit code is 1 where a source gave less than promised,
    3 where a copy could not be made.
    """
    report = Report()
    with _told(Ping(url), report):
        come_alone(db)
        sources, wrong = enabled()
        log_to(log)
        _night(db, sources, wrong, hours, target, backup, report)


def _night(
    db: Path,
    sources: list[Source],
    wrong: list[str],
    hours: float,
    target: Path | None,
    backup: Path | None,
    report: Report,
) -> None:
    from crawler.run import crawl as crawl_sources

    from .display import morning, watching

    with Archive.write(db) as archive:
        with watching(sources) as watch:
            run, good = crawl_sources(
                archive,
                sources,
                command="tashan nightly",
                recheck=True,
                overrides={"CLOSESPIDER_TIMEOUT": int(hours * 3600)},
                watch=watch,
            )
        report.add(morning(run, archive))
        for line in wrong:
            report.add(f"! {line}")
        report.phase("housekeeping", archive.tidy)
        if target:
            report.phase("publish", lambda: _size(copies.publish(db, target), target))
        if backup:
            report.phase("backup", lambda: _size(copies.backup(db, backup), backup))
        less = "" if good else f"less than promised from {', '.join(run.bad())}"
        if report.failed:
            raise ArchiveError("; ".join([*report.failed, *filter(None, [less, *wrong[:1]])]))
        if less:
            raise ExpectationError(less)
        if wrong:
            raise SourceError(wrong[0])


class Report:
    """What the night has to say, printed as it comes and kept for who is told by ping."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.failed: list[str] = []

    def add(self, text: str) -> None:
        """Some lines more."""
        from .display import narrow

        made = narrow(text)
        self.lines.append(made)
        click.echo(made)

    def phase(self, name: str, work: Callable[[], str | None]) -> None:
        """One thing after the crawl; where it fails it is told, and the next one begins."""
        try:
            told = work()
        except (TashanError, OSError) as error:
            self.failed.append(f"{name} failed: {error}")
            self.add(f"! {name} failed: {error}")
        else:
            if told:
                self.add(f"{name}: {told}")


def _size(size: int, path: Path) -> str:
    return f"{path}, {size / 1e6:.1f} MB"


@contextlib.contextmanager
def _told(ping: Ping, report: Report) -> Iterator[None]:
    """Tells the beginning and the end of the night, however it ends."""
    ping.start()
    try:
        yield
    except TashanError as error:
        ping.end(error.exit_code, "\n".join([str(error), *report.lines]))
        raise
    except BaseException as error:
        ping.end(1, "\n".join([f"{type(error).__name__}: {error}", *report.lines]))
        raise
    ping.end(0, "\n".join(report.lines))
