"""Exports against bare loops that write the same columns: time and memory, in the same run.

TASHAN_BENCH_ARTICLES sets the number of articles (20,000), TASHAN_BENCH_ROUNDS the rounds (3).
Each measurement runs in a process of its own; the smallest of the rounds counts.
"""

from __future__ import annotations

import csv
import os
import random
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pysqlite3 import dbapi2 as sqlite3

from archive import Archive
from archive.reading import Reading
from exports import columns, dataset, formats

ARTICLES = int(os.environ.get("TASHAN_BENCH_ARTICLES", "20000"))
ROUNDS = int(os.environ.get("TASHAN_BENCH_ROUNDS", "3"))
CHARACTERS = 1500
_SEED = 7


def fill(path: Path, articles: int) -> None:
    """An archive of so many articles of CHARACTERS each; texts are made up, spans repeat."""
    chance = random.Random(_SEED)
    letters = [chr(point) for point in range(0x4E00, 0x4E00 + 3000)]
    sentences = ["".join(chance.choices(letters, k=28)) + "，“可”。" for _ in range(2000)]
    with Archive.write(path) as archive:
        execute = archive.db.conn.execute
        execute("BEGIN")
        execute(
            "INSERT INTO sources (id, title, organisation, kind, region, column_name)"
            " VALUES ('bench', '清河', '清河市物业管理协会', 'association', '510400', '经验交流')"
        )
        for number in range(1, articles + 1):
            text = ""
            while len(text) < CHARACTERS:
                text += "".join(chance.choices(sentences, k=4)) + "\n"
            body = text[:CHARACTERS]
            day = f"20{number % 20:02}-{number % 12 + 1:02}-{number % 28 + 1:02}"
            title = f"清河市推行物业服务“四公开”之{number}"
            execute(
                "INSERT INTO articles (id, key, source, title, published, published_precision,"
                " published_origin, year, outlet, author, column_name, organisation_kind, region,"
                " body_kind, characters, script, state, revisions, title_traditional, url, wording,"
                " first_seen, last_seen) VALUES (?, ?, 'bench', ?, ?, 'day', 'label', ?, ?, '李明',"
                " '经验交流', 'association', '510400', 'text', ?, 'hans', 'present', 1, ?, ?, ?,"
                " '2026-11-25T02:00:00Z', '2026-11-25T02:00:00Z')",
                [
                    number, f"{number:013}", title, day, int(day[:4]), f"清河日报{number % 40}",
                    len(body), title, f"http://qinghe.test/a/{number}.html", f"{number:032x}",
                ],
            )  # fmt: skip
            execute(
                "INSERT INTO article_texts (article, breadcrumb, body, markdown)"
                " VALUES (?, '首页 > 经验交流', ?, ?)",
                [number, body, body.replace("\n", "\n\n")],
            )
        execute("COMMIT")


def ours(archive: Path, form: str, target: Path) -> None:
    """The export as the command makes it."""
    request = dataset.Request(format=formats.FORMATS[form])
    with Archive.read(archive) as opened:
        dataset.export(opened, request, target, lambda total: lambda number: None)


def _asked(archive: Path) -> tuple[list[str], str, str]:
    """Names, SQL expressions and source of the columns that ``ours`` writes."""
    with Archive.read(archive) as opened, Reading(opened) as reading:
        made = columns.chosen(columns.article_columns(reading))
    source = "FROM articles a LEFT JOIN article_texts t ON t.article = a.id ORDER BY a.id"
    return [c.name for c in made], ", ".join(c.sql for c in made), source


def _bare(archive: Path) -> Any:
    return sqlite3.connect(f"{archive.absolute().as_uri()}?mode=ro", uri=True)


def bare_csv(archive: Path, target: Path) -> None:
    """The csv module on a bare cursor."""
    names, sql, source = _asked(archive)
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows(_bare(archive).execute(f"SELECT {sql} {source}"))


