"""tashan sources probe: what the real sites answer today, a line a source."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict

import click
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from model.errors import ExpectationError, SourceError
from model.source import Paused, Source

from .options import catalogue, console
from .probing import Probe, probe_all

_STYLES = {"read": "green", "refused": "red", "not asked": "dim"}


@click.command()
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
@click.option("--timeout", type=click.FloatRange(1), default=60.0, show_default=True,
              help="Seconds that a source may take.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def probe(names: tuple[str, ...], timeout: float, as_json: bool) -> None:
    """Ask sources for one listing page and one article, and say what came. Stores nothing.

    Without names all that are enabled or unproven are asked. A source that fails is told in its
    line; the exit code is 1 only where none gave a listing.
    """
    sources = _chosen(names)
    with _progress(len(sources)) as told:
        probes = probe_all(sources, timeout, told)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in probes], ensure_ascii=False, indent=2))
    else:
        console().print(_table(probes))
    if not any(one.rows for one in probes):
        raise ExpectationError(f"none of {len(probes)} sources gave a listing")


def _chosen(names: Sequence[str]) -> list[Source]:
    """The sources of these names, or all that are not paused; raises SourceError."""
    known = catalogue()
    if names:
        return [known.source(name) for name in dict.fromkeys(names)]
    sources = [source for source in known.sources() if not isinstance(source.status, Paused)]
    if not sources:
        raise SourceError(f"no source in {known.folder} is enabled or unproven")
    return sources


@contextmanager
def _progress(number: int) -> Iterator[Callable[[Probe], None]]:
    """A bar on a terminal; nothing in a log."""
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield lambda _: None
        return
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=screen, transient=True) as bar:
        task = bar.add_task("asking …", total=number)
        yield lambda one: bar.update(
            task, advance=1, description=escape(f"{one.source}: {one.verdict}")
        )


def _table(probes: Sequence[Probe]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("source", no_wrap=True)
    table.add_column("rows", justify="right")
    table.add_column("newest", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    table.add_column("fields filled, or why not", overflow="fold")
    for one in probes:
        empty = f" (empty: {', '.join(one.empty)})" if one.empty else ""
        table.add_row(
            one.source,
            str(one.rows) if one.rows else "",
            one.newest[:10],
            f"[{_STYLES.get(one.verdict, 'yellow')}]{one.verdict}[/]",
            escape(one.why or ", ".join(one.filled) + empty),
        )
    return table
