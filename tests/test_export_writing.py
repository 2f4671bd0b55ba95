"""A file or folder is whole or not there, whatever happens while it is written."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import hard_archive
import pytest
from hard_archive import TITLES
from pysqlite3 import dbapi2 as sqlite3

from archive import Archive
from exports import dataset
from exports.dataset import Request
from exports.formats import FORMATS
from exports.selection import Selection
from model.errors import ArchiveError, ExportError

hard_path, hard = hard_archive.hard_path, hard_archive.hard
ALL = len(TITLES) + 1
_ASKED = "id, key, source, outlet, region, year, published, title"


def silent(_: int) -> Callable[[int], object]:
    return lambda number: None


def files(path: Path) -> list[Path]:
    return [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]


class _Stop(BaseException):
    pass


@pytest.mark.parametrize("form", list(FORMATS))
def test_interrupted_the_old_stays_and_nothing_else(
    hard: Archive, tmp_path: Path, form: str
) -> None:
    target = tmp_path / "out"
    request = Request(format=FORMATS[form])
    dataset.export(hard, request, target, silent)
    before = {path: path.read_bytes() for path in files(tmp_path)}

    def stop(_: int) -> None:
        raise _Stop

    with pytest.raises(_Stop):
        dataset.export(hard, request, target, lambda total: stop)
    assert {path: path.read_bytes() for path in files(tmp_path)} == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@contextmanager
def small_disk(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes."""
    soft, hard_limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard_limit))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard_limit))


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "text", "sqlite", "warc"])
def test_where_there_is_no_room_nothing_is_left(hard: Archive, tmp_path: Path, form: str) -> None:
    target = tmp_path / "out"
    with small_disk(6_000), pytest.raises(ExportError):
        dataset.export(hard, Request(format=FORMATS[form]), target, silent)
    assert list(tmp_path.iterdir()) == []


SLOW = """
import signal, sys, time
from pathlib import Path
from archive import Archive
from commands.selecting import stopping_cleanly
from exports import dataset
from exports.formats import FORMATS

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it

def wait(number):
    print("writing", flush=True)
    time.sleep(60)

with Archive.read(Path(sys.argv[1])) as archive, stopping_cleanly():
    request = dataset.Request(format=FORMATS["csv"])
    dataset.export(archive, request, Path(sys.argv[2]), lambda total: wait)
"""


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_signal_leaves_no_half_file(
    hard: Archive, hard_path: Path, tmp_path: Path, sign: signal.Signals
) -> None:
    target = tmp_path / "a.csv"
    target.write_text("former")
    root = Path(__file__).resolve().parent.parent
    done = subprocess.Popen(
        [sys.executable, "-c", SLOW, str(hard_path), str(target)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert done.stdout is not None
    assert done.stdout.readline() == b"writing\n"
    done.send_signal(sign)
    done.wait(timeout=20)
    done.stdout.close()
    assert target.read_text() == "former"
    left = [path.name for path in tmp_path.iterdir() if path != target]
    assert bool(left) == (sign == signal.SIGKILL)
    dataset.export(hard, Request(format=FORMATS["csv"]), target, silent)
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_folder_of_somebody_else_is_never_replaced(hard: Archive, tmp_path: Path) -> None:
    mine = tmp_path / "papers"
    mine.mkdir()
    (mine / "thesis.txt").write_text("my thesis")
    request = Request(format=FORMATS["text"])
    with pytest.raises(ExportError, match="something else"):
        dataset.export(hard, request, mine, silent)
    assert (mine / "thesis.txt").read_text() == "my thesis"
    fewer = Request(format=FORMATS["text"], selection=Selection(years=("2019",)))
    dataset.export(hard, request, tmp_path / "texts", silent)
    made = dataset.export(hard, fewer, tmp_path / "texts", silent)
    assert len(list((tmp_path / "texts").rglob("*.txt"))) == made.articles < len(TITLES)
    with pytest.raises(ExportError, match="no file"):
        dataset.export(hard, Request(format=FORMATS["csv"]), mine, silent)


@pytest.mark.parametrize("form", ["sqlite", "csv"])
def test_the_archive_is_never_written_over(hard_path: Path, tmp_path: Path, form: str) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(hard_path)
    before = hard_path.read_bytes()
    for target in (hard_path, link):
        with Archive.read(hard_path) as archive, pytest.raises(ExportError, match="archive itself"):
            dataset.export(archive, Request(format=FORMATS[form]), target, silent)
    assert hard_path.read_bytes() == before


def test_a_row_that_gets_lost_is_an_error(hard: Archive, tmp_path: Path) -> None:
    """An export is never silently short."""
    request = Request(format=FORMATS["csv"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dataset, "FROM_CHOSEN", dataset.FROM_CHOSEN + " LIMIT 5")
        with pytest.raises(ExportError, match="27 articles"):
            dataset.export(hard, request, tmp_path / "a.csv", silent)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_archive_is_no_short_file(hard_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with sqlite3.connect(hard_path) as connection:
        connection.execute("VACUUM INTO ?", [str(path)])
    data = bytearray(path.read_bytes())
    place = data.find("长".encode() * 1000) + 20_000
    page = place // 4096 * 4096
    data[page : page + 4096] = b"\xff" * 4096
    path.write_bytes(data)
    out = tmp_path / "out"
    out.mkdir()
    with Archive.read(path) as archive, pytest.raises((ArchiveError, ExportError)):
        dataset.export(archive, Request(format=FORMATS["csv"]), out / "a.csv", silent)
    assert list(out.iterdir()) == []
