"""What several commands share: the archive's path, the catalogue, where lines are printed."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from crawler import settings
from model.catalogue import Catalogue
from model.errors import SourceError
from model.source import Source

pass_db = click.make_pass_decorator(Path)


def catalogue() -> Catalogue:
    """The catalogue that TASHAN_SOURCES names, or the one shipped."""
    return Catalogue(Path(settings.TASHAN_SOURCES), Path(settings.TASHAN_FAMILIES))


def chosen(names: tuple[str, ...]) -> list[Source]:
    """The sources of these names, or all enabled ones; raises SourceError before any request."""
    if names:
        known = catalogue()
        return [known.source(name) for name in dict.fromkeys(names)]
    sources, wrong = enabled()
    if wrong:
        raise SourceError(wrong[0])
    return sources


def enabled() -> tuple[list[Source], list[str]]:
    """All enabled sources, and a line for each file that is wrong.

    Raises SourceError where no source is left.
    """
    known, wrong = catalogue(), []
    sources = []
    for name in known.names():
        try:
            source = known.source(name)
        except SourceError as error:
            wrong.append(str(error))
            continue
        if source.status == "enabled":
            sources.append(source)
    if not sources:
        raise SourceError(
            wrong[0]
            if wrong
            else f"no source in {known.folder} is enabled; name one,"
            " or set status: enabled in its file"
        )
    return sources, wrong


def console(*, stderr: bool = False) -> Console:
    """Where tables and progress go; plain and wide when it is no terminal."""
    made = Console(stderr=stderr, highlight=False)
    return made if made.is_terminal else Console(stderr=stderr, highlight=False, width=120)
