"""Editions: complete, provable, the same bytes every time."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import hard_archive
import hard_edition
import pyarrow.parquet as pq
import pytest
import yaml
from click.testing import CliRunner
from hard_archive import TITLES
from hard_edition import ALL, PLAN, TABLES, silent

from archive import Archive, copies
from commands.edition import edition as command
from exports.edition import freeze
from exports.selection import Selection
from exports.verify import verify
from model.errors import ChoiceError, ExportError

hard_path, hard = hard_archive.hard_path, hard_archive.hard
made = hard_edition.made


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    text = (folder / "data" / f"{table}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def package(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return read


def test_an_edition_is_proved(made: Path) -> None:
    proof = verify(made)
    assert proof.problems == []
    assert proof.tables["articles"] == ALL
    assert proof.files == 5 + 3 * len(TABLES)
    checked = subprocess.run(
        ["/usr/bin/env", "sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"],
        cwd=made,
        check=False,
    )
    assert checked.returncode == 0


def test_two_editions_are_the_same_to_the_byte(hard: Archive, made: Path, tmp_path: Path) -> None:
    freeze(hard, PLAN, tmp_path / "again", silent)
    one, two = ({p.relative_to(f): p.read_bytes() for p in f.rglob("*") if p.is_file()}
                for f in (made, tmp_path / "again"))  # fmt: skip
    assert one == two


def test_the_tables_fit_together(made: Path) -> None:
    keys = [row["key"] for row in rows(made, "articles")]
    assert len(set(keys)) == ALL
    for table in ("attachments", "revisions"):
        assert {row["article"] for row in rows(made, table)} <= set(keys)
    earlier = [row for row in rows(made, "revisions") if row["body"] is not None]
    assert [row["number"] for row in earlier] == [1]
    assert {row["source"] for row in rows(made, "articles")} <= {
        row["id"] for row in rows(made, "sources")
    }
    for table in TABLES:
        assert pq.read_table(made / "data" / f"{table}.parquet").num_rows == len(rows(made, table))


def test_coverage_counts_what_was_listed(made: Path) -> None:
    counted = {(row["source"], row["month"]): row for row in rows(made, "coverage")}
    assert counted["empty-one", "unknown"]["missing"] == 1
    assert counted["empty-one", "unknown"]["articles"] == 0
    july = counted["qinghe-jyjl", "2026-07"]
    assert (july["listed"], july["fetched"], july["refused"], july["missing"]) == (3, 0, 2, 1)
    total = {name: sum(row[name] for row in counted.values()) for name in
             ("listed", "fetched", "refused", "missing", "articles")}  # fmt: skip
    assert total == {
        "listed": len(TITLES) + 4, "fetched": len(TITLES), "refused": 2, "missing": 2,
        "articles": ALL,
    }  # fmt: skip
    words = (made / "COVERAGE.md").read_text("utf-8")
    assert f"共列出 {len(TITLES) + 4} 个文章网址" in words
    assert f"The sources listed {len(TITLES) + 4} article addresses" in words
    assert "gone 1, restricted 1" in words


def test_a_published_copy_does_not_know_what_was_listed(hard_path: Path, tmp_path: Path) -> None:
    copies.publish(hard_path, tmp_path / "public.db")
    with Archive.read(tmp_path / "public.db") as archive:
        freeze(archive, PLAN, tmp_path / "e", silent)
    assert {row["listed"] for row in rows(tmp_path / "e", "coverage")} == {None}
    assert "不含抓取记录" in (tmp_path / "e" / "COVERAGE.md").read_text("utf-8")
    assert verify(tmp_path / "e").problems == []


def test_a_selection_says_what_it_is(hard: Archive, tmp_path: Path) -> None:
    chosen = Selection(sources=("lanshan-zcfg",), search="加装电梯")
    facts = freeze(hard, replace(PLAN, selection=chosen, bodies=False), tmp_path / "e", silent)
    assert 0 < facts.articles < ALL
    readme = (tmp_path / "e" / "README.md").read_text("utf-8")
    assert "来源栏目：lanshan-zcfg；检索式：加装电梯" in readme
    assert "Bodies are left out" in readme
    assert "body" not in rows(tmp_path / "e", "articles")[0]
    assert [row["id"] for row in rows(tmp_path / "e", "sources")] == ["lanshan-zcfg"]
    text = "".join((tmp_path / "e" / "data" / f"{t}.jsonl").read_text("utf-8") for t in TABLES)
    assert "加装电梯" not in text


def test_the_card_has_the_hubs_metadata(made: Path) -> None:
    _, front, text = (made / "README.md").read_text("utf-8").split("---\n", 2)
    card = yaml.safe_load(front)
    assert card["language"] == ["zh"]
    assert card["size_categories"] == ["n<1K"]
    assert [config["config_name"] for config in card["configs"]] == list(TABLES)
    for config in card["configs"]:
        assert (made / config["data_files"][0]["path"]).is_file()
    articles = card["dataset_info"][0]
    shape = pq.read_schema(made / "data" / "articles.parquet")
    assert [feature["name"] for feature in articles["features"]] == shape.names
    assert articles["splits"][0]["num_examples"] == ALL
    for words in ("半角撇号", "apostrophe", "## English", "U+FFFD", "永久标识"):
        assert words in text


def test_citation_file_and_licence(made: Path) -> None:
    cff = yaml.safe_load((made / "CITATION.cff").read_text("utf-8"))
    assert cff["cff-version"] == "1.2.0"
    assert cff["type"] == "dataset"
    assert cff["date-released"] == date(2026, 11, 25)
    assert cff["authors"] == [{"name": "Tashan 他山"}]
    assert cff["identifiers"][0]["value"] == package(made)["id"]
    assert "转载请注明 \\| 来源" in (made / "LICENCE.md").read_text("utf-8")


def test_the_package_describes_every_file(made: Path) -> None:
    told = package(made)
    assert {resource["path"] for resource in told["resources"]} == {
        path.relative_to(made).as_posix() for path in (made / "data").iterdir()
    }
    articles = told["resources"][0]
    text = (made / articles["path"]).read_text(articles["encoding"])
    csv.field_size_limit(10_000_000)
    header = next(csv.reader(io.StringIO(text, newline="")))
    assert [field["name"] for field in articles["schema"]["fields"]] == header
    assert articles["schema"]["primaryKey"] == ["key"]
    assert all(" · " in field["description"] for field in articles["schema"]["fields"])


def test_frictionless_finds_nothing(made: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(made / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])


def test_an_edition_is_never_written_again(hard: Archive, made: Path) -> None:
    before = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
    with pytest.raises(ExportError, match="never written again"):
        freeze(hard, PLAN, made, silent)
    assert {path: path.read_bytes() for path in made.rglob("*") if path.is_file()} == before


def test_names(hard: Archive, tmp_path: Path) -> None:
    for name in ("", "A", "a b", "../a", "a/b", "a--", "二"):
        with pytest.raises(ChoiceError, match="name it in small letters"):
            freeze(hard, replace(PLAN, name=name), tmp_path / "e", silent)
    assert list(tmp_path.iterdir()) == []


def test_interrupted_nothing_is_left(hard: Archive, tmp_path: Path) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        freeze(hard, PLAN, tmp_path / "e", lambda total: stop)
    assert list(tmp_path.iterdir()) == []


def test_the_command(hard_path: Path, tmp_path: Path) -> None:
    words = ["2026-11", "--output", str(tmp_path / "e"), "--date", "2026-11-25",
             "--creator", "清河大学", "--title", "清河文章"]  # fmt: skip
    frozen = CliRunner().invoke(command, words, obj=hard_path)
    assert frozen.exit_code == 0, frozen.output
    assert f"{ALL} articles" in frozen.output
    assert package(tmp_path / "e")["contributors"] == [{"title": "清河大学", "role": "author"}]
    proved = CliRunner().invoke(command, ["verify", str(tmp_path / "e")], obj=hard_path)
    assert proved.exit_code == 0
    assert "good" in proved.output
    (tmp_path / "e" / "README.md").write_text("x")
    wrong = CliRunner().invoke(command, ["verify", str(tmp_path / "e")], obj=hard_path)
    assert isinstance(wrong.exception, ExportError)
    assert "README.md" in wrong.output
