"""A subset is an archive: whole, searchable, with nothing that belongs to other articles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import hard_archive
import pytest
from hard_archive import TITLES

from archive import Archive, copies, search
from exports import dataset
from exports.dataset import Request
from exports.formats import FORMATS
from exports.selection import Selection

hard_path, hard = hard_archive.hard_path, hard_archive.hard
ONE = Selection(sources=("lanshan-zcfg",))


def silent(_: int) -> Callable[[int], object]:
    return lambda number: None


def subset(archive: Archive, path: Path, **options: Any) -> Path:
    dataset.export(archive, Request(format=FORMATS["sqlite"], **options), path, silent)
    return path


def rows(archive: Archive, table: str, where: str = "1") -> list[tuple[Any, ...]]:
    archive.db.conn.text_factory = bytes
    found = archive.db.conn.execute(f"SELECT * FROM {table} WHERE {where} ORDER BY rowid")
    made = [tuple(row) for row in found]
    archive.db.conn.text_factory = str
    return made


def test_what_belongs_to_the_chosen_comes_along_unchanged(hard: Archive, tmp_path: Path) -> None:
    path = subset(hard, tmp_path / "a.db", selection=ONE)
    copies.check(path)
    mine = "article IN (SELECT id FROM articles WHERE source = 'lanshan-zcfg')"
    with Archive.read(path) as made:
        assert rows(made, "articles") == rows(hard, "articles", "source = 'lanshan-zcfg'")
        for table in ("article_urls", "attachments"):
            assert rows(made, table) == rows(hard, table, mine), table
            assert rows(made, table)
        assert rows(made, "sources") == rows(hard, "sources", "id = 'lanshan-zcfg'")
        assert rows(made, "revisions") == rows(made, "snapshots") == rows(made, "frontier") == []
        assert made.db.conn.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    assert [p.name for p in tmp_path.iterdir()] == ["a.db"]


def test_a_subset_can_be_searched(hard: Archive, tmp_path: Path) -> None:
    with Archive.read(subset(hard, tmp_path / "a.db", selection=ONE)) as made:
        asked = search.compile("加装电梯")
        wanted = {n for (n,) in made.db.conn.execute("SELECT id FROM articles")}
        assert set(search.find(made.db.conn, asked)) == wanted & set(
            search.find(hard.db.conn, asked)
        )
        assert search.find(made.db.conn, asked)


def test_with_revisions_it_can_be_read_again(hard: Archive, tmp_path: Path) -> None:
    with Archive.read(subset(hard, tmp_path / "a.db", revisions=True)) as made:
        assert rows(made, "revisions") == rows(hard, "revisions")
        assert rows(made, "snapshots") == rows(hard, "snapshots")
        kept = list(made.articles.kept())
    assert len(kept) == len(TITLES) + 1
    assert kept[1].pages[0].body == b"newer"


def test_without_bodies(hard: Archive, tmp_path: Path) -> None:
    path = subset(hard, tmp_path / "a.db", bodies=False, revisions=True)
    assert "加装电梯".encode() not in path.read_bytes()
    with Archive.read(path) as made:
        assert search.find(made.db.conn, search.compile("普通标题"))
        assert search.find(made.db.conn, search.compile("加装电梯")) == []


def test_a_subset_is_written_again_from_itself(hard: Archive, tmp_path: Path) -> None:
    """Ids, keys and the time of making stay, so a subset of everything is a fixed point."""
    first = subset(hard, tmp_path / "a.db", revisions=True)
    with Archive.read(first) as archive:
        second = subset(archive, tmp_path / "b.db", revisions=True)
    assert first.read_bytes() == second.read_bytes()


def test_an_older_archive_gives_a_subset_of_today(hard_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    path.write_bytes(hard_path.read_bytes())
    with Archive.write(path) as old:
        old.db.conn.execute("ALTER TABLE articles DROP COLUMN title_traditional")
    with Archive.read(path) as old:
        made = subset(old, tmp_path / "a.db")
    with Archive.read(made) as archive:
        assert archive.articles.count() == len(TITLES) + 1


@pytest.mark.parametrize("name", ["with space.db", "清河.db"])
def test_names(hard: Archive, tmp_path: Path, name: str) -> None:
    few = Selection(sql="SELECT 3")
    with Archive.read(subset(hard, tmp_path / name, selection=few)) as made:
        assert made.articles.count() == 1
