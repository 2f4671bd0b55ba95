"""Opening an archive: what is refused, and that nothing is written then."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from archive import Archive
from model.errors import ArchiveError


def test_a_new_archive_opens_again(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    Archive.write(path).close()
    with Archive.read(path) as archive:
        assert archive.articles.count() == 0
    with Archive.write(path) as archive:
        assert archive.db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert archive.db.execute("PRAGMA synchronous").fetchone()[0] == 2


def test_two_writers_are_one_too_many(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with (
        Archive.write(path),
        pytest.raises(ArchiveError, match="another crawl is writing it"),
    ):
        Archive.write(path)
    Archive.write(path).close()


def test_a_reader_and_a_writer_get_along(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Archive.write(path) as writer, Archive.read(path) as reader:
        with writer.writing():
            writer.runs.begin("test")
        assert reader.runs.latest() is not None


@pytest.mark.parametrize("content", [b"no database at all, only words", b"SQLite format 2\x00" * 9])
def test_a_foreign_file_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes(content)
    for opening in (Archive.read, Archive.write):
        with pytest.raises(ArchiveError, match="no Tashan archive"):
            opening(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE t (a)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match="another program's database"):
        Archive.write(path)
    assert path.read_bytes() == before


def test_a_newer_archive_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Archive.write(path) as archive:
        archive.db.table("_sqlite_migrations").insert(
            {"migration_set": "tashan", "name": "9999_future", "applied_at": "2030"}
        )
    before = path.read_bytes()
    for opening in (Archive.read, Archive.write):
        with pytest.raises(ArchiveError, match="newer Tashan"):
            opening(path)
    assert path.read_bytes() == before


def test_a_read_only_archive_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    Archive.write(path).close()
    path.chmod(0o444)
    with pytest.raises(ArchiveError, match="read-only"):
        Archive.write(path)


def test_a_missing_archive_or_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="tashan crawl makes one"):
        Archive.read(tmp_path / "archive.db")
    with pytest.raises(ArchiveError, match="no folder"):
        Archive.write(tmp_path / "none" / "archive.db")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_archive_is_said(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    Archive.write(path).close()
    data = bytearray(path.read_bytes())
    data[100:4096] = b"\xff" * 3996
    path.write_bytes(data)
    with pytest.raises(ArchiveError):
        Archive.write(path)


def test_a_transaction_is_whole_or_not_at_all(archive: Archive) -> None:
    def fail() -> None:
        with archive.writing():
            archive.runs.begin("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert archive.runs.latest() is None


def test_no_run_begins_when_the_disk_is_nearly_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "archive.db"
    monkeypatch.setenv("TASHAN_ROOM", "900000G")
    with pytest.raises(ArchiveError, match=r"the disk is full: .* free, .* needed"):
        Archive.write(path)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv("TASHAN_ROOM", "plenty")
    with pytest.raises(ArchiveError, match="write a size such as 500M"):
        Archive.write(path)
    monkeypatch.setenv("TASHAN_ROOM", "0")
    Archive.write(path).close()


def test_what_a_kill_left_of_a_new_archive_is_no_archive(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    half = tmp_path / ".archive.db.making"
    half.write_bytes(b"SQLite format 3\x00 and no more")
    with pytest.raises(ArchiveError, match="no archive there"):
        Archive.read(path)
    Archive.write(path).close()
    assert not half.exists()
    Archive.read(path).close()
