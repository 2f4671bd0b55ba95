"""Filling: an archive of any number of generated articles, made on all cores in bounded memory.

TASHAN_BENCH_ARTICLES says how many articles ``python -m benchmarks search`` and ``browse`` measure
(20,000); TASHAN_BENCH_ARCHIVE names a file that is made once and used again. A million articles
take some fifteen minutes of two cores and 16 GB. ``python -m benchmarks filling`` makes that file.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from archive import Archive, search

from .prose import BLOCK, Article, block

ARTICLES = int(os.environ.get("TASHAN_BENCH_ARTICLES", "20000"))
SOURCES = 200

_AHEAD = 6  # blocks of articles that wait to be written
_COLUMNS = (
    "id, key, source, title, published, published_precision, year, outlet, region, state,"
    " organisation_kind, body_kind, characters, revisions, url, wording, first_seen, last_seen"
)
_SEEN = "2026-11-25T02:00:00Z"
_FORMS = ("text", "attachment", "image", "external")
_INSERT_ARTICLE = f"INSERT INTO articles ({_COLUMNS}) VALUES ({', '.join('?' * 18)})"
_INSERT_TEXT = "INSERT INTO article_texts (article, body, markdown) VALUES (?, ?, ?)"

Made = tuple[list[tuple[Any, ...]], list[tuple[int, str, str]], list[search.Tokens]]


@contextmanager
def filled(articles: int = ARTICLES) -> Iterator[Path]:
    """An archive of so many articles: the kept one, or one for this time only."""
    kept = os.environ.get("TASHAN_BENCH_ARCHIVE")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(kept) if kept else Path(folder) / "archive.db"
        if not path.exists():
            fresh = path.with_name(path.name + ".filling")
            fresh.unlink(missing_ok=True)
            fill(fresh, articles)
            fresh.replace(path)
        yield path


def fill(path: Path, articles: int) -> None:
    """An archive of so many articles from 200 sources over 20 years, as one that is published."""
    firsts = range(1, articles + 1, BLOCK)
    with Archive.write(path) as archive, _workers() as workers:
        connection = archive.db.conn
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -262144"):
            connection.execute(f"PRAGMA {pragma}")  # a file that fails is made anew
        _settings(connection, hashsize=1 << 27, automerge=0, crisismerge=1000)
        connection.execute("BEGIN")
        put_sources(connection)
        waiting: deque[Future[Made]] = deque()
        for first in firsts:
            waiting.append(workers.submit(make, first, min(BLOCK, articles + 1 - first)))
            if len(waiting) > _AHEAD:
                put(connection, waiting.popleft().result())
        while waiting:
            put(connection, waiting.popleft().result())
        connection.execute("COMMIT")
        _settings(connection, hashsize=1 << 24, automerge=4, crisismerge=16)
        while search.merge(connection, 100_000, whole=True):
            pass
        connection.execute("PRAGMA journal_mode = DELETE")


def _workers() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(os.cpu_count(), get_context("spawn"))


def _settings(connection: Any, **settings: int) -> None:
    """Of the index: few and large segments while it is filled, one merge at the end."""
    for table in search.TABLES:
        for name, value in settings.items():
            connection.execute(f"INSERT INTO {table}({table}, rank) VALUES (?, ?)", [name, value])


def put_sources(connection: Any) -> None:
    """The sources of all articles."""
    connection.executemany(
        "INSERT INTO sources (id, title, organisation, kind, region, status)"
        " VALUES (?, ?, ?, ?, ?, 'enabled')",
        [
            (f"s{n}", f"第{n}市住房和城乡建设局 · 经验交流", f"第{n}市住房和城乡建设局",
             ("association", "government", "news")[n % 3], f"{11 + n % 50}0000")
            for n in range(SOURCES)
        ],
    )  # fmt: skip


def make(first: int, number: int = BLOCK) -> Made:
    """The rows and tokens of a block of articles."""
    articles = block(first)[:number]
    chance = np.random.default_rng(first + 1).random((len(articles), 6)).tolist()
    rows = [_row(article, dice) for article, dice in zip(articles, chance, strict=True)]
    texts = [(article, body, body.replace("\n", "\n\n")) for article, _, body in articles]
    return rows, texts, list(map(search.tokens, articles))


def put(connection: Any, made: Made) -> None:
    """Writes a block into the tables and the index."""
    rows, texts, tokens = made
    connection.executemany(_INSERT_ARTICLE, rows)
    connection.executemany(_INSERT_TEXT, texts)
    search.add_tokens(connection, tokens)


def _row(article: Article, dice: list[float]) -> tuple[Any, ...]:
    number, title, body = article
    source = int(SOURCES * dice[0] ** 2)
    year = 2026 - int(20 * dice[1] ** 1.5)
    day = f"{year}-{1 + int(12 * dice[2]):02}-{1 + int(28 * dice[3]):02}"
    outlet = f"媒体{int(3000 * dice[4] ** 3)}"
    kind = ("association", "government", "news")[source % 3]
    form = _FORMS[int(4 * dice[5] ** 20)]
    return (
        number, f"k{number}", f"s{source}", title, day, "day", year, outlet,
        f"{11 + source % 50}0000", "present", kind, form, len(body), 1,
        f"http://s{source}.test/{number}", f"w{number}", _SEEN, _SEEN,
    )  # fmt: skip


def main() -> None:
    """Prints how long an archive takes to make."""
    start = time.perf_counter()
    with filled() as path:
        taken = time.perf_counter() - start
        print(f"{ARTICLES:,} articles, {path.stat().st_size / 1e6:,.0f} MB, {taken:.0f} s")


if __name__ == "__main__":
    main()
