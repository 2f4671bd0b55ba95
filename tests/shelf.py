"""A shelf of articles to search: the tables that search asks, on either SQLite module."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable
from typing import Any

from pysqlite3 import dbapi2

from archive import search

MODULES = {"python's": sqlite3, "pysqlite3": dbapi2}
_COLUMNS = (
    "source published year outlet author region column_name organisation_kind document_number"
    " issuer body_kind"
)

Article = tuple[int, str, str]

_WORDS = (
    "养老 服务 社区 居家 物业 管理 业主 委员会 党建 引领 基层 治理 工作 作为 经验 交流 创新 "
    "攀枝花 市政府 人民政府 2019年 AI 5G 智慧 干净 乾隆 里程 公里 计划 只有 一只 的 和 在 为"
)
WORDS = _WORDS.split()


def shelf(articles: Iterable[Article], module: Any = dbapi2, **columns: Any) -> Any:
    """A connection to an archive in memory; ``columns`` are given to every article."""
    connection = module.connect(":memory:", isolation_level=None)
    fields = ", ".join(_COLUMNS.split())
    connection.execute(f"CREATE TABLE articles (id INTEGER PRIMARY KEY, title TEXT, {fields})")
    connection.execute("CREATE TABLE article_texts (article INTEGER PRIMARY KEY, body TEXT)")
    connection.execute("CREATE TABLE sources (id TEXT PRIMARY KEY, title TEXT, organisation TEXT)")
    search.create(connection)
    put(connection, articles, **columns)
    return connection


def put(connection: Any, articles: Iterable[Article], **columns: Any) -> None:
    """Adds articles with the given columns."""
    rows = list(articles)
    names = ["source", *(name for name in columns if name != "source")]
    values = [columns.get(name, "s") for name in names]
    connection.executemany(
        f"INSERT INTO articles (id, title, {', '.join(names)}) VALUES (?, ?{', ?' * len(names)})",
        [(number, title, *values) for number, title, _ in rows],
    )
    connection.executemany(
        "INSERT INTO article_texts VALUES (?, ?)", [(number, body) for number, _, body in rows]
    )
    search.add(connection, rows)


def texts_of(connection: Any) -> list[Article]:
    """All articles as search knows them."""
    return list(
        connection.execute(
            "SELECT id, title, body FROM articles JOIN article_texts ON article = id ORDER BY id"
        ).fetchall()
    )


def prose(number: int, seed: int = 1) -> list[Article]:
    """Articles of a small vocabulary, so that everything is found somewhere and not everywhere."""
    chance = random.Random(seed)
    articles = []
    for article in range(1, number + 1):
        words = chance.choices(WORDS, k=chance.randint(1, 60))
        body = "".join(word + chance.choice(["", "", "", "，", "。\n", " "]) for word in words)
        articles.append((article, "".join(chance.choices(WORDS, k=chance.randint(1, 5))), body))
    return articles
