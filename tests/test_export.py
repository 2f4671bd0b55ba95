"""tashan export: what is asked for, in the same bytes every time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hard_archive
import pytest
from click.testing import CliRunner
from hard_archive import TITLES

from archive import Archive
from commands.export import export as command
from exports import dataset
from exports.dataset import Request
from exports.formats import FORMATS, named
from model.errors import ChoiceError, TashanError

hard_path, hard = hard_archive.hard_path, hard_archive.hard
ALL = len(TITLES) + 1
_ASKED = "id, key, source, outlet, region, year, published, title"


def silent(_: int) -> Callable[[int], object]:
    return lambda number: None


@pytest.mark.parametrize("form", list(FORMATS))
def test_two_exports_are_the_same_to_the_byte(hard_path: Path, tmp_path: Path, form: str) -> None:
    with Archive.read(hard_path) as archive:
        made = [
            dataset.export(
                archive, Request(format=FORMATS[form], revisions=True), tmp_path / name, silent
            )
            for name in ("one", "two")
        ]
    assert made[0].written.sha256 == made[1].written.sha256
    one, two = ({p.relative_to(m.written.path): p.read_bytes() for p in files(m.written.path)}
                for m in made)  # fmt: skip
    assert one == two


def files(path: Path) -> list[Path]:
    return [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]


def test_gzip_tells_no_time(hard: Archive, tmp_path: Path) -> None:
    request = Request(format=FORMATS["csv"])
    made = dataset.export(hard, request, tmp_path / "a.csv.gz", silent).written.path.read_bytes()
    assert made[4:8] == bytes(4)


def test_scripts(hard: Archive, tmp_path: Path) -> None:
    def written(script: str) -> dict[int, dict[str, Any]]:
        columns = ("id", "title", "body", "url", "title_original", "history")
        request = Request(
            format=FORMATS["jsonl"], columns=columns, script=script, convert=str.swapcase
        )
        dataset.export(hard, request, tmp_path / "a.jsonl", silent)
        text = (tmp_path / "a.jsonl").read_text("utf-8")
        return {row["id"]: row for row in map(json.loads, filter(None, text.split("\n")))}

    kept, changed, read = written("hans"), written("tw"), written("as-read")
    assert kept[10]["title"] == "＠a"
    assert changed[10]["title"] == "＠A"
    assert changed[10]["history"][0]["body"].startswith("＠A正文")
    assert changed[10]["url"] == kept[10]["url"]
    assert read[25]["title"] == read[25]["title_original"] == "物業(yè)管理"
    assert read[25]["body"] == "物業(yè)管理正文"
    assert {n: row for n, row in read.items() if n != 25} == {
        n: row for n, row in kept.items() if n != 25
    }


def test_formats_are_told_by_name_or_by_ending() -> None:
    endings = {
        "a.csv": "csv", "a.CSV.gz": "csv", "a.ndjson": "jsonl", "a.parquet": "parquet",
        "a.sqlite": "sqlite", "a.warc.gz": "warc",
    }  # fmt: skip
    assert {name: named("", Path(name)).name for name in endings} == endings
    assert named("markdown", Path("x.csv")).name == "markdown"
    with pytest.raises(ChoiceError, match="did you mean parquet"):
        named("parquett", Path("x"))
    with pytest.raises(ChoiceError, match="add --format"):
        named("", Path("out"))


def run(db: Path, *words: str) -> Any:
    return CliRunner().invoke(command, words, obj=db)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--columns", "key,tilte"], "did you mean title"),
        (["--script", "twn"], "did you mean tw"),
        (["--format", "cvs"], "did you mean csv"),
        (["--format", "warc", "--columns", "key"], "always whole"),
        (["--format", "sqlite", "--script", "tw"], "leave out --script"),
        (["--format", "text", "--no-bodies"], "nothing without bodies"),
        (["--columns", "body", "--no-bodies"], "no column is left"),
        (["--source", "nowhere"], "no source is named"),
    ],
)
def test_wrong_options_name_the_nearest_and_write_nothing(
    hard_path: Path, tmp_path: Path, words: list[str], told: str
) -> None:
    result = run(hard_path, "--output", str(tmp_path / "a.csv"), *words)
    assert isinstance(result.exception, TashanError)
    assert result.exception.exit_code == 2
    assert told in str(result.exception)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_search_is_not_everything(hard_path: Path, tmp_path: Path) -> None:
    result = run(hard_path, "--output", str(tmp_path / "a.csv"), "--search", "")
    assert result.exit_code == 2
    assert "--search is empty" in result.output


def test_the_command_says_how_much_and_its_hash(hard_path: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    result = run(hard_path, "--output", str(target), "--columns", "key，title", "--year", "2019")
    assert result.exit_code == 0, result.output
    lines = target.read_text("utf-8-sig").splitlines()
    assert lines[0] == '"key","title"'
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    assert f"{len(lines) - 1} articles" in result.output
    assert f"{target.stat().st_size:,} bytes, sha256 {digest}" in result.output


def test_standard_output(hard_path: Path) -> None:
    words = ["--output", "-", "--format", "jsonl", "--columns", "id", "--sql", "SELECT 3"]
    result = run(hard_path, *words)
    assert (result.exit_code, result.output) == (0, '{"id":3}\n')
    refused = run(hard_path, "--output", "-", "--format", "sqlite")
    assert isinstance(refused.exception, ChoiceError)


def test_the_scripts_of_the_command_are_real(hard_path: Path) -> None:
    words = ["--output", "-", "--format", "csv", "--no-bom", "--columns", "title,column_name"]
    made = {
        script: run(hard_path, *words, "--sql", "SELECT 26", "--script", script).output
        for script in ("hans", "hant", "tw", "hk")
    }
    assert made["hans"].splitlines()[1] == '"普通标题","经验交流"'
    for script in ("hant", "tw", "hk"):
        assert made[script].splitlines()[1] == '"普通標題","經驗交流"'
