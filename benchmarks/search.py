"""Search: exactness, size and speed on a generated archive, against LIKE and FTS5's trigram.

``python -m benchmarks.search [ARTICLES]``; 20,000 articles by default. Times are CPU time.
"""

from __future__ import annotations

import itertools
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import opencc

from archive import Archive, search

from .prose import COMMON, Article, written

ARTICLES = 20_000
COMPARED = 20_000  # articles at most in what search is compared with
READ = 4_000  # articles read through to know the true answers
FACETS = ("source", "organisation_kind", "outlet", "year")


# What is measured


def main(arguments: list[str] | None = None) -> None:
    """Prints what was measured."""
    number = int(arguments[0]) if arguments else ARTICLES
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        with Archive.write(path) as archive:
            _build(archive.db.conn, number)
        with Archive.read(path) as archive:
            questions = _questions(archive.db.conn, number)
            _exactness(archive.db.conn, number)
            _speed(archive.db.conn, questions)
        with Archive.write(path) as archive:
            _night(archive.db.conn, number)
            _compare(archive.db.conn, questions, min(number, COMPARED))


def _build(connection: Any, number: int) -> None:
    connection.executemany(
        "INSERT INTO sources (id, title, organisation) VALUES (?, ?, ?)",
        [(f"s{n}", f"来源{n}", f"机构{n}") for n in range(200)],
    )
    articles = written(number)
    text, taken = 0, 0.0
    while batch := list(itertools.islice(articles, 1000)):
        text += sum(len(f"{title}{body}".encode()) for _, title, body in batch)
        connection.execute("BEGIN")
        _keep(connection, batch)
        taken += _seconds(search.add, connection, batch)
        taken += _seconds(connection.execute, "COMMIT")
        taken += _seconds(_tidy, connection, False)
    print(f"{number:,} articles, {text / 1e6:,.0f} MB of text")
    for state in ("night by night", "tidied"):
        size = _index_bytes(connection) / text
        print(f"index {state}: {size:.3f} of the text, {taken / text * 1e6:.2f} s/MB")
        taken = _seconds(_tidy, connection, True)


def _keep(connection: Any, rows: list[Article]) -> None:
    chance = random.Random(rows[0][0])
    connection.executemany(
        "INSERT INTO articles (id, key, source, title, published, year, outlet, region,"
        " organisation_kind, body_kind, wording) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'text', '')",
        [_columns(chance, number, title) for number, title, _ in rows],
    )
    connection.executemany(
        "INSERT INTO article_texts (article, body) VALUES (?, ?)",
        [(number, body) for number, _, body in rows],
    )


def _columns(chance: random.Random, number: int, title: str) -> tuple[Any, ...]:
    source = int(200 * chance.random() ** 2)
    year = 2026 - int(20 * chance.random() ** 1.5)
    day = f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    outlet = f"媒体{int(3000 * chance.random() ** 3)}"
    kind = ("association", "government", "news")[source % 3]
    return number, str(number), f"s{source}", title, day, year, outlet, f"51{source:04}", kind


def _tidy(connection: Any, whole: bool) -> None:
    while search.merge(connection, whole=whole):
        pass


def _index_bytes(connection: Any) -> int:
    """Bytes of the index in the file: whole pages for what fills them, rows for the rest."""
    page = connection.execute("PRAGMA page_size").fetchone()[0]
    total = 0
    for table in search.TABLES:
        blocks = f"SELECT sum((length(block) + 39 + {page - 5}) / {page - 4}) FROM {table}_data"
        total += page * connection.execute(blocks).fetchone()[0]
        rows, size = connection.execute(
            f"SELECT count(*), sum(length(term)) FROM {table}_idx"
        ).fetchone()
        total += size + 12 * rows
    rows, size = connection.execute(
        "SELECT count(*), sum(length(sz)) FROM articles_fts_docsize"
    ).fetchone()
    return int(total + 2 * (size + 12 * rows))


def _questions(connection: Any, number: int) -> list[str]:
    """Pieces of texts of 1 to 8 characters, as frequent as they are there, and common words."""
    chance = random.Random(7)
    questions = set(COMMON[:24])
    while len(questions) < 174:
        piece = _piece(connection, chance, number, chance.choice((1, 2, 3, 4, 8)))
        if all("\u4e00" <= char <= "\u9fff" for char in piece):
            questions.add(piece)
    return sorted(questions)


def _piece(connection: Any, chance: random.Random, number: int, length: int) -> str:
    body = connection.execute(
        "SELECT body FROM article_texts WHERE article = ?", [chance.randint(1, number)]
    ).fetchone()[0]
    start = chance.randrange(max(1, len(body) - length))
    return str(body[start : start + length])


