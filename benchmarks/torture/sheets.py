"""Cells that a spreadsheet would run, read back from every file that readers can have."""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path
from urllib.parse import quote

from pysqlite3 import dbapi2 as sqlite3

from benchmarks.torture import Trial
from benchmarks.torture.site import Site, fill

_SIGNS = "=+-@＝＋－＠"
_STARTS = (*_SIGNS, "\t", "\r", "\n", "\0", "\r\n", "﹣", "﹦")
_BEFORE = ("", "", "", "'", "''", " ", "\u3000", "\ufeff", "\u200b", "\xa0", "\t", '"', "\0")
_AFTER = ("cmd|' /C calc'!A0", 'HYPERLINK("http://x.test/","点")', "1+1", "SUM(A1:A9)", "普通", "",
          '引号"，逗号,', "两\r\n行", "第1条;\t=2")  # fmt: skip
_COLUMNS = ("title", "outlet", "author", "editor")
_BLANK = " \t\r\n\xa0\u3000\u200b\ufeff"
_PAGE = 100


def sheets(number: int, seed: int, folder: Path) -> dict[str, int]:
    """Each cell is inert in every CSV, comes back from it, and is as it was in JSON."""
    chance = random.Random(seed)
    rows = [
        [chance.choice(_BEFORE) + chance.choice(_STARTS) + chance.choice(_AFTER) for _ in _COLUMNS]
        for _ in range(max(1, number // len(_COLUMNS)))
    ]
    db = folder / "archive.db"
    fill(db, len(rows), lambda n, article: (article, b"<p>x"))
    with sqlite3.connect(db) as connection:
        sets = ", ".join(f"{name} = ?" for name in _COLUMNS)
        for place, row in enumerate(rows, 1):
            connection.execute(f"UPDATE articles SET {sets} WHERE id = ?", [*row, place])
    connection.close()
    told = dict.fromkeys(("cells", "live", "lost", "short files", "refused"), 0)
    (folder / "strangers").mkdir()
    (folder / "strangers" / "archive.db").write_bytes(db.read_bytes())
    with Site(folder / "strangers" / "archive.db", "--sql") as site:
        for first in range(0, len(rows), _PAGE):
            part = rows[first : first + _PAGE]
            chosen = f"id__gt={first}&id__lte={first + len(part)}&_size=max&_sort=id"
            sql = f"SELECT * FROM articles WHERE id > {first} AND id <= {first + len(part)}"
            for target in (f"articles.csv?{chosen}", f"articles.csv?{chosen}&_dl=1&_labels=on"):
                _compare(site, f"/{site.name}/{target}", part, told)
            _compare(site, f"/{site.name}.csv?sql={quote(sql + ' ORDER BY id')}", part, told)
            answer = site.get(f"/{site.name}/articles.json?{chosen}&_shape=array")
            given = [[one[name] for name in _COLUMNS] for one in json.loads(answer.body)]
            told["lost"] += given != part
        if len(rows) > _PAGE:  # more than an answer may have
            answer = site.get(f"/{site.name}.csv?sql={quote('SELECT * FROM articles')}")
            told["short files"] += answer.status == 200
    with Site(db, public=False) as site:
        name = f"/{site.name}.csv?sql={quote('SELECT * FROM articles ORDER BY id LIMIT 900')}"
        for target in ("/download/articles.csv?_sort=id", name):
            _compare(site, target, rows[: 900 if target == name else None], told)
        answer = site.get("/download/articles.jsonl?_sort=id")
        lines = [json.loads(line) for line in answer.body.decode().split("\n") if line]
        told["lost"] += [[one[name] for name in _COLUMNS] for one in lines] != rows
    return told


def _compare(site: Site, target: str, rows: list[list[str]], told: dict[str, int]) -> None:
    """A CSV against what the archive holds."""
    answer = site.get(target)
    told["refused"] += answer.status != 200
    text = answer.body.decode("utf-8-sig")
    given = list(csv.DictReader(io.StringIO(text, newline="")))
    told["short files"] += len(given) != len(rows)
    for one, row in zip(given, rows, strict=False):
        for name, before in zip(_COLUMNS, row, strict=True):
            told["cells"] += 1
            cell = one[name]
            told["live"] += cell.lstrip(_BLANK).startswith(tuple(_SIGNS))
            told["live"] += cell.startswith(("\t", "\r", "\n", "\0"))
            same = before.replace("\0", "\ufffd")
            told["lost"] += cell not in (same, "'" + same)


TRIALS = (Trial("sheets", 4000, sheets, ("live", "lost", "short files", "refused")),)
