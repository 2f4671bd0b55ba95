"""Downloads: exactly what a SELECT gives, in its order, streamed."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pyarrow.parquet as pq
import pytest
from pysqlite3 import dbapi2 as sqlite3

from exports.live import FORMATS, stream
from model.errors import ChoiceError


@pytest.fixture
def connection() -> Any:
    made = sqlite3.connect(":memory:")
    made.row_factory = sqlite3.Row  # as Datasette has it
    made.execute("CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT, mixed)")
    made.executemany(
        "INSERT INTO a (name, mixed) VALUES (?, ?)",
        [("清河", 1), ("=1+1", "二"), (None, b"\x00\xff"), ("a\0b", 1.5), ('一,"二"\n三', None)],
    )
    made.commit()
    return made


def read(form: str, data: bytes) -> list[list[Any]]:
    if form == "csv":
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1:]
    if form == "jsonl":
        return [list(json.loads(line).values()) for line in data.splitlines()]
    return [list(row.values()) for row in pq.read_table(io.BytesIO(data)).to_pylist()]


def made(connection: Any, sql: str, form: str, values: Any = ()) -> bytes:
    return b"".join(stream(connection, sql, values, form))


def test_values_and_order(connection: Any) -> None:
    sql = "SELECT id, name FROM a ORDER BY id DESC"
    wanted = [[5, '一,"二"\n三'], [4, "a\0b"], [3, None], [2, "=1+1"], [1, "清河"]]
    assert read("jsonl", made(connection, sql, "jsonl")) == wanted
    assert read("parquet", made(connection, sql, "parquet")) == wanted
    cells = read("csv", made(connection, sql, "csv"))
    assert cells == [
        ["5", '一,"二"\n三'], ["4", "a\ufffdb"], ["3", ""], ["2", "'=1+1"], ["1", "清河"],
    ]  # fmt: skip


@pytest.mark.parametrize("form", list(FORMATS))
def test_the_order_survives_whatever_is_asked(connection: Any, form: str) -> None:
    connection.executemany("INSERT INTO a (name) VALUES (?)", [(str(n),) for n in range(5000)])
    sql = (
        "SELECT id, count(*) OVER () AS n, (SELECT max(b.id) FROM a b WHERE b.id <= a.id) AS m"
        " FROM a ORDER BY id * 7919 % 5003, id"
    )
    rows = read(form, made(connection, sql, form))
    wanted = [row[0] for row in connection.execute(sql)]
    assert [int(row[0]) for row in rows] == wanted
    assert len(wanted) == 5005


def test_what_one_may_type_in_sql(connection: Any) -> None:
    for sql in (
        "SELECT id FROM a WHERE id < :most;",
        "SELECT id FROM a WHERE id < :most -- the first",
        "WITH few AS (SELECT id FROM a WHERE id < :most) SELECT * FROM few ; ",
        "SELECT id FROM a WHERE id < :most LIMIT 10",
        "SELECT 1 AS id WHERE :most UNION ALL SELECT 2",
    ):
        assert read("jsonl", made(connection, sql, "jsonl", {"most": 3})) == [[1], [2]]


def test_columns_that_are_called_the_same(connection: Any) -> None:
    sql = 'SELECT id AS "=x", id AS "=x", 1 AS "a\'b""c" FROM a LIMIT 1'
    (line,) = made(connection, sql, "jsonl").splitlines()
    names = list(json.loads(line))
    assert len(set(names)) == 3
    assert names[2] == "a'b\"c"
    assert made(connection, sql, "csv").decode("utf-8-sig").startswith('"\'=x"')


def test_parquet_takes_the_types_that_are_there(connection: Any) -> None:
    sql = "SELECT id, 1.5 AS real, id + 0.5 AS sum, mixed, NULL AS missing, x'00ff' AS raw FROM a"
    table = pq.read_table(io.BytesIO(made(connection, sql, "parquet")))
    types = {field.name: str(field.type) for field in table.schema}
    assert types == {
        "id": "int64", "real": "double", "sum": "double", "mixed": "string", "missing": "string",
        "raw": "binary",
    }  # fmt: skip
    assert table["mixed"].to_pylist() == ["1", "二", "00FF", "1.5", None]
    assert table["raw"][0].as_py() == b"\x00\xff"


@pytest.mark.parametrize("form", list(FORMATS))
def test_nothing_found_is_a_file_without_rows(connection: Any, form: str) -> None:
    assert read(form, made(connection, "SELECT id, name FROM a WHERE 0", form)) == []


def test_errors_come_before_the_first_byte(connection: Any) -> None:
    for sql in ("SELECT", "SELECT id FROM nowhere", "DELETE FROM a"):
        with pytest.raises(sqlite3.Error):
            next(stream(connection, sql))
    with pytest.raises(ChoiceError, match="did you mean csv"):
        next(stream(connection, "SELECT 1", (), "cvs"))
    assert connection.execute("SELECT count(*) FROM a").fetchone()[0] == 5


def test_a_reader_who_goes_away_leaves_nothing_open(connection: Any) -> None:
    pieces = stream(connection, "SELECT id FROM a")
    next(pieces)
    pieces.close()
    assert not connection.in_transaction
