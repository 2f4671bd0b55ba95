"""The reading room on a generated archive: CPU time a page, beside Datasette's own table page.

``python -m benchmarks browse``; TASHAN_BENCH_ARTICLES sets the number of articles (20,000),
TASHAN_BENCH_ROOM names an archive that is made once and kept. Nothing is cached: every question is
asked once. Times are CPU time of the whole process; "over HTTP" is wall time of one client.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import re
import resource
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from datasette.app import Datasette

from archive import Archive, search
from browse.application import SETTINGS

from .prose import COMMON, Article, written

ARTICLES = int(os.environ.get("TASHAN_BENCH_ARTICLES", "20000"))
QUESTIONS = 120
_SOURCES = 200


def main() -> None:
    """Prints what was measured."""
    kept = os.environ.get("TASHAN_BENCH_ROOM")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(kept) if kept else Path(folder) / "archive.db"
        if not path.exists():
            fill(path, ARTICLES)
        asyncio.run(_measure(path))


def fill(path: Path, articles: int) -> None:
    """An archive of so many articles from 200 sources over 20 years."""
    chance = random.Random(1)
    with Archive.write(path) as archive:
        connection = archive.db.conn
        connection.executemany(
            "INSERT INTO sources (id, title, organisation, kind, region, status)"
            " VALUES (?, ?, ?, ?, ?, 'enabled')",
            [
                (f"s{n}", f"第{n}市住房和城乡建设局 · 经验交流", f"第{n}市住房和城乡建设局",
                 ("association", "government", "news")[n % 3], f"{11 + n % 50}0000")
                for n in range(_SOURCES)
            ],
        )  # fmt: skip
        texts = written(articles)
        while batch := list(itertools.islice(texts, 1000)):
            connection.execute("BEGIN")
            _keep(connection, chance, batch)
            search.add(connection, batch)
            connection.execute("COMMIT")
        while search.merge(connection, 1000):
            pass


def _keep(connection: Any, chance: random.Random, batch: Iterable[Article]) -> None:
    for number, title, body in batch:
        source = int(_SOURCES * chance.random() ** 2)
        year = 2026 - int(20 * chance.random() ** 1.5)
        day = f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        outlet = f"媒体{int(3000 * chance.random() ** 3)}"
        kind = ("association", "government", "news")[source % 3]
        connection.execute(
            "INSERT INTO articles (id, key, source, title, published, year, outlet, region, state,"
            " organisation_kind, body_kind, characters, revisions, url, wording, first_seen,"
            " last_seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'present', ?, 'text', ?, 1, ?, ?,"
            " '2026-11-25T02:00:00Z', '2026-11-25T02:00:00Z')",
            [number, f"k{number}", f"s{source}", title, day, year, outlet, f"{11 + source % 50}",
             kind, len(body), f"http://s{source}.test/{number}", f"w{number}"],
        )  # fmt: skip
        connection.execute(
            "INSERT INTO article_texts (article, body, markdown) VALUES (?, ?, ?)",
            [number, body, body.replace("\n", "\n\n")],
        )


async def _measure(path: Path) -> None:
    room = Datasette([str(path)], settings={**SETTINGS, "facet_time_limit_ms": 20_000,
                                            "sql_time_limit_ms": 20_000})  # fmt: skip
    await room.invoke_startup()
    with Archive.read(path) as archive:
        total = archive.articles.count()
        questions = _questions(archive.db.conn, total)
    name = path.stem
    print(f"{total:,} articles, {len(questions)} questions of 1 to 8 characters")
    await room.client.get("/")  # what the first visitor waits for is not a page's
    await room.client.get("/search?q=甲乙丙丁")

    async def get(address: str) -> str:
        answer = await room.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        text: str = answer.text
        return text

    pages = await _times([lambda q=q: get(f"/search?q={quote(q)}") for q in questions])  # type: ignore[misc]
    _row("results", pages)
    _row(
        "results, seen before",
        await _times([lambda q=q: get(f"/search?q={quote(q)}") for q in questions]),
    )  # type: ignore[misc]
    again = [f"/search?q={quote(q)}&_script=tw" for q in questions]
    _row("results, Traditional", await _times([lambda a=a: get(a) for a in again]))  # type: ignore[misc]
    chance = random.Random(3)
    articles = [f"/article/k{chance.randint(1, total)}?q={quote('管理')}" for _ in range(100)]
    _row("article", await _times([lambda a=a: get(a) for a in articles]))  # type: ignore[misc]
    _row("home", await _times([lambda: get("/")] * 20))
    _row("source", await _times([lambda n=n: get(f"/source/s{n}") for n in range(0, 200, 10)]))  # type: ignore[misc]
    table = f"/{name}/articles?_search="
    stock = await _times([lambda q=q: get(table + quote(q)) for q in questions[::4]])  # type: ignore[misc]
    _row("Datasette's table page", stock)
    ours, theirs = (sorted(times)[int(len(times) * 0.95)] for times in (pages, stock))
    print(f"Datasette's table page is {theirs / ours:.1f} times ours (p95)")
    html = await get("/search?q=" + quote(COMMON[0]))
    sheets = [
        await room.client.get(a) for a in re.findall(r'(?:href|src)="(/-/tashan/[^"]+)"', html)
    ]
    print(f"results page: {len(html.encode()) / 1000:.0f} kB of HTML, "
          f"{sum(len(sheet.content) for sheet in sheets) / 1000:.0f} kB"
          " of style sheets and scripts before packing")  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")


def _questions(connection: Any, total: int) -> list[str]:
    """Pieces of texts of 1 to 8 characters, as frequent as they are there, and common words."""
    chance = random.Random(7)
    found = set(COMMON[:24])
    while len(found) < QUESTIONS:
        number, length = chance.randint(1, total), chance.choice((1, 2, 3, 4, 8))
        sql = "SELECT body FROM article_texts WHERE article = ?"
        body = connection.execute(sql, [number]).fetchone()[0]
        start = chance.randrange(max(1, len(body) - length))
        piece = body[start : start + length]
        if all("\u4e00" <= char <= "\u9fff" for char in piece):
            found.add(piece)
    return sorted(found)


async def _times(actions: Iterable[Callable[[], Awaitable[object]]]) -> list[float]:
    taken = []
    for action in actions:
        start = time.process_time()
        await action()
        taken.append(time.process_time() - start)
    return taken


def _row(name: str, seconds: list[float]) -> None:
    ordered = sorted(1000 * value for value in seconds)
    middle, high = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    print(f"{name:24} p50 {middle:7.1f}  p95 {high:7.1f}  max {ordered[-1]:7.1f} ms")


if __name__ == "__main__":
    main()
