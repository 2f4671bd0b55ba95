"""tashan sources new: a source file for an unknown column, drafted from what its pages show."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import click

from crawler import fetch, settings
from model.catalogue import Catalogue
from model.errors import ChoiceError, PageError
from model.source import Source

from .drafted import Drafted
from .drafting import Draft, families, identity
from .options import catalogue

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")


@click.command()
@click.argument("url", metavar="URL")
@click.option("--example", "examples", multiple=True, metavar="URL",
              help="An article of it; may be repeated. Default: the first two.")  # fmt: skip
@click.option("--id", "name", help="Name of the source and its file. Default: from the address.")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False),
              help="Folder of the file. Default: the folder of sources.")  # fmt: skip
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False),
              help="The probe report, JSON if so named. Default: beside it, Markdown.")  # fmt: skip
def new(
    url: str, examples: tuple[str, ...], name: str | None, output: Path | None, report: Path | None
) -> None:
    """Draft a source file for the column whose listing is at URL.

    Fetches the listing and two articles, recognises the family of CMS and writes what it found;
    what it did not find stands in comments. The source is unproven, and no file is overwritten.
    """
    for address in (url, *examples):
        _check_address(address)
    known = catalogue()
    folder = output or known.folder
    name = _name(name or identity(url))
    file = folder / f"{name}.yml"
    report = report or folder / f"{name}.probe.md"
    for path in (file, report):
        _check_free(path)
    drafted = Drafted(name, _draft(url, examples, known), datetime.now(UTC).date())
    text = drafted.yaml()
    _write(file, text)
    _write(report, drafted.json() if report.suffix == ".json" else drafted.markdown())
    _tell(file, report, drafted, Catalogue(folder, Path(settings.TASHAN_FAMILIES)).source(name))


def _draft(url: str, examples: tuple[str, ...], known: Catalogue) -> Draft:
    draft = Draft(url, families(known))
    done: list[bool] = []

    async def errand(ask: fetch.Ask) -> None:
        await draft.gather(examples, ask)
        done.append(True)

    fetch.run([errand])
    if not done:
        raise PageError(f"{url}: stopped before its pages had come", url=url)
    return draft


def _check_address(url: str) -> None:
    if not re.fullmatch(r"https?://[^\s/]+\S*", url):
        raise click.BadParameter(f"{url}: expected an address such as http://host/column/")


def _name(name: str) -> str:
    if not _ID.fullmatch(name):
        raise click.BadParameter(
            f"{name}: expected small letters, digits and hyphens", param_hint="--id"
        )
    return name


def _check_free(path: Path) -> None:
    if path.exists():
        raise ChoiceError(f"{path}: is there already; name another with --id, --output or --report")
    if not path.parent.is_dir():
        raise ChoiceError(f"{path.parent}: no such folder")


def _write(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise ChoiceError(f"{path}: cannot be written: {error.strerror}") from None


def _tell(file: Path, report: Path, drafted: Drafted, source: Source) -> None:
    """What was written, and what is left to a person."""
    facts = drafted.facts()
    click.echo(f"{file}: {source.title}, family {source.family}")
    click.echo(f"{facts['rows']} rows, newest {facts['newest'][:10] or 'without a date'}")
    for article in facts["articles"]:
        found = ", ".join(one["field"] for one in article["fields"])
        click.echo(f"{article['url']}: {found}")
    for remark in facts["remarks"]:
        click.echo(f"! {remark}")
    click.echo(f"{report}: every field and the rule that found it")
