"""CSV: inert in spreadsheets, and every text can be had back as it was."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st
from pysqlite3 import dbapi2 as sqlite3

from exports import csv_
from exports.columns import Column
from exports.rows import Rows

csv.field_size_limit(sys.maxsize)

# What a spreadsheet might run, written down a second time and without looking at the code.
_RUNS = re.compile(r"[\s\ufeff\u200b]*[=+\-@＝＋－＠﹦﹢﹣﹫]|[\t\r\n\0]")
_MARKED = re.compile(r"'+([\s\ufeff\u200b']*[=+\-@＝＋－＠﹦﹢﹣﹫]|[\t\r\n])")
_SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫\t\r\n\x0b\x0c\x1c\x85\u2003\u2028 '\"\0,;\u3000\xa0\ufeff\u200b清a1"


def written(values: Sequence[object], **options: bool) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE x (cell)")
    connection.executemany("INSERT INTO x VALUES (?)", [(value,) for value in values])
    made = []
    for short in (False, True):  # long texts take another way than short ones
        column = Column("cell", "text", "cell", short=short)
        rows = Rows((column,), "FROM x ORDER BY rowid", connection.execute)
        made.append(b"".join(csv_.encode(rows, **options)))
    assert made[0] == made[1]
    return made[0]


def read(data: bytes) -> list[str]:
    header, *lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    assert header == ["cell"]
    return [line[0] if line else "" for line in lines]


def as_it_was(cell: str) -> str:
    """What the dataset card tells readers to do."""
    return cell[1:] if _MARKED.match(cell) else cell


@settings(max_examples=300, deadline=None)
@example(["\x0c=1+1", "\u2028@SUM(A1)"])
@given(st.lists(st.text(st.one_of(st.sampled_from(_SIGNS), st.characters(codec="utf-8")))))
def test_every_cell_is_inert_and_can_be_had_back(texts: list[str]) -> None:
    cells = read(written(texts))
    assert not [cell for cell in cells if _RUNS.match(cell)]
    assert [as_it_was(cell) for cell in cells] == [text.replace("\0", "\ufffd") for text in texts]


def test_plain_text_is_left_alone() -> None:
    texts = ["清河", "1.5", "2026-08-16", "a=b", "'普通", "（-）", " 前有空格"]
    assert read(written(texts)) == texts


def test_excel_gets_its_mark_unless_it_is_not_wanted() -> None:
    assert written(["清"]).startswith(b"\xef\xbb\xbf")
    assert written(["清"], bom=False) == '"cell"\r\n"清"\r\n'.encode()


def test_null_is_empty_and_empty_is_quoted() -> None:
    connection = sqlite3.connect(":memory:")
    columns = (Column("a", "text", "NULL"), Column("b", "text", "''"))
    made = b"".join(csv_.encode(Rows(columns, "", connection.execute), bom=False))
    assert made == b'"a","b"\r\n,""\r\n'


def test_long_texts_beside_each_other() -> None:
    connection = sqlite3.connect(":memory:")
    values = ("'=\"'", "NULL", "'清'", "7", "''")
    kinds = ("text", "text", "text", "integer", "text")
    columns = tuple(
        Column(f"c{n}", kind, value)  # type: ignore[arg-type]
        for n, (kind, value) in enumerate(zip(kinds, values, strict=True))
    )
    made = b"".join(csv_.encode(Rows(columns, "", connection.execute), bom=False)).decode()
    assert made.splitlines()[1] == '"\'=""",,"清",7,""'


def test_a_row_is_never_a_blank_line() -> None:
    assert written([None, ""], bom=False) == b'"cell"\r\n""\r\n""\r\n'


def test_numbers_are_numbers() -> None:
    connection = sqlite3.connect(":memory:")
    columns = (
        Column("n", "integer", "-5"), Column("r", "number", "0.1 + 0.2"),
        Column("b", "bytes", "x'00ff'"), Column("a", "any", "-1.5"), Column("=n", "any", "'-1.5'"),
    )  # fmt: skip
    made = b"".join(csv_.encode(Rows(columns, "", connection.execute), bom=False))
    assert made == b'"n","r","b","a","\'=n"\r\n-5,0.30000000000000004,00FF,-1.5,"\'-1.5"\r\n'


def test_what_is_no_utf8_does_not_spoil_the_file() -> None:
    connection = sqlite3.connect(":memory:")
    column = Column("c", "text", "CAST(x'e6b885eda0bde6b2b3ff' AS TEXT)")
    made = b"".join(csv_.encode(Rows((column,), "", connection.execute)))
    assert made.decode("utf-8-sig").startswith('"c"\r\n"清\ufffd')


def test_more_columns_than_a_function_takes() -> None:
    columns = tuple(Column(f"c{n}", "integer", str(n)) for n in range(1600))
    connection = sqlite3.connect(":memory:")
    made = b"".join(csv_.encode(Rows(columns, "", connection.execute), bom=False))
    assert made.splitlines()[1].split(b",") == [str(n).encode() for n in range(1600)]
