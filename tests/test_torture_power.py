"""Power cuts: a small run of what `make torture` does in full, and that it sees what goes wrong."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite3

from archive import Archive, copies, placing
from benchmarks.torture.disk import Disk, Named, Settled, Synced, Truncated, Written
from benchmarks.torture.power import BAD, power
from benchmarks.torture.recorder import Recorder, seen
from model.errors import ArchiveError

NOTHING = dict.fromkeys(BAD, 0)


def bad(told: dict[str, int]) -> dict[str, int]:
    return {name: told[name] for name in BAD}


def test_power_cuts_lose_and_damage_nothing(tmp_path: Path) -> None:
    told = power(80, 1, tmp_path)
    assert told["cuts"] == 80
    assert told["unsynced"] > 30
    assert min(told[phase] for phase in ("making", "writing", "restoring", "acknowledged")) > 5
    assert bad(told) == NOTHING


def test_a_night_goes_on_from_what_a_cut_has_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.torture.power._CUTS", 20)
    told = power(40, 2, tmp_path)
    assert told["recordings"] == 2
    assert bad(told) == NOTHING


def test_less_syncing_of_the_log_is_seen_as_loss(tmp_path: Path) -> None:
    told = power(40, 1, tmp_path, "NORMAL")
    assert told["lost"] > 0
    assert told["corrupt"] == 0


def test_no_syncing_is_seen_as_damage(tmp_path: Path) -> None:
    told = Counter(power(50, 1, tmp_path, "OFF")) + Counter(power(50, 2, tmp_path, "OFF"))
    assert told["corrupt"] > 0
    assert told["lost"] > 0


def test_names_that_are_not_settled_are_seen_as_loss(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "settle", lambda folder: None)
    assert power(40, 1, tmp_path)["lost"] > 0


def test_a_restore_beside_a_log_is_whole_or_not_at_all(tmp_path: Path) -> None:
    live, cut = tmp_path / "live", tmp_path / "cut"
    live.mkdir()
    db, target = live / "archive.db", live / "backup.db"
    archive = Archive.write(db)
    copies.backup(db, target)
    reader = Archive.read(db)
    for _ in range(20):
        with archive.writing():
            archive.runs.begin("crawl")
    archive.close()
    reader.close()  # the last to go, and may not write: the log stays
    assert placing.tail(db, "-wal").stat().st_size > 0
    with Recorder(live) as recorder:
        copies.restore(target, db)
    disk, chance, left = Disk(recorder.contents), random.Random(1), set()
    for step in recorder.steps:
        disk.take(step)
        for _ in range(0 if isinstance(step, Written) else 8):
            shutil.rmtree(cut, ignore_errors=True)
            cut.mkdir()
            for name, data in disk.cut(chance).items():
                (cut / name).write_bytes(data)
            copies.check(cut / "archive.db")
            with Archive.write(cut / "archive.db") as found:
                left.add(found.db.table("runs").count)
    assert left == {0, 20}


def test_a_disk_keeps_what_is_synced_and_whole_sectors_of_the_rest() -> None:
    left = set()
    for seed in range(400):
        disk = Disk({"a": b"0" * 1024})
        disk.take(Written(0, 0, b"1" * 1024))
        disk.take(Synced(0))
        disk.take(Written(0, 256, b"2" * 512))
        disk.take(Truncated(0, 768))
        found = disk.cut(random.Random(seed))["a"]
        assert found[:256] == b"1" * 256
        left.add((found[256:512], found[512:768], found[768:]))
    wholes = {b"1" * 256, b"2" * 256, b""}
    assert {part for parts in left for part in parts} == wholes
    assert len(left) == 8  # either sector new or old, the size new or old


def test_a_disk_may_forget_names_until_they_are_settled() -> None:
    disk = Disk({"old": b"one", "log": b"two"})
    disk.take(Named({"log": None}))
    disk.take(Named({"new": 0, "old": None}))
    left = {tuple(sorted(disk.cut(random.Random(seed)))) for seed in range(400)}
    assert left == {("log", "old"), ("old",), ("log", "new"), ("new",)}
    disk.take(Settled())
    assert {tuple(disk.cut(random.Random(seed))) for seed in range(20)} == {("new",)}


def test_what_is_recorded_is_what_stands_there(tmp_path: Path) -> None:
    with Recorder(tmp_path) as recorder:
        with Archive.write(tmp_path / "archive.db") as archive, archive.writing():
            archive.runs.begin("crawl")
        copies.backup(tmp_path / "archive.db", tmp_path / "backup.db")
    disk = Disk(recorder.contents)
    for step in recorder.steps:
        disk.take(step)
    assert set(disk.whole()) >= {"archive.db", "backup.db"}
    assert disk.whole() == seen(tmp_path)


def test_nothing_is_recorded_afterwards(tmp_path: Path) -> None:
    with Recorder(tmp_path) as recorder:
        Archive.write(tmp_path / "archive.db").close()
    steps = len(recorder.steps)
    Archive.write(tmp_path / "another.db").close()
    assert len(recorder.steps) == steps > 0


def test_a_log_that_was_left_is_not_played_into_what_takes_its_files_place(tmp_path: Path) -> None:
    db, target, fresh = (tmp_path / name for name in ("archive.db", "target.db", "fresh.db"))
    with Archive.write(db) as archive:
        for _ in range(20):
            with archive.writing():
                archive.runs.begin("crawl")
        shutil.copy(db, target)
        for place in (target, fresh):
            shutil.copy(placing.tail(db, "-wal"), placing.tail(place, "-wal"))
    Archive.write(fresh).close()
    copies.backup(fresh, target)
    for place in (target, fresh):
        copies.check(place)
        connection = sqlite3.connect(place)
        assert connection.execute("SELECT count(*) FROM runs").fetchone() == (0,)
        connection.close()


def test_damage_that_sqlite_quotes_is_told_in_our_words(tmp_path: Path) -> None:
    db = tmp_path / "archive.db"
    Archive.write(db).close()
    whole = db.read_bytes()
    torn = whole.replace(b"tablearticlesarticles", b"tablearticle\x81articles")
    torn = torn.replace(b'CREATE TABLE "articles" (\n', b'CREATE TABLE "articles" ))')
    assert torn != whole
    db.write_bytes(torn)
    for opened in (Archive.read, Archive.write):
        with pytest.raises(ArchiveError, match="is damaged"):
            opened(db)
