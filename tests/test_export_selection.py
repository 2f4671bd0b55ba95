"""Selections: exactly the articles asked for, or one line that says why not."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hard_archive
import pytest
from hard_archive import TITLES

from archive import Archive
from archive.reading import Reading
from exports.selection import Selection
from model.errors import ChoiceError

hard_path, hard = hard_archive.hard_path, hard_archive.hard
ALL = len(TITLES) + 1
_ASKED = "id, key, source, outlet, region, year, published, title"


def chosen(archive: Archive, **asked: Any) -> int:
    with Reading(archive) as reading:
        return Selection(**asked).apply(reading)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({}, lambda a: True),
        ({"sources": ("lanshan-zcfg",)}, lambda a: a["source"] == "lanshan-zcfg"),
        ({"sources": ("lanshan-zcfg", "qinghe-jyjl")}, lambda a: True),
        ({"sources": ("empty-one",)}, lambda a: False),
        ({"outlets": ("清河日报",)}, lambda a: a["outlet"] == "清河日报"),
        ({"regions": ("510000",)}, lambda a: True),
        ({"regions": ("510401",)}, lambda a: a["region"] == "510401"),
        ({"regions": ("310000", "510400")}, lambda a: True),
        ({"regions": ("44",)}, lambda a: False),
        ({"years": ("2019",)}, lambda a: a["year"] == 2019),
        ({"years": ("2019-2025", "2030")}, lambda a: (a["year"] or 0) in range(2019, 2026)),
        ({"since": "2026-08-16"}, lambda a: (a["published"] or "") >= "2026-08-16"),
        ({"until": "2025-07-20"}, lambda a: (a["published"] or "~") < "2025-07-21"),
        # An article that only tells its year or month may lie in a period of that year.
        ({"since": "2019-03-01", "until": "2019-05-31"}, lambda a: a["published"] == "2019"),
        ({"search": "百万字"}, lambda a: a["title"] == "百万字"),
        ({"search": "加装电梯", "years": ("2019",)}, lambda a: a["year"] == 2019),
        ({"sql": "SELECT id FROM articles WHERE id % 2"}, lambda a: a["id"] % 2),
        ({"sql": "SELECT title, key FROM articles WHERE id < 4"}, lambda a: a["id"] < 4),
        ({"sql": "SELECT article FROM attachments"}, lambda a: a["id"] % 3 == 1 and a["id"] < ALL),
    ],
)
def test_selection(hard: Archive, asked: dict[str, Any], wanted: Callable[[Any], bool]) -> None:
    articles = list(hard.db.query(f"SELECT {_ASKED} FROM articles"))
    assert chosen(hard, **asked) == len([a for a in articles if wanted(a)])


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"sources": ("qinghe-jyj",)}, "did you mean qinghe-jyjl"),
        ({"outlets": ("清河日",)}, "did you mean 清河日报"),
        ({"regions": ("四川",)}, "GB/T 2260"),
        ({"years": ("去年",)}, "write 2019"),
        ({"since": "yesterday"}, "--since"),
        ({"until": "2019-13"}, "--until"),
        ({"search": "-"}, "Nothing to look for"),
        ({"sql": "DELETE FROM articles"}, "not authorized"),
        ({"sql": "ATTACH 'x.db' AS x"}, "not authorized"),
        ({"sql": "INSERT INTO temp.chosen VALUES (1)"}, "not authorized"),
        ({"sql": "PRAGMA user_version"}, "not authorized"),
        ({"sql": "SELECT load_extension('x')"}, "not authorized"),
        ({"sql": "SELECT id FROM articles; SELECT 1"}, "one SELECT"),
        ({"sql": "SELECT id FROM article"}, "no such table"),
        ({"sql": ""}, ""),
        ({"sql": " "}, "no SELECT"),
        ({"sql": "SELECT title, url FROM articles"}, "none is called id"),
        ({"sql": "SELECT 99999"}, "99999"),
        ({"sql": "SELECT NULL"}, "None"),
    ],
)
def test_a_selection_that_cannot_be_says_why(
    hard: Archive, asked: dict[str, Any], told: str
) -> None:
    if not told:
        assert chosen(hard, **asked) == ALL
        return
    with pytest.raises(ChoiceError, match=told):
        chosen(hard, **asked)


def test_one_reading_sees_one_state(hard_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes(hard_path.read_bytes())
    with Archive.write(path) as writer, Archive.read(path) as archive:
        with Reading(archive) as reading:
            before = reading.count()
            writer.db.conn.execute("UPDATE articles SET year = 1900")
            reading.choose("a.year = 1900")
            assert reading.count() == 0
        assert before == ALL
        assert chosen(archive, years=("1900",)) == ALL


class _Stop(BaseException):
    pass


def test_an_endless_query_can_be_stopped(hard: Archive) -> None:
    endless = "WITH RECURSIVE x(id) AS (SELECT 1 UNION ALL SELECT 1 FROM x) SELECT max(id) FROM x"
    started = time.monotonic()

    def alarm(*_: object) -> None:
        raise _Stop

    before = signal.signal(signal.SIGALRM, alarm)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises((_Stop, ChoiceError)), Reading(hard) as reading:
            reading.narrow_by(endless)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - started < 10
