"""Many at one archive: small runs of the trials of writers, copies, jobs, silence and damage."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from reading_archive import make

from archive import Archive, copies, placing
from benchmarks.torture import copying, crowd, flips, overlap, silence
from model.errors import ArchiveError

ROOT = Path(__file__).resolve().parent.parent
NOBODY = 65534
# Nobody may not look into every home where a Python stands: it may read everything here, and
# write nothing.
AS_NOBODY = (
    "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups",
    *(f"--{which}-{'caps' if which != 'bounding' else 'set'}=-all,+dac_read_search"
      for which in ("inh", "ambient", "bounding")),
)  # fmt: skip


def none_of(told: dict[str, int], bad: tuple[str, ...]) -> None:
    assert {name: told[name] for name in bad} == dict.fromkeys(bad, 0), told


def test_a_crowd_of_writers_readers_and_copies_gets_along(tmp_path: Path) -> None:
    told = crowd.crowd(300, 1, tmp_path)
    none_of(told, crowd.BAD)
    assert told["transactions"] == 300
    assert told["backups"] >= 1
    assert told["requests"] >= 1


def test_every_copy_is_one_whole_state_and_can_be_restored(tmp_path: Path) -> None:
    told = copying.copying(12, 1, tmp_path)
    none_of(told, copying.BAD)
    assert (told["copies"], told["restores"]) == (12, 2)
    assert told["transactions"] > 12


def test_who_comes_second_leaves_and_says_why(tmp_path: Path) -> None:
    told = overlap.overlap(3, 1, tmp_path)
    none_of(told, tuple(name for name in overlap.BAD if name != "slow"))  # the machine may be
    assert told["commands"] == 3
    assert told["median of CPU (ms)"] < overlap.SECOND * 1000


def test_silence_is_told(tmp_path: Path) -> None:
    told = silence.silence(4, 2, tmp_path, timeout=2)
    none_of(told, silence.BAD)
    assert [told[kind] for kind in ("dead", "hung", "empty", "half-empty")] == [1, 1, 1, 1]


def test_flipped_bits_are_found_and_what_was_made_is_made_again(tmp_path: Path) -> None:
    told = flips.flips(len(flips.PROVED), 5, tmp_path, ("gov-policy",))
    none_of(told, (*flips.BAD, *flips.BAD_MADE))
    assert told["found"] == told["flips"] == len(flips.PROVED)
    assert told["made"] == 10


def as_nobody(db: Path, *words: str) -> list[str]:
    code = "from commands.main import main; main()"
    return [*AS_NOBODY, sys.executable, "-c", code, "--db", str(db), *words]


@contextmanager
def room_of_nobody(db: Path) -> Iterator[str]:
    """The address of a reading room that another user runs."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    process = subprocess.Popen(
        as_nobody(db, "serve", "--port", str(port), "--public"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": "/nonexistent"},
    )
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until and process.poll() is None:
            with socket.socket() as asking:
                if asking.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def answers(address: str, db: Path) -> list[int]:
    """How some pages are answered."""
    paths = ("/", "/search?q=养老", f"/{db.stem}/articles.json?_size=5", "/source")
    return [httpx.get(address + path, timeout=20).status_code for path in paths]


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder that nobody may enter and not write."""
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        pytest.skip("another user can be had here by root with setpriv only")
    for folder in (tmp_path, *tmp_path.parents):
        if folder.owner() == "root" and folder != folder.parent:
            folder.chmod(folder.stat().st_mode | 0o055)
    made = tmp_path / "shelf"
    made.mkdir(mode=0o755)
    return made


def test_another_user_reads_a_published_copy(shelf: Path, tmp_path: Path) -> None:
    make(tmp_path / "archive.db", articles=12)
    public = shelf / "public.db"
    copies.publish(tmp_path / "archive.db", public)
    placing.tail(public, ".lock").unlink(missing_ok=True)
    before = hashlib.sha256(public.read_bytes()).digest()
    assert not list(shelf.glob("*-wal")) + list(shelf.glob("*-shm"))
    with room_of_nobody(public) as address:
        assert answers(address, public) == [200, 200, 200, 200]
    assert hashlib.sha256(public.read_bytes()).digest() == before
    assert not list(shelf.glob("*-wal")) + list(shelf.glob("*-shm"))


def test_another_user_reads_the_archive_itself_whether_it_is_written_or_not(shelf: Path) -> None:
    db = shelf / "archive.db"
    make(db, articles=12)
    before = hashlib.sha256(db.read_bytes()).digest()
    with room_of_nobody(db) as address:
        assert answers(address, db) == [200, 200, 200, 200]
        assert hashlib.sha256(db.read_bytes()).digest() == before
        with Archive.write(db) as archive:
            with archive.writing():
                archive.runs.begin("tashan crawl")
            assert answers(address, db) == [200, 200, 200, 200]
        assert answers(address, db) == [200, 200, 200, 200]
    with Archive.read(db) as archive:
        assert archive.runs.latest() is not None
    copies.check(db)


def test_an_archive_without_its_log_says_what_it_needs(shelf: Path) -> None:
    db = shelf / "archive.db"
    make(db, articles=1)
    for ending in ("-wal", "-shm"):
        placing.tail(db, ending).unlink()
    done = subprocess.run(
        as_nobody(db, "status"),
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
    )
    assert done.returncode == ArchiveError.exit_code
    assert "needs the -wal and -shm beside it, or a copy made by tashan publish" in done.stderr
