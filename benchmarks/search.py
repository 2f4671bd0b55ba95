"""Search: exactness, size and speed on a generated archive, against LIKE and FTS5's trigram.

``python -m benchmarks search``; filling.py says how to have another number of articles, and a file
that is used again. TASHAN_BENCH_READ is the number of articles that are read through to know the
true answers (4,000). Times are CPU time.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import opencc

from archive import Archive, search

from .filling import filled, make, put, put_sources
from .prose import BLOCK, COMMON, written

COMPARED = 20_000  # articles in what search is compared with
READ = int(os.environ.get("TASHAN_BENCH_READ", "4000"))
FACETS = ("source", "organisation_kind", "outlet", "year")


def main() -> None:
    """Prints what was measured."""
    with filled() as path:
        with Archive.read(path) as archive:
            connection = archive.db.conn
            number = archive.articles.count()
            questions = pieces(connection, number, 174)
            _size(connection, number)
            _exactness(connection, number)
            _speed(connection, questions)
        with Archive.write(path) as archive:
            _night(archive.db.conn, number)
            archive.db.conn.execute("PRAGMA journal_mode = DELETE")
    with tempfile.TemporaryDirectory() as folder, Archive.write(Path(folder) / "a.db") as archive:
        _nights(archive.db.conn)
        _compare(archive.db.conn, questions)


def _size(connection: Any, number: int) -> None:
    text = _text_bytes(connection)
    print(f"{number:,} articles, {text / 1e6:,.0f} MB of text")
    print(f"index {_index_bytes(connection) / text:.3f} of the text")


def _nights(connection: Any) -> None:
    """The index as a thousand articles a night leave it, and tidied as it is published."""
    taken = 0.0
    put_sources(connection)
    blocks = [make(first) for first in range(1, COMPARED, BLOCK)]
    texts = [list(written(2 * BLOCK, first)) for first in range(1, COMPARED, 2 * BLOCK)]
    for rows, bodies, _ in blocks:
        put(connection, (rows, bodies, []))
    for night in texts:
        connection.execute("BEGIN")
        taken += _seconds(search.add, connection, night)
        taken += _seconds(connection.execute, "COMMIT")
        taken += _seconds(_tidy, connection, False)
    text = _text_bytes(connection)
    print(f"{COMPARED:,} articles, a thousand a night")
    for state in ("night by night", "tidied"):
        size = _index_bytes(connection) / text
        print(f"index {state}: {size:.3f} of the text, {taken / text * 1e6:.2f} s/MB")
        taken = _seconds(_tidy, connection, True)


def _tidy(connection: Any, whole: bool) -> None:
    while search.merge(connection, whole=whole):
        pass


def _text_bytes(connection: Any) -> int:
    """Bytes of all titles and bodies, which SQLite tells without reading them."""
    sql = (
        "SELECT (SELECT sum(octet_length(title)) FROM articles)"
        " + (SELECT sum(octet_length(body)) FROM article_texts)"
    )
    return int(connection.execute(sql).fetchone()[0])


def _index_bytes(connection: Any) -> int:
    """Bytes of the index in the file: whole pages for what fills them, rows for the rest."""
    page = connection.execute("PRAGMA page_size").fetchone()[0]
    total = 0
    for table in search.TABLES:
        sizes = (
            f"SELECT sum((octet_length(block) + 39 + {page - 5}) / {page - 4}) FROM {table}_data"
        )
        total += page * connection.execute(sizes).fetchone()[0]
        for part, column in (("idx", "term"), ("docsize", "sz")):
            rows, size = connection.execute(
                f"SELECT count(*), coalesce(sum(octet_length({column})), 0) FROM {table}_{part}"
            ).fetchone()
            total += size + 12 * rows
    return int(total)


def pieces(connection: Any, number: int, wanted: int) -> list[str]:
    """Pieces of texts of 1 to 8 characters, as frequent as they are there, and common words."""
    chance = random.Random(7)
    found = set(COMMON[:24])
    while len(found) < wanted:
        piece = _piece(connection, chance, number, chance.choice((1, 2, 3, 4, 8)))
        if all("\u4e00" <= char <= "\u9fff" for char in piece):
            found.add(piece)
    return sorted(found)


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
        " JOIN article_texts t ON t.article = a.id WHERE a.id % ? = 0",
        [max(1, number // READ)],
    )
    texts = {number: (text, search.fold(text)) for number, text in rows}
    spellings = [opencc.OpenCC(name) for name in ("s2t", "s2tw", "s2hk")]
    true = variant = missed = extra = other = asked = 0
    while asked < 500:
        piece = _piece(connection, chance, number, chance.randint(1, 8))
        if not all("\u4e00" <= char <= "\u9fff" for char in piece):
            continue
        asked += 1
        found = _ids(connection, piece)
        here = texts.keys() & found
        folded = search.fold(piece)
        truth = {n for n, (_, text) in texts.items() if folded in text}
        true += len(truth)
        variant += sum(piece not in texts[n][0] for n in truth)
        missed += len(truth - here)
        extra += len(here - truth)
        other += sum(_ids(connection, spell.convert(piece)) != found for spell in spellings)
    print(f"exact  {asked} pieces in {len(texts):,} articles read through:")
    print(f"       {true:,} true hits, {missed} missed, {extra} extra;")
    print(f"       {variant} hits only by another character of a class, as 著 for 着;")
    print(f"       {3 * asked} other spellings: {other} with another answer")


def _speed(connection: Any, questions: list[str]) -> None:
    reader = search.Reader(FACETS)
    _row("columns into memory", [_seconds(reader.columns, connection)])
    _row("all ids", [_seconds(_ids, connection, q) for q in questions])
    _row("whole page", [_seconds(_page, reader, connection, q) for q in questions])
    _row("hostile", [_seconds(_page, reader, connection, q) for q in hostile()])
    _row("next page", [_seconds(_page, reader, connection, q, 20) for q in questions])


def hostile() -> list[str]:
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
    """Adds and changes a thousand articles, and takes all of it back."""
    first = number - number % BLOCK + BLOCK + 1
    rows = list(written(1000, first))
    with _taken_back(connection):
        taken = _seconds(search.add, connection, rows)
        taken += _seconds(connection.execute, "SAVEPOINT written")  # FTS5 writes what it held
        print(f"night  1,000 articles more: {taken:.2f} s")
        changed = [(n, title, body + "又及。") for n, title, body in rows]
        taken = _seconds(search.replace, connection, rows, changed)
        taken += _seconds(connection.execute, "SAVEPOINT changed")
        print(f"       1,000 articles changed: {taken:.2f} s")


@contextmanager
def _taken_back(connection: Any) -> Iterator[None]:
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def _compare(connection: Any, questions: list[str]) -> None:
    """The same on few articles: reading through with LIKE, FTS5's trigram, and this."""
    like = "SELECT count(*) FROM article_texts WHERE body LIKE '%' || ? || '%'"
    connection.execute("CREATE VIRTUAL TABLE temp.tri USING fts5(t, content='', tokenize=trigram)")
    fill = "INSERT INTO tri(rowid, t) SELECT article, body FROM article_texts"
    built = _seconds(connection.execute, fill)
    text = _text_bytes(connection)
    index = connection.execute("SELECT sum(length(block)) FROM temp.tri_data").fetchone()[0]
    print(f"trigram index {index / text:.3f} of the text, {built / text * 1e6:.2f} s/MB")
    few = questions[:: max(1, len(questions) // 40)]
    _row("LIKE", [_seconds(_one, connection, like, q) for q in few])
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
    main()
