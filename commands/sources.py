"""tashan sources: what is collected, and whether its files are right."""

from __future__ import annotations

from importlib import import_module

import click
from rich.markup import escape
from rich.table import Table

from model.errors import SourceError
from model.source import Layout, Paused, Source

from .options import catalogue, console

# Those that ask sites stand in files of their own, read when called: a crawler would be a long
# wait for `tashan sources list`.
_ASKING = {"new": ("sources_new", "new"), "probe": ("sources_probe", "probe"),
           "try": ("sources_try", "try_")}  # fmt: skip


class _Sources(click.Group):
    """The commands below and those that ask sites."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *_ASKING])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _ASKING:
            return super().get_command(ctx, cmd_name)
        file, name = _ASKING[cmd_name]
        command = getattr(import_module(f"commands.{file}"), name)
        assert isinstance(command, click.Command)  # noqa: S101  the table above says so
        return command


@click.group(cls=_Sources)
def sources() -> None:
    """Look at the sources, check their files, add new ones."""


@sources.command("list")
def list_() -> None:
    """All sources, a line each."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("source", "organisation", "column", "family", "status"):
        table.add_column(column, overflow="fold")
    for source in catalogue().sources():
        table.add_row(
            source.id,
            escape(source.organisation.name),
            escape(source.column),
            source.family,
            _status(source),
        )
    console().print(table)


@sources.command()
@click.argument("name", metavar="SOURCE")
def show(name: str) -> None:
    """One source with everything that its family says about it."""
    source = catalogue().source(name)
    organisation = source.organisation
    rows = [
        ("title", source.title),
        ("organisation", f"{organisation.name} ({organisation.kind} {organisation.region})"),
        ("column", source.column),
        ("listing", source.start),
        ("status", _status(source)),
        (
            "evidence",
            f"{source.evidence.certainty}, {source.evidence.seen}: {source.evidence.where}",
        ),
        ("family", source.family),
        ("reader", f"{source.listing.reader}, pager {source.listing.pager.reader}"),
        ("rows", " | ".join(map(str, source.listing.rows)) or "by evidence"),
        *(
            (f"layout {layout.name or number}", _rules(layout))
            for number, layout in enumerate(source.article, 1)
        ),
        ("expect", source.expect.model_dump_json()),
        *(("oddity", oddity) for oddity in source.oddities),
        ("terms", source.terms),
    ]
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    for key, value in rows:
        if value:
            table.add_row(key, escape(value))
    console().print(table)


@sources.command()
def check() -> None:
    """Read every source and family file; say what is wrong, all of it."""
    known = catalogue()
    wrong = []
    for name in known.names():
        try:
            known.source(name)
        except SourceError as error:
            wrong.append(str(error))
    for name in known.family_names():
        try:
            known.family(name)
        except SourceError as error:
            wrong.append(str(error))
    wrong = list(dict.fromkeys(wrong))
    for line in wrong[:-1]:
        click.echo(f"tashan: {line}", err=True)
    if wrong:
        raise SourceError(wrong[-1])
    click.echo(f"{len(known.names())} sources and {len(known.family_names())} families are right")


def _status(source: Source) -> str:
    if isinstance(source.status, Paused):
        return f"paused since {source.status.since}: {escape(source.status.reason)}"
    return source.status


def _rules(layout: Layout) -> str:
    """The rules of a layout, a field a line."""
    lines = []
    for name in sorted(layout.model_fields_set - {"name"}):
        value = getattr(layout, name)
        lines.append(f"{name}: " + " | ".join(map(str, value)))
    return "\n".join(lines)
