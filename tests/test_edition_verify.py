"""The proof of an edition: nothing that was changed goes unnoticed."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hard_archive
import hard_edition
import pyarrow.parquet as pq
import pytest

from exports.verify import verify
from model.errors import ExportError

hard_path, hard = hard_archive.hard_path, hard_archive.hard
made = hard_edition.made


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """An edition that may be spoilt."""
    folder = tmp_path / "copy"
    for path in made.rglob("*"):
        if path.is_file():
            target = folder / path.relative_to(made)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    return folder


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda f: (f / "data" / "articles.csv").open("ab").write(b"x"), "SHA-256 differs"),
        (lambda f: (f / "README.md").unlink(), "README.md: is missing"),
        (lambda f: (f / "more.txt").write_text("x"), "more.txt: is in the folder"),
    ],
)
def test_a_changed_edition_is_told(copy: Path, spoil: Callable[[Path], Any], told: str) -> None:
    assert verify(copy).problems == []
    spoil(copy)
    assert told in "\n".join(verify(copy).problems)


def without_line(name: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / "data" / name
        path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))

    return spoil


def replaced(name: str, before: bytes, after: bytes) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / name
        data = path.read_bytes()
        assert before in data
        path.write_bytes(data.replace(before, after, 1))

    return spoil


def other_parquet(folder: Path) -> None:
    path = folder / "data" / "articles.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["year"]), path)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (without_line("coverage.csv"), "coverage.csv: has"),
        (without_line("articles.jsonl"), "do not hold the same rows"),
        (replaced("data/articles.csv", b',2026,"', b',2O26,"'), "year is no integer"),
        (replaced("data/articles.jsonl", b'"year":2026', b'"year":"x"'), "year is no integer"),
        (replaced("data/articles.csv", b'"title"', b'"titel"'), "names of the columns"),
        (replaced("data/articles.jsonl", b'"title":', b'"titel":'), "names are not"),
        (replaced("datapackage.json", b'"type": "date"', b'"type": "string"'), "types are not"),
        (replaced("datapackage.json", b'"rows"', b'"row"'), "cannot be understood"),
        (other_parquet, "types are not those"),
    ],
)
def test_a_wrong_edition_is_told_though_its_sums_are_right(
    copy: Path, spoil: Callable[[Path], None], told: str
) -> None:
    """Whoever makes the sums again cannot hide rows that do not fit."""
    spoil(copy)
    (copy / "SHA256SUMS").unlink()
    names = sorted(p.relative_to(copy).as_posix() for p in copy.rglob("*") if p.is_file())
    sums = subprocess.run(
        ["/usr/bin/env", "sha256sum", *names], cwd=copy, capture_output=True, check=True
    )
    (copy / "SHA256SUMS").write_bytes(sums.stdout)
    assert told in "\n".join(verify(copy).problems)


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no edition"):
        verify(tmp_path)
    (tmp_path / "SHA256SUMS").write_text("hello")
    with pytest.raises(ExportError, match="no edition"):
        verify(tmp_path)


def test_a_sum_that_names_a_file_elsewhere_is_told(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    with (copy / "SHA256SUMS").open("a") as file:
        file.write(f"{'0' * 64}  ../secret\n")
    assert verify(copy).problems == ["../secret: is missing"]
