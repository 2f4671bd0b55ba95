"""Greedy but allowed: as much of a published copy at once as its pages and files will give."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pysqlite3 import dbapi2 as sqlite3

from archive.copies import LARGEST_CELL
from benchmarks.torture import Trial
from benchmarks.torture.site import Site, fill
from model.article import Article
from model.body import Block

GROWTH = 300_000_000  # bytes
SECONDS = 10.0
PAGE = 10_000_000  # bytes of a raw page

_TABLES = (
    "articles", "article_texts", "article_urls", "sources", "revisions", "snapshots", "attachments",
    "images", "repairs", "runs", "run_sources", "problems",
)  # fmt: skip
_TAILS = (
    "?_size=max",
    ".json?_size=max",
    ".json?_size=max&_shape=array",
    ".json?_size=max&_shape=objects&_nl=on",
    ".csv?_size=max",
    ".csv?_stream=1",
    ".csv?_stream=1&_size=max&_dl=1",
    "?_size=max&_labels=on&{facets}",
    ".json?{facets}&_facet_size=max",
    "?_size=max&_sort_desc=rowid",
)
_OURS = (
    "/", "/search?q={word}", "/search?q={word}&page=9", "/feed.atom", "/feed.atom?q={word}",
    "/source", "/source/qinghe-jyjl", "/article/{key}", "/article/{key}?_script=tw",
    "/article/{key}?q={word}", "/article/{key}/changes", "/article/{key}/snapshot/1/0",
    "/article/{key}/cite/ris", "/search.csv", "/download/article_texts.csv", "/public.db",
    "/public/snapshots/{number}", "/public/snapshots/{number}.json",
    "/public/snapshots/{number}.blob?_blob_column=body", "/public/article_texts/{number}",
    "/public/article_texts/{number}.json", "/public/revisions/{number}.json",
)  # fmt: skip


def greedy(
    number: int, seed: int, folder: Path, page: int = PAGE, articles: int = 60
) -> dict[str, int]:
    """Every page, file and facet at its largest, over raw pages and texts of many megabytes."""
    chance = random.Random(seed)
    db = folder / "archive.db"

    def swollen(count: int, article: Article) -> tuple[Article, bytes]:
        raw = chance.randbytes(min(page, 999_000) if count % 6 else page)  # most just get through
        size = {0: page // 3, 1: 340_000, 2: 330_000}.get(count % 6, 100_000)
        line = "养老服务与物业管理的经验" * 400
        blocks = tuple(Block("paragraph", line) for _ in range(size // len(line) or 1))
        return replace(article, body=blocks, wording=f"greedy-{count}"), raw

    fill(db, articles, swollen)
    told = {"reads": 0, "swollen": 0, "slow": 0, "failed": 0, "cells too large": 0}
    worst = {"slowest ms": 0, "largest MB": 0}
    with Site(db) as site, sqlite3.connect(site.copy.as_uri() + "?mode=ro", uri=True) as copy:
        columns = {
            t: [c for (_, c, *_) in copy.execute(f"PRAGMA table_info({t})")] for t in _TABLES
        }
        told["cells too large"] = _large(copy, columns)
        keys = [key for (key,) in copy.execute("SELECT key FROM articles ORDER BY id")]
        targets = list(_OURS)
        for table, names in columns.items():
            facets = "&".join(f"_facet={quote(name)}" for name in names)
            targets += [f"/public/{table}{tail}".replace("{facets}", facets) for tail in _TAILS]
        chance.shuffle(targets)
        for target in (targets * (number // len(targets) + 1))[:number]:
            place = chance.randrange(len(keys))
            target = target.replace("{word}", quote("养老")).replace("{key}", keys[place])
            answer, growth = site.grown(target.replace("{number}", str(place + 1)))
            told["reads"] += 1
            told["swollen"] += growth >= GROWTH
            told["slow"] += answer.seconds >= SECONDS
            told["failed"] += answer.status >= 500
            worst["slowest ms"] = max(worst["slowest ms"], round(1000 * answer.seconds))
            worst["largest MB"] = max(worst["largest MB"], growth // 1_000_000)
    return {**told, **worst}


def _large(copy: Any, columns: Mapping[str, list[str]]) -> int:
    """How many cells of the copy are larger than a cell may be."""
    return sum(
        copy.execute(
            f"SELECT count(*) FROM {table} WHERE octet_length([{name}]) > ?", [LARGEST_CELL + 500]
        ).fetchone()[0]
        for table, names in columns.items()
        for name in names
    )


TRIALS = (Trial("greedy", 280, greedy, ("swollen", "slow", "failed", "cells too large")),)
