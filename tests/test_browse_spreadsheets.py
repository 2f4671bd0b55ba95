"""Datasette's CSV: inert in spreadsheets, and whole or refused."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_archive import Visitor, make

from browse import limits
from browse.spreadsheets import inert
from exports.csv_ import CONTROL_SIGNS, FORMULA_SIGNS


@pytest.mark.parametrize("sign", FORMULA_SIGNS)
@pytest.mark.parametrize("before", ["", " ", "\u3000", "\ufeff", "\t", "'", "''"])
def test_a_formula_gets_an_apostrophe(sign: str, before: str) -> None:
    assert inert(f"{before}{sign}1+1") == f"'{before}{sign}1+1"


@pytest.mark.parametrize("sign", CONTROL_SIGNS)
@pytest.mark.parametrize("before", ["", "'"])
def test_a_control_character_in_front_gets_one(sign: str, before: str) -> None:
    assert inert(f"{before}{sign}1") == f"'{before}{sign}1"


@pytest.mark.parametrize("text", ["", "普通", "'普通", "1-1", "a=b", '"=1"', "2019", "（=）"])
def test_an_ordinary_text_stays(text: str) -> None:
    assert inert(text) == text


@given(st.text(alphabet="'=+-＝ \t\0a长", max_size=6))
def test_taking_the_apostrophes_away_gives_the_texts_back(text: str) -> None:
    made = inert(text)
    bare = text.replace("\0", "\ufffd")
    # A reader who takes one away wherever ``inert`` would have put one is right.
    assert made == bare or (made == "'" + bare and inert(made) != made)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("room") / "archive.db"
    make(path, articles=60)
    return path


def test_cells_of_a_table_are_inert_and_numbers_stay(path: Path) -> None:
    visitor = Visitor(path)
    sql = "select '=1' as a, -5 as b, -1.5 as c, '-x' as d, char(9)||'1' as e, '长' as f"
    text = visitor.text(f"/archive.csv?sql={sql}")
    assert list(csv.reader(io.StringIO(text, newline="")))[1] == [
        "'=1", "-5", "-1.5", "'-x", "'\t1", "长",
    ]  # fmt: skip
    visitor.close()


def test_a_text_longer_than_pythons_limit_is_whole(path: Path) -> None:
    visitor = Visitor(path)
    text = visitor.text("/archive.csv?sql=select replace(hex(zeroblob(100000)),'0','=') as a")
    assert len(text) > 200_000
    assert text.splitlines()[1].startswith("'=")
    visitor.close()


def test_a_file_over_its_limit_is_refused(path: Path) -> None:
    visitor = Visitor(path, settings={"max_csv_mb": 1})
    sql = "select hex(zeroblob(400000)) as a union all select hex(zeroblob(400001))"
    answer = visitor.get(f"/archive.csv?sql={sql}")
    assert answer.status_code == 400
    assert "not whole" in answer.text
    assert visitor.get("/archive/articles.csv?_stream=1").status_code == 200
    visitor.close()


def test_a_query_that_cannot_be_answered_gives_no_empty_file(path: Path) -> None:
    visitor = Visitor(path)
    assert visitor.get("/archive.csv?sql=select nothing").status_code == 400
    visitor.close()


def test_rows_that_were_left_out_are_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Visitor(path)
    monkeypatch.setattr("browse.spreadsheets.was_cut", lambda: True)
    assert visitor.get("/archive.csv?sql=select 1").status_code == 400
    assert limits.was_cut() is False
    visitor.close()