def bare_shell(archive: Path, target: Path) -> None:
    """``sqlite3 -csv``."""
    _, sql, source = _asked(archive)
    with target.open("wb") as file:
        command = ["sqlite3", "-readonly", "-csv", str(archive), f"SELECT {sql} {source}"]
        subprocess.run(command, stdout=file, check=True)


def bare_json(archive: Path, target: Path) -> None:
    """SQLite's json_object, a line at a time."""
    names, sql, source = _asked(archive)
    pairs = ", ".join(f"'{n}', {s}" for n, s in zip(names, _split(sql), strict=True))
    connection = _bare(archive)
    connection.text_factory = bytes
    rows = connection.execute(f"SELECT json_object({pairs}) || char(10) {source}")
    with target.open("wb") as file:
        file.writelines(row for (row,) in rows)


def bare_parquet(archive: Path, target: Path) -> None:
    """pyarrow in batches of 5,000 rows."""
    names, sql, source = _asked(archive)
    integers = {"year", "characters", "read_count", "revisions"}
    shape = pa.schema(
        [
            (n, pa.int64() if n in integers else pa.float64() if n == "trust" else pa.string())
            for n in names
        ]
    )
    cursor = _bare(archive).execute(f"SELECT {sql} {source}")
    with pq.ParquetWriter(target, shape, compression="zstd") as writer:
        while rows := cursor.fetchmany(5000):
            cells = zip(*rows, strict=True)
            arrays = [pa.array(c, type=t.type) for c, t in zip(cells, shape, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=shape))


def _split(sql: str) -> list[str]:
    """The expressions of a list in which commas also stand inside parentheses."""
    parts, depth = [""], 0
    for sign in sql:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _tasks() -> Iterator[tuple[str, str, Callable[..., None], tuple[str, ...]]]:
    """Format, name, function, what it is given between archive and target."""
    for form in ("csv", "jsonl", "parquet"):
        yield form, "tashan", ours, (form,)
    yield "csv", "csv module", bare_csv, ()
    if shutil.which("sqlite3"):
        yield "csv", "sqlite3 -csv", bare_shell, ()
    yield "jsonl", "json_object", bare_json, ()
    yield "parquet", "pyarrow", bare_parquet, ()


def _measured(function: Callable[..., None], *given: Any) -> tuple[float, float, float]:
    """Seconds of CPU and of the clock, and the peak of memory in MB, of a process of its own."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_run, (function, given))


def _run(function: Callable[..., None], given: tuple[Any, ...]) -> tuple[float, float, float]:
    started, clock = _cpu(), time.perf_counter()
    function(*given)
    spent, passed = _cpu() - started, time.perf_counter() - clock
    return spent, passed, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _cpu() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(sum(resource.getrusage(kind)[:2]) for kind in kinds)


def main() -> None:
    """Prints a line a tool: seconds, the ratio to the fastest bare tool, memory."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive.db"
        fill(archive, ARTICLES)
        best: dict[tuple[str, str], list[float]] = {}
        for _ in range(ROUNDS):
            for form, name, function, more in _tasks():
                target = Path(folder) / f"{name.replace(' ', '-')}.{form}"
                figures = _measured(function, archive, *more, target)
                kept = best.setdefault((form, name), list(figures))
                best[form, name] = [min(pair) for pair in zip(kept, figures, strict=True)]
                target.unlink()
    print(f"{ARTICLES:,} articles of {CHARACTERS:,} characters")
    print(f"{'':24}{'CPU s':>8}{'clock s':>9}{'CPU ×':>8}{'clock ×':>9}{'MB':>7}")
    for (form, name), (spent, passed, memory) in sorted(best.items()):
        others = [v for (f, n), v in best.items() if f == form and n != "tashan"]
        ratios = [mine / min(o[p] for o in others) for p, mine in ((0, spent), (1, passed))]
        print(
            f"{form:9}{name:15}{spent:8.2f}{passed:9.2f}{ratios[0]:8.2f}{ratios[1]:9.2f}"
            f"{memory:7.0f}"
        )


if __name__ == "__main__":
    main()
