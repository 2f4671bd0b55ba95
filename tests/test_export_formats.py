"""JSON Lines, Parquet and folders: what stands in the archive stands in them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hard_archive
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from hard_archive import LONG, TITLES

from archive import Archive
from archive.reading import Reading
from exports import dataset, jsonl, parquet
from exports.columns import LISTS, article_columns, by_default, chosen
from exports.dataset import Request
from exports.formats import FORMATS
from exports.rows import Rows, valid
from exports.words import describe
from model.errors import ExportError

hard_path, hard = hard_archive.hard_path, hard_archive.hard


def silent(_: int) -> Callable[[int], object]:
    return lambda number: None


def export(archive: Archive, path: Path, form: str, **options: Any) -> Path:
    request = Request(format=FORMATS[form], **options)
    assert dataset.export(archive, request, path, silent).articles == len(TITLES) + 1
    return path


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def stored(archive: Archive, column: str) -> list[Any]:
    """The column as SQLite holds it, what is no UTF-8 replaced."""
    sql = f"SELECT CAST({column} AS BLOB) FROM articles a JOIN article_texts t ON t.article = a.id"
    rows = archive.db.conn.execute(f"{sql} ORDER BY a.id")
    return [None if cell is None else valid(cell).decode() for (cell,) in rows]


@pytest.mark.parametrize("column", ["title", "body", "author", "markdown", "published"])
def test_json_lines_and_parquet_lose_nothing(hard: Archive, tmp_path: Path, column: str) -> None:
    wanted = stored(hard, column)
    read = lines(export(hard, tmp_path / "a.jsonl", "jsonl", columns=("all",)))
    assert [record[column] for record in read] == wanted
    table = pq.read_table(export(hard, tmp_path / "a.parquet", "parquet", columns=("all",)))
    assert table[column].to_pylist() == wanted
    if column == "title":
        assert set(TITLES) <= set(wanted)
    if column == "body":
        assert LONG in wanted
        assert "清\ufffd\ufffd\ufffd河" in wanted


def test_parquet_is_typed(hard: Archive, tmp_path: Path) -> None:
    file = pq.ParquetFile(export(hard, tmp_path / "a.parquet", "parquet", attachments=True))
    types = {field.name: field.type for field in file.schema_arrow}
    assert types["year"] == types["characters"] == pa.int64()
    assert types["trust"] == pa.float64()
    assert types["published_day"] == pa.date32()
    assert types["first_seen"] == pa.timestamp("ms", tz="UTC")
    assert types["attachments"].value_type.field("url").type == pa.string()
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    days = [str(day) for day in file.read()["published_day"].to_pylist() if day]
    assert set(days) == {"2026-08-16", "2026-08-15"}  # no 2019, no 2025-07, no 2026-02-30


def test_parquet_is_written_in_groups_that_can_be_held(
    hard: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "GROUP_ROWS", 10)
    monkeypatch.setattr(parquet, "_BATCH_ROWS", 5)
    file = pq.ParquetFile(export(hard, tmp_path / "a.parquet", "parquet"))
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [10, 10, 7]
    assert file.read()["title"].to_pylist() == stored(hard, "title")


def test_lists_are_lists(hard: Archive, tmp_path: Path) -> None:
    options = {"columns": ("key", "url", *LISTS)}
    read = lines(export(hard, tmp_path / "a.jsonl", "jsonl", **options))
    table = pq.read_table(export(hard, tmp_path / "a.parquet", "parquet", **options)).to_pylist()
    first = read[0]
    assert first["attachments"] == [
        {"name": "附件一", "type": "doc", "url": "http://qinghe.test/a/0.doc"}
    ]
    assert first["addresses"] == [{"url": "http://qinghe.test/a/0", "source": "qinghe-jyjl"}]
    assert [wording["number"] for wording in read[1]["history"]] == [1, 2]
    assert read[1]["history"][1]["body"] == "改后。"
    assert read[2]["images"] == []
    assert [row["attachments"] for row in table] == [record["attachments"] for record in read]
    assert table[1]["history"][0]["first_seen"].isoformat() == "2026-11-25T02:00:00+00:00"
    written = export(hard, tmp_path / "a.csv", "csv", **options).read_text(encoding="utf-8-sig")
    csv.field_size_limit(10_000_000)
    cells = list(csv.DictReader(io.StringIO(written, newline="")))
    assert json.loads(cells[1]["history"]) == read[1]["history"]


def test_without_bodies_no_body_anywhere(hard: Archive, tmp_path: Path) -> None:
    path = export(hard, tmp_path / "a.jsonl", "jsonl", bodies=False, revisions=True)
    text = path.read_text(encoding="utf-8")
    assert "加装电梯" not in text
    assert "body" not in lines(path)[0]
    assert "body" not in lines(path)[0]["history"][0]


def test_a_column_added_to_the_archive_can_be_exported_and_is_described(hard: Archive) -> None:
    with Reading(hard) as reading:
        known = article_columns(reading)
        there = {*reading.columns("articles"), *reading.columns("article_texts")} - {"article"}
    assert there <= known.keys()
    assert not [name for name in known if describe(name) == (name, name)]
    assert by_default(known)[0] == "key"
    assert [column.name for column in chosen(known, ["title", "key", "title"])] == ["title", "key"]


def test_text_folder(hard: Archive, tmp_path: Path) -> None:
    folder = export(hard, tmp_path / "texts", "text")
    index = list(
        csv.DictReader(io.StringIO((folder / "index.csv").read_text("utf-8-sig"), newline=""))
    )
    assert len(index) == len(TITLES) + 1
    for row in index:
        assert row["file"] == f"{row['source']}/{row['key']}.txt"
        assert (folder / row["file"]).is_file()
    bodies = {(folder / row["file"]).read_bytes().decode() for row in index}
    assert f"百万字\n\n{LONG}\n" in bodies
    assert "a\ufffdb\n\na\ufffdb正文，加装电梯。\n=第二段\n" in bodies
    assert json.loads((folder / "export.json").read_text("utf-8"))["articles"] == len(index)


def test_markdown_folder_has_front_matter_that_is_yaml(hard: Archive, tmp_path: Path) -> None:
    folder = export(hard, tmp_path / "md", "markdown", columns=("all",))
    told = {}
    for path in folder.rglob("*.md"):
        _, front, text = path.read_bytes().decode().split("---\n", 2)
        record = yaml.safe_load(front)
        assert path.relative_to(folder).as_posix() == f"{record['source']}/{record['key']}.md"
        told[record["title"]] = text
    assert set(TITLES) <= told.keys()
    assert told["百万字"] == f"\n# 百万字\n\n{LONG}\n"
    assert told["[方括号] <b>_*`#"].startswith("\n# \\[方括号\\] \\<b\\>\\_\\*\\`")


def test_a_name_from_the_archive_never_leads_out_of_the_folder(
    hard_path: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "archive.db"
    copy.write_bytes(hard_path.read_bytes())
    with Archive.write(copy) as archive:
        archive.db.conn.execute("UPDATE articles SET key = '../../../evil' WHERE id = 3")
    with Archive.read(copy) as archive, pytest.raises(ExportError, match="evil"):
        dataset.export(archive, Request(format=FORMATS["text"]), tmp_path / "out", silent)
    assert not (tmp_path / "out").exists()


def test_json_lines_tell_where_they_end(hard: Archive) -> None:
    with Reading(hard) as reading:
        columns = tuple(article_columns(reading).values())[:3]
        rows = Rows(columns * 200, "FROM articles a", reading.ask)
        with pytest.raises(ExportError, match="columns"):
            list(jsonl.encode(rows))


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_pandas_and_duckdb_read_the_same(hard: Archive, tmp_path: Path, form: str) -> None:
    pandas = pytest.importorskip("pandas")
    duckdb = pytest.importorskip("duckdb")
    path = export(hard, tmp_path / f"a.{form}", form)
    readers = {
        "csv": lambda: pandas.read_csv(path),
        "jsonl": lambda: pandas.read_json(path, lines=True),
        "parquet": lambda: pandas.read_parquet(path),
    }
    frame = readers[form]()
    assert len(frame) == len(TITLES) + 1
    assert frame["body"].map(len).max() == len(LONG)
    source = f"read_csv('{path}', max_line_size=20000000)" if form == "csv" else f"'{path}'"
    counted = duckdb.sql(f"SELECT count(*), max(length(body)) FROM {source}").fetchall()
    assert counted == [(len(TITLES) + 1, len(LONG))]
