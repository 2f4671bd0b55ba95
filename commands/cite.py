"""tashan cite: an article in the forms that papers and reference managers want."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from archive import Archive
from archive.reading import Reading
from exports import citation, record
from exports.choices import known
from model.errors import ChoiceError

from .options import pass_db


@click.command()
@click.argument("names", metavar="ID...", nargs=-1, required=True)
@click.option(
    "--format", "form", default="gbt7714", show_default=True, help=" | ".join(citation.FORMS)
)
@click.option(
    "--accessed",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day it was looked at (引用日期); default: today.",
)
@pass_db
def cite(db: Path, names: tuple[str, ...], form: str, accessed: datetime | None) -> None:
    """Cite articles; an ID is the key of an article (the same in every archive) or its number."""
    known("format", form, citation.FORMS)
    day = accessed.date() if accessed else date.today()
    with Archive.read(db) as archive, Reading(archive) as reading:
        records = []
        for name in names:
            found = record.by_name(reading, name)
            if found is None:
                raise ChoiceError(f"no article has the key or number {name}")
            records.append(found)
    click.echo(citation.several(records, form, day), nl=False)
