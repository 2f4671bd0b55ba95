"""tashan edition: a dataset frozen under a name and a date, and the proof of one."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from archive import Archive
from exports.edition import freeze
from exports.facts import Plan
from exports.selection import Selection
from exports.verify import verify
from model.errors import ExportError

from .options import pass_db
from .selecting import selecting, stopping_cleanly, watching


class _NameOrVerb(click.Group):
    """``edition NAME`` freezes; ``edition verify DIR`` is a command of its own."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.commands:
            return "freeze", self.commands["freeze"], args
        return super().resolve_command(ctx, args)


@click.group(cls=_NameOrVerb)
def edition() -> None:
    """Freeze a dated edition (tashan edition NAME), or prove one (tashan edition verify DIR)."""


@edition.command("freeze")
@click.argument("name")
@click.option(
    "--output",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write; default: NAME here.",
)
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The edition's date; default: today. It stands for now in everything written.",
)
@click.option("--title", default="", help="The edition's title.")
@click.option("--creator", "creators", multiple=True, help="Who is to be cited; repeatable.")
@click.option("--bodies/--no-bodies", default=True, help="With or without the texts.")
@selecting
@pass_db
def frozen(
    db: Path,
    name: str,
    folder: Path | None,
    day: datetime | None,
    title: str,
    creators: tuple[str, ...],
    bodies: bool,
    selection: Selection,
) -> None:
    """Freeze the archive, or a selection, as edition NAME (also: tashan edition NAME).

    Parquet, JSON Lines and CSV with schema, card, coverage, licence, citation and checksums. An
    edition is written once and never changed.
    """
    plan = Plan(name, day.date() if day else date.today(), title, creators, selection, bodies)
    place = folder or Path(name)
    with Archive.read(db) as archive, stopping_cleanly(), watching("writing edition") as begin:
        facts = freeze(archive, plan, place, begin)
    click.echo(f"{place}: {facts.articles:,} articles, sha256 {facts.fingerprint}")


@edition.command("verify")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def verified(folder: Path) -> None:
    """Prove an edition: checksums, numbers of rows, schema, the same rows in all formats."""
    proof = verify(folder)
    for problem in proof.problems:
        click.echo(problem)
    if proof.problems:
        raise ExportError(f"{folder}: {len(proof.problems)} problems; this is not what was written")
    rows = ", ".join(f"{number:,} {table}" for table, number in proof.tables.items())
    click.echo(f"{folder}: good: {proof.files} files; {rows}")
