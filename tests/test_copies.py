"""Copies: whole while a crawl writes, checked, and never half a file."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from pysqlite3 import dbapi2 as sqlite3

from archive import Archive, copies
from benchmarks.torture.interrupted import older
from model.article import Article
from model.errors import ArchiveError
from model.listed import Listed
from model.snapshot import Snapshot
from model.source import Source


@pytest.fixture
def filled(archive: Archive, source: Source, article: Article, pages: list[Snapshot]) -> Archive:
    archive.runs.describe(source)
    archive.frontier.add(source.id, [Listed("http://qinghe.test/a/1", "http://qinghe.test/a/1")])
    archive.articles.add(source, "http://qinghe.test/a/1", article, pages)
    return archive


def count(path: Path, table: str) -> int:
    with Archive.read(path) as archive:
        return archive.db.table(table).count


def test_a_backup_is_the_whole_archive(filled: Archive, tmp_path: Path) -> None:
    target = tmp_path / "backup.db"
    assert copies.backup(filled.path, target) == target.stat().st_size
    assert [count(target, t) for t in ("articles", "frontier", "snapshots")] == [1, 1, 1]
    assert sorted(p.name for p in tmp_path.iterdir() if "backup" in p.name) == ["backup.db"]


def test_the_published_copy_tells_nothing_about_the_crawl(filled: Archive, tmp_path: Path) -> None:
    filled.db.execute("UPDATE snapshots SET body = zeroblob(?)", [copies.LARGEST_CELL + 1])
    target = tmp_path / "public.db"
    copies.publish(filled.path, target)
    assert [count(target, t) for t in ("articles", "frontier", "snapshots")] == [1, 0, 1]
    with Archive.read(target) as public:
        assert next(public.db.query("SELECT body FROM snapshots"))["body"] is None
        assert public.db.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    assert count(filled.path, "frontier") == 1


def test_copies_made_while_writing_are_whole(
    filled: Archive, source: Source, article: Article, tmp_path: Path
) -> None:
    stop = threading.Event()
    made: list[int] = []

    def copy() -> None:
        while not stop.is_set():
            target = tmp_path / "backup.db"
            copies.backup(filled.path, target)
            with Archive.read(target) as backup:
                runs = backup.db.table("runs").count
                assert runs == backup.db.table("problems").count
                made.append(runs)

    thread = threading.Thread(target=copy)
    thread.start()
    for _ in range(150):
        with filled.writing():
            run = filled.runs.begin("test")
            filled.runs.problem(run, source.id, "test", "x" * 2000)
    stop.set()
    thread.join(timeout=30)
    assert made
    assert made == sorted(made)


def test_a_backup_comes_back(filled: Archive, tmp_path: Path) -> None:
    target = tmp_path / "backup.db"
    copies.backup(filled.path, target)
    filled.db.execute("DELETE FROM frontier")
    with pytest.raises(ArchiveError, match="another crawl"):
        copies.restore(target, filled.path)
    filled.close()
    aside = copies.restore(target, filled.path)
    assert count(filled.path, "frontier") == 1
    assert aside is not None
    assert count(aside, "frontier") == 0


def test_a_damaged_backup_is_never_put_in_place(filled: Archive, tmp_path: Path) -> None:
    target = tmp_path / "backup.db"
    copies.backup(filled.path, target)
    data = bytearray(target.read_bytes())
    data[4096 * 3 : 4096 * 4] = b"\xaa" * 4096
    target.write_bytes(data)
    path = filled.path
    filled.close()
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match="damaged"):
        copies.restore(target, path)
    assert path.read_bytes() == before


def test_a_copy_over_the_archive_itself_is_refused(filled: Archive) -> None:
    with pytest.raises(ArchiveError, match="the archive itself"):
        copies.backup(filled.path, filled.path)


@pytest.mark.parametrize("make", [copies.backup, copies.publish])
def test_what_a_kill_left_of_a_copy_is_cleared_away(
    filled: Archive, tmp_path: Path, make: Callable[[Path, Path], int]
) -> None:
    half = tmp_path / ".copy.db.making"
    half.write_bytes(b"half a copy")
    make(filled.path, tmp_path / "copy.db")
    assert sorted(p.name for p in tmp_path.iterdir() if "copy" in p.name) == ["copy.db"]


def test_a_second_copy_to_the_same_place_waits_for_nobody(filled: Archive, tmp_path: Path) -> None:
    with (
        FileLock(tmp_path / ".copy.db.lock"),
        pytest.raises(ArchiveError, match="another copy is being made"),
    ):
        copies.backup(filled.path, tmp_path / "copy.db")


def test_a_copy_leaves_the_last_room_free(
    filled: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TASHAN_ROOM", "900000G")
    with pytest.raises(ArchiveError, match="the disk is full"):
        copies.publish(filled.path, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_restoring_twice_keeps_both_former_archives(filled: Archive, tmp_path: Path) -> None:
    backup = tmp_path / "backup.db"
    copies.backup(filled.path, backup)
    path = filled.path
    filled.close()
    first, second = copies.restore(backup, path), copies.restore(backup, path)
    assert first is not None
    assert second is not None
    assert first != second
    assert [count(p, "articles") for p in (first, second, path)] == [1, 1, 1]


def test_a_restore_that_was_killed_is_done_again(filled: Archive, tmp_path: Path) -> None:
    backup, path = tmp_path / "backup.db", filled.path
    copies.backup(path, backup)
    filled.close()
    aside = path.with_name(path.name + ".before-restore")
    aside.hardlink_to(path)  # as a kill leaves it just before the backup takes the place
    assert copies.restore(backup, path) == aside
    assert count(path, "articles") == count(aside, "articles") == 1


def test_a_backup_is_not_restored_over_itself_or_into_nowhere(
    filled: Archive, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.db"
    copies.backup(filled.path, backup)
    with pytest.raises(ArchiveError, match="is the archive itself"):
        copies.restore(backup, backup)
    with pytest.raises(ArchiveError, match="no folder"):
        copies.restore(backup, tmp_path / "none" / "archive.db")
    with pytest.raises(ArchiveError, match="no archive there"):
        copies.restore(tmp_path / "missing.db", filled.path)


def test_an_archive_of_an_earlier_tashan_is_published(filled: Archive, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    copies.backup(filled.path, old)
    older(old)
    copies.publish(old, tmp_path / "public.db")
    assert count(tmp_path / "public.db", "articles") == 1
    with Archive.read(old) as archive, pytest.raises(sqlite3.OperationalError):
        archive.suspects.held()  # and has changed nothing there


def test_what_an_earlier_archive_lacks_is_one_clear_line(filled: Archive, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    copies.backup(filled.path, old)
    older(old)
    with pytest.raises(ArchiveError, match="older Tashan; the next crawl"), Archive.read(old) as a:
        a.suspects.held()
    Archive.write(old).close()
    with Archive.read(old) as archive:
        assert archive.suspects.held() == []