def _exactness(connection: Any, number: int) -> None:
    """Random pieces, in four spellings, against reading the folded texts through."""
    chance = random.Random(8)
    rows = connection.execute(
        "SELECT a.id, a.title || char(10) || t.body FROM articles a"
        " JOIN article_texts t ON t.article = a.id WHERE a.id <= ?",
        [READ],
    ).fetchall()
    texts = {number: (text, search.fold(text)) for number, text in rows}
    spellings = [opencc.OpenCC(name) for name in ("s2t", "s2tw", "s2hk")]
    true = variant = missed = extra = other = asked = 0
    while asked < 500:
        piece = _piece(connection, chance, number, chance.randint(1, 8))
        if not all("\u4e00" <= char <= "\u9fff" for char in piece):
            continue
        asked += 1
        found = _ids(connection, piece)
        here = {n for n in found if n <= READ}
        folded = search.fold(piece)
        truth = {n for n, (_, text) in texts.items() if folded in text}
        true += len(truth)
        variant += sum(piece not in texts[n][0] for n in truth)
        missed += len(truth - here)
        extra += len(here - truth)
        other += sum(_ids(connection, spell.convert(piece)) != found for spell in spellings)
    print(f"exact  {asked} pieces: {true:,} true hits, {missed} missed, {extra} extra;")
    print(f"       {variant} hits only by another character of a class, as 著 for 着;")
    print(f"       {3 * asked} other spellings: {other} with another answer")


def _speed(connection: Any, questions: list[str]) -> None:
    reader = search.Reader(FACETS)
    _row("columns into memory", [_seconds(reader.columns, connection)])
    _row("all ids", [_seconds(_ids, connection, q) for q in questions])
    _row("whole page", [_seconds(_page, reader, connection, q) for q in questions])
    _row("hostile", [_seconds(_page, reader, connection, q) for q in _hostile()])
    _row("next page", [_seconds(_page, reader, connection, q, 20) for q in questions])


def _hostile() -> list[str]:
    """As much work as one query can ask for."""
    words = COMMON[:24]
    return [
        " ".join(words),
        " OR ".join(words),
        " ".join(f"-{word}" for word in words),
        " ".join("的在和了对与为是及将从以等不就更工作管理服务发展"),
        " OR ".join("的在和了对与为是及将从以等不就更工作管理服务发展"),
        "".join(COMMON)[:400],
        "工作" * 200,
        "文号:" + "9-" * 32,
    ]


def _ids(connection: Any, question: str) -> list[int]:
    return search.find(connection, search.compile(question))


def _page(reader: search.Reader, connection: Any, question: str, offset: int = 0) -> list[Any]:
    """Exact total, four exact facets, 20 rows with highlighted titles and snippets."""
    page = reader.page(connection, question, offset=offset)
    shown = []
    for number in page.ids:
        title, body = connection.execute(
            "SELECT a.title, t.body FROM articles a JOIN article_texts t ON t.article = a.id"
            " WHERE a.id = ?",
            [number],
        ).fetchone()
        query = page.compiled.query
        shown.append((search.mark(title, query), search.snippet(body, query)))
    return [page.total, {n: c.most_common(20) for n, c in page.facets.items()}, shown]


def _night(connection: Any, number: int) -> None:
    rows = list(written(1000, number + 1))
    connection.execute("BEGIN")
    taken = _seconds(search.add, connection, rows)
    taken += _seconds(connection.execute, "COMMIT")
    print(f"night  1,000 articles more: {taken:.2f} s")
    connection.execute("BEGIN")
    changed = [(n, title, body + "又及。") for n, title, body in rows]
    taken = _seconds(search.replace, connection, rows, changed)
    taken += _seconds(connection.execute, "COMMIT")
    print(f"       1,000 articles changed: {taken:.2f} s")


def _compare(connection: Any, questions: list[str], number: int) -> None:
    """The same on the first articles: reading through with LIKE, FTS5's trigram, and this."""
    like = "SELECT count(*) FROM article_texts WHERE article <= {} AND body LIKE '%' || ? || '%'"
    connection.execute("CREATE VIRTUAL TABLE temp.tri USING fts5(t, content='', tokenize=trigram)")
    fill = "INSERT INTO tri(rowid, t) SELECT article, body FROM article_texts WHERE article <= ?"
    built = _seconds(connection.execute, fill, [number])
    text, index = (
        connection.execute(sql).fetchone()[0]
        for sql in (
            f"SELECT sum(length(CAST(body AS BLOB))) FROM article_texts WHERE article <= {number}",
            "SELECT sum(length(block)) FROM temp.tri_data",
        )
    )
    print(f"{number:,} articles for comparison")
    print(f"trigram index {index / text:.3f} of the text, {built / text * 1e6:.2f} s/MB")
    few = questions[:: max(1, len(questions) // 40)]
    _row("LIKE", [_seconds(_one, connection, like.format(number), q) for q in few])
    three = [question for question in few if len(question) > 2]
    match = "SELECT count(*) FROM tri WHERE tri MATCH ?"
    _row("trigram, 3 and more", [_seconds(_one, connection, match, q) for q in three])
    _row("all ids", [_seconds(_ids, connection, q) for q in few])


def _one(connection: Any, sql: str, question: str) -> Any:
    return connection.execute(sql, [question]).fetchone()


def _seconds(action: Callable[..., object], *arguments: object) -> float:
    start = time.process_time()
    action(*arguments)
    return time.process_time() - start


def _row(name: str, seconds: list[float]) -> None:
    ordered = sorted(1000 * value for value in seconds)
    middle, high = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    print(f"{name:22} p50 {middle:8.2f}  p95 {high:8.2f}  max {ordered[-1]:8.2f} ms")


if __name__ == "__main__":
    main(sys.argv[1:])
