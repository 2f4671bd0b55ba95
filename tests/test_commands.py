"""The command line: help everywhere, errors in one line with the documented code."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from archive import Archive
from commands.main import tashan

ROOT = Path(__file__).resolve().parent.parent


def every(command: click.Command, path: str = "tashan") -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield from every(child, f"{path} {name}")


COMMANDS = dict(every(tashan))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help or option.name in ("port", "version"), f"{name} {option.name}"


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a person would type it."""
    return subprocess.run(
        [sys.executable, "-c", "from commands.main import main; main()", *words],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        check=False,
    )


def refused(code: int, *words: str, **environment: str) -> str:
    """The one line of an error, its exit code checked."""
    done = run(*words, **environment)
    assert done.returncode == code, done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("tashan: ")
    return done.stderr


def test_wrong_usage_is_one_line_and_2() -> None:
    assert "no such command" in refused(2, "crwl").lower()
    assert "--colour" in refused(2, "crawl", "--colour")
    assert "see tashan serve --help" in refused(2, "serve", "--port", "99999999")


def test_an_unknown_source_gets_the_nearest_name(tmp_path: Path) -> None:
    db = tmp_path / "archive.db"
    sources = str(ROOT / "replica" / "sources")
    known = sorted(path.stem for path in (ROOT / "replica" / "sources").glob("*.yml"))
    line = refused(2, "--db", str(db), "crawl", known[0][:-1], TASHAN_SOURCES=sources)
    assert "did you mean" in line
    assert not db.exists()


def test_a_wrong_source_file_stops_a_crawl_before_any_request(tmp_path: Path) -> None:
    (tmp_path / "bad.yml").write_text("id: bad\ntitel: x\n", encoding="utf-8")
    db = tmp_path / "archive.db"
    line = refused(2, "--db", str(db), "crawl", "bad", TASHAN_SOURCES=str(tmp_path))
    assert "bad.yml" in line
    assert not db.exists()


def test_an_archive_that_cannot_be_used_is_3(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.db"
    foreign.write_text("words")
    sources = str(ROOT / "replica" / "sources")
    for words in (["status"], ["serve"], ["rebuild"], ["crawl"]):
        assert "no Tashan archive" in refused(
            3, "--db", str(foreign), *words, TASHAN_SOURCES=sources
        )
        line = refused(3, "--db", str(tmp_path / "no" / "a.db"), *words, TASHAN_SOURCES=sources)
        assert "no archive there" in line or "no folder" in line
    assert foreign.read_text() == "words"


def test_a_locked_archive_is_3(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    sources = str(ROOT / "replica" / "sources")
    with Archive.write(path):
        line = refused(3, "--db", str(path), "crawl", TASHAN_SOURCES=sources)
    assert "another crawl is writing it" in line


def test_a_file_that_is_not_there_is_2(tmp_path: Path) -> None:
    assert "nothing.html" in refused(2, "read", str(tmp_path / "nothing.html"))


def test_the_shipped_sources_are_right() -> None:
    done = run("sources", "check")
    assert done.returncode == 0, done.stderr
