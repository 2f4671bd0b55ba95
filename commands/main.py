"""The command tashan: its groups, its options, and how its errors look."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import click

from model.errors import TashanError

# Each command stands in a file of this folder, which is read when it is called: a crawler and a
# web server would be a long wait for `tashan text convert`.
_FILES = {
    "backfill": "crawl",
    "backup": "backup",
    "cite": "cite",
    "crawl": "crawl",
    "demo": "demo",
    "doctor": "doctor",
    "edition": "edition",
    "export": "export",
    "feed": "feed",
    "nightly": "nightly",
    "publish": "backup",
    "read": "read",
    "rebuild": "rebuild",
    "restore": "backup",
    "serve": "serve",
    "sources": "sources",
    "status": "status",
    "suspects": "suspects",
    "text": "text",
}


class _Commands(click.Group):
    """The commands of this folder, found by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_FILES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _FILES:
            return None
        command = getattr(import_module(f"commands.{_FILES[cmd_name]}"), cmd_name)
        assert isinstance(command, click.Command)  # noqa: S101  the table above says so
        return command


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--db",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="TASHAN_DB",
    default="archive.db",
    show_default=True,
    help="The archive. Also TASHAN_DB.",
)
@click.version_option(package_name="tashan", prog_name="tashan")
@click.pass_context
def tashan(context: click.Context, db: Path) -> None:
    """An archive of what Chinese cities tried and wrote down, for others to learn from.

    Exit codes: 0 good · 1 a run gave less than its sources promise · 2 wrong usage or a wrong
    source file · 3 the archive cannot be used.
    """
    context.obj = db


def main() -> None:
    """Runs tashan; every error that we foresee is one line and its exit code."""
    try:
        code = tashan.main(prog_name="tashan", standalone_mode=False)
    except click.Abort:
        click.echo("tashan: stopped", err=True)
        sys.exit(130)
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "tashan"
        line = " ".join(error.format_message().split())
        click.echo(f"tashan: {line} (see {path} --help)", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        click.echo(f"tashan: {error.format_message()}", err=True)
        sys.exit(error.exit_code)
    except TashanError as error:
        click.echo(f"tashan: {error}", err=True)
        sys.exit(error.exit_code)
    sys.exit(code if isinstance(code, int) else 0)
