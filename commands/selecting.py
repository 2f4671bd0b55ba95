"""Options that several commands share: which articles, in which script; and stopping cleanly."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from exports.columns import SCRIPTS
from exports.rows import Told
from exports.selection import Selection
from pipelines.scripts import Target, convert

from .options import console

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--source", "sources", multiple=True, help="Only this source; may be repeated."),
    click.option("--outlet", "outlets", multiple=True, help="Only this outlet (来源); repeatable."),
    click.option(
        "--region",
        "regions",
        multiple=True,
        help="Only this region: GB/T 2260; a province or city means all in it.",
    ),
    click.option("--year", "years", multiple=True, help="Published in 2019, or 2019-2021."),
    click.option("--since", help="Published on this day, month or year, or later."),
    click.option("--until", help="Published on this day, month or year, or earlier."),
    click.option("--search", help="Found by this search, as one types it in Datasette."),
    click.option("--sql", help="One SELECT that gives ids or keys of articles."),
)


def selecting(command: F) -> F:
    """Adds the options of a selection to a command, which gets them as ``selection``."""

    def chosen(*values: Any, **options: Any) -> Any:
        asked = {name: options.pop(name) for name in Selection.__dataclass_fields__}
        for name, value in asked.items():
            # A variable of a shell that is not set must not mean everything.
            if "" in (value if isinstance(value, tuple) else (value,)):
                raise click.UsageError(f"--{name.removesuffix('s')} is empty")
        selection = Selection(**{name: value for name, value in asked.items() if value})
        return command(*values, selection=selection, **options)

    chosen.__doc__ = command.__doc__
    chosen.__name__ = command.__name__
    made: Any = chosen
    for option in reversed(_OPTIONS):
        made = option(made)
    return made  # type: ignore[no-any-return]


def converter(script: str) -> Callable[[str], str] | None:
    """The conversion into a script of --script; None where texts stay as they are kept."""
    if script not in ("hant", "tw", "hk"):
        return None
    target = cast(Target, script)
    return lambda text: convert(text, target)


SCRIPT_HELP = "; ".join(f"{name}: {about.partition(' · ')[2]}" for name, about in SCRIPTS.items())


@contextmanager
def watching(label: str) -> Iterator[Callable[[int], Told]]:
    """Shows on a terminal how far a dataset is; hand what this gives to ``exports``."""
    screen = console(stderr=True)
    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(
        *columns, console=screen, transient=True, disable=not screen.is_terminal
    ) as progress:

        def begin(total: int) -> Told:
            task = progress.add_task(label, total=total)
            return lambda number: progress.advance(task, number)

        yield begin


@contextmanager
def stopping_cleanly() -> Iterator[None]:
    """Lets a termination signal end things as Ctrl-C does, so that no half file stays."""
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
