"""tashan backup, restore and publish: whole, checked copies of the archive."""

from __future__ import annotations

from pathlib import Path

import click

from archive import copies

from .options import pass_db

_PATH = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("target", metavar="DEST", type=_PATH)
@pass_db
def backup(db: Path, target: Path) -> None:
    """Copy the whole archive to DEST, while a crawl runs if need be, and check the copy."""
    click.echo(f"{target}: {_size(copies.backup(db, target))}, checked")


@click.command()
@click.argument("target", metavar="DEST", type=_PATH)
@pass_db
def publish(db: Path, target: Path) -> None:
    """Make the copy that readers are given: checked, settled, put in place in one step.

    It leaves out how we crawl, and cells so large that one reader could stall the others.
    """
    click.echo(f"{target}: {_size(copies.publish(db, target))}, checked")


@click.command()
@click.argument("source", metavar="BACKUP", type=_PATH)
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_db
def restore(db: Path, source: Path, yes: bool) -> None:
    """Put a backup in the archive's place; the former archive is moved aside, not deleted."""
    if db.exists() and not yes:
        click.confirm(f"Replace {db} by {source}?", abort=True)
    aside = copies.restore(source, db)
    click.echo(f"{db} is restored" + (f"; the former one is {aside}" if aside else ""))


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
