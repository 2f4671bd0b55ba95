"""Copies: whole while a crawl writes, checked, and never half a file."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from archive import Archive, copies
from archive.frontier import Listed
from archive.snapshots import Snapshot
from model.article import Article
from model.errors import ArchiveError
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
