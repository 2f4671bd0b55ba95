"""What a person sees while a crawl runs, and its summary: live on a terminal, lines in a log."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click
from rich.cells import cell_len, set_cell_size
from rich.live import Live
from rich.markup import escape
from rich.table import Table

from archive import Archive
from crawler.report import Run
from model.source import Source

from .options import console

PHONE = 60  # columns
_COLUMNS = ("listed", "new", "changed", "unchanged", "refused", "failed")
_STYLES = {
    "healthy": "green",
    "quiet": "yellow",
    "thin": "yellow",
    "broken": "red",
    "refused": "red",
    "moved": "red",
}


def verdict_style(verdict: str) -> str:
    """A verdict in its colour."""
    return f"[{_STYLES.get(verdict, 'default')}]{verdict}[/]"


def summary(run: Run, sources: Sequence[Source]) -> Table:
    """One row a source: what it listed and what became of that."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("source", no_wrap=True)
    for name in _COLUMNS:
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("verdict", overflow="fold")
    for source in sources:
        counts = run.counts(source.id)
        verdict = run.verdicts.get(source.id, "…")
        note = run.notes.get(source.id, "")
        table.add_row(
            source.id,
            *(str(getattr(counts, name)) for name in _COLUMNS),
            verdict_style(verdict) + (f" · {escape(note)}" if note else ""),
        )
    return table


def morning(run: Run, archive: Archive) -> str:
    """The report of a night for a telephone: short lines, what needs a person first."""
    new = sum(seen.counts.new for seen in run.seen.values())
    changed = sum(seen.counts.changed for seen in run.seen.values())
    bad = run.bad()
    lines = [f"Tashan {archive.today()}", f"{len(run.seen)} sources, {len(bad)} need a look"]
    lines += [f"! the run of {began} never ended" for began in run.killed]
    for name in sorted(bad):
        lines += [f"! {name}: {run.verdicts[name]}", f"  {run.notes[name]}"]
    if aside := run.kept_aside():
        lines.append(f"{aside} readings kept aside: tashan suspects")
    lines.append(f"{new} new, {changed} changed")
    for name, seen in sorted(run.seen.items()):
        if seen.counts.new or seen.counts.changed:
            lines.append(f"  {name}: {seen.counts.new} new, {seen.counts.changed} changed")
    lines.append(f"{archive.articles.count()} articles in all")
    return narrow("\n".join(lines))


def narrow(text: str) -> str:
    """Text broken into lines of a telephone's width, Chinese characters counted as two."""
    made = []
    for line in text.split("\n"):
        indent = "  " if line.startswith(("  ", "! ")) else ""
        rest = line
        while cell_len(rest) > PHONE:
            cut = len(set_cell_size(rest, PHONE).rstrip())
            space = rest.rfind(" ", len(indent) + 1, cut)
            cut = space if space > cut // 2 else cut - (cell_len(rest[:cut]) > PHONE)
            made.append(rest[:cut].rstrip())
            rest = indent + rest[cut:].lstrip()
        made.append(rest)
    return "\n".join(made)


@contextmanager
def watching(sources: Sequence[Source]) -> Iterator[Callable[[Run], None]]:
    """Shows a run while it goes on; hand what this gives to ``crawler.run.crawl``."""
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield _lines
        return
    with Live(console=screen, refresh_per_second=8, transient=True) as live:

        def watch(run: Run) -> None:
            run.on_change = lambda source: live.update(summary(run, sources))

        yield watch


def _lines(run: Run) -> None:
    """A line when a source has ended, for logs and mails."""
    told: set[str] = set()

    def change(source: str) -> None:
        if source in run.verdicts and source not in told:
            told.add(source)
            counts = run.counts(source)
            words = " ".join(f"{name} {getattr(counts, name)}" for name in _COLUMNS)
            click.echo(f"{source}: {words}: {run.verdicts[source]} {run.notes[source]}", err=True)

    run.on_change = change
