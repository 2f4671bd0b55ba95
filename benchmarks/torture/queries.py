"""SQL that strangers may write where it is open: queries made to swell, to hang, to tell."""

from __future__ import annotations

import random
from pathlib import Path
from urllib.parse import quote

from benchmarks.torture import Trial
from benchmarks.torture.site import Site, fill

SECONDS = 2.0
GROWTH = 200_000_000  # bytes
_DOUBLING = "WITH RECURSIVE d(s) AS (SELECT 'abcdefgh' UNION ALL SELECT s || s FROM d) "
_COUNTING = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n{}) "

# Each swells, hangs or tells unless something stops it. {n} is a number that grows.
QUERIES = (
    "SELECT zeroblob({n}00000000)",
    "SELECT hex(randomblob({n}0000000))",
    "SELECT replace(hex(zeroblob({n}00000)), '0', hex(zeroblob(1000)))",
    "SELECT group_concat(hex(zeroblob(100000))) FROM articles a, articles b",
    "SELECT printf('%{n}00000000d', 1)",
    "SELECT length(format('%.*c', {n}00000000, 'x'))",
    _DOUBLING + "SELECT length(s) FROM d LIMIT 40",
    _DOUBLING + "SELECT s FROM d",
    _COUNTING.format("") + "SELECT count(*) FROM n",
    _COUNTING.format(" LIMIT 5000000") + "SELECT i FROM n ORDER BY -i",
    "SELECT trim(hex(zeroblob({n}000000)), hex(randomblob(100000)))",
    "SELECT rtrim(replace(hex(zeroblob({n}00000)), '00', 'ab'), hex(zeroblob(200000)) || 'ba')",
    "SELECT hex(hex(hex(hex(hex(zeroblob({n}00000))))))",
    "SELECT hex(zeroblob(500000)) LIKE replace(hex(zeroblob(60)), '0', '%0') || 'x'",
    "SELECT hex(zeroblob(20000)) GLOB replace(hex(zeroblob(9)), '0', '*0') || 'x'",
    "SELECT count(*) FROM articles a, articles b, articles c, articles d",
    "SELECT * FROM article_texts a, article_texts b, article_texts c",
    "SELECT t.body, t.body, t.body, t.markdown, t.markdown, t.body FROM article_texts t, sources s,"
    " article_texts u LIMIT 1000",
    "SELECT count(*) FROM json_each('[' || substr(replace(hex(zeroblob({n}00000)), '0', '1,'), 2)"
    " || ',1]')",
    "SELECT json_group_array(body) FROM (SELECT a.body FROM article_texts a, article_texts b)",
    "SELECT instr(hex(zeroblob({n}000000)), hex(zeroblob(500000)) || '1')",
    "SELECT DISTINCT a.title || b.title || c.title FROM articles a, articles b, articles c",
    "SELECT sum(length(passage(a.body, '养老'))) FROM article_texts a, article_texts b",
    "SELECT sum(length(found(b.title))) FROM articles a, articles b",
    "SELECT a.body FROM article_texts a, article_texts b ORDER BY random()",
    "SELECT *, row_number() OVER (ORDER BY a.title || b.title) FROM articles a, articles b",
    "SELECT " + ", ".join(["(SELECT group_concat(body) FROM article_texts)"] * 60),
    "SELECT " + " || ".join(["(SELECT group_concat(body) FROM article_texts)"] * 200),
    "SELECT (" * 400 + "1" + ")" * 400,
    "SELECT 1" + " UNION ALL SELECT 1" * 480,
    "SELECT " + "-" * 900 + "1",
    "SELECT strftime('%Y', i) FROM (" + _COUNTING.format("") + "SELECT i FROM n)",
)
# Each would tell of the machine or change something.
CLOSED = (
    "SELECT * FROM pragma_database_list",
    "SELECT file FROM pragma_database_list()",
    "PRAGMA database_list",
    "SELECT load_extension('/lib/x.so')",
    "SELECT fts3_tokenizer('simple')",
    "SELECT sqlite_version(), sqlite_source_id()",
    "SELECT * FROM pragma_compile_options",
    "SELECT sqlite_compileoption_get(1)",
    "SELECT * FROM frontier",
    "SELECT count(*) FROM listings",
    "SELECT * FROM _sqlite_migrations",
    "ATTACH '/etc/passwd' AS x",
    "DELETE FROM articles",
    "WITH a AS (SELECT 1) DELETE FROM articles",
    "SELECT 1; DROP TABLE articles",
    "SELECT readfile('/etc/passwd')",
    "SELECT * FROM fsdir('/')",
    "SELECT * FROM dbstat",
    "VACUUM INTO '/tmp/x'",
    "EXPLAIN DELETE FROM articles",
    "CREATE TEMP TABLE x AS SELECT 1",
)


def queries(number: int, seed: int, folder: Path, articles: int = 2000) -> dict[str, int]:
    """Queries by strangers: none takes long or much, tells or changes anything; search goes on."""
    chance = random.Random(seed)
    told = {"queries": 0, "slow": 0, "swollen": 0, "told": 0, "failed": 0, "search failed": 0}
    worst = {"slowest ms": 0, "largest MB": 0}
    db = folder / "archive.db"
    fill(db, articles, lambda n, article: (article, b"<p>x"))
    every = [*QUERIES, *CLOSED]
    chance.shuffle(every)
    chosen = every * (number // len(every) + 1)
    with Site(db, "--sql") as site:
        site.get(f"/{site.name}.json?sql=select+found('x')")  # starts the children
        for sql in chosen[:number]:
            written = sql.replace("{n}", str(chance.randint(1, 9)))
            form = chance.choice(("json", "csv", "")) if sql in QUERIES else "json"
            target = f"/{site.name}{'.' + form if form else ''}?sql={quote(written)}"
            answer, growth = site.grown(target)
            told["queries"] += 1
            told["slow"] += answer.seconds >= SECONDS
            told["swollen"] += growth >= GROWTH
            told["failed"] += answer.status >= 500 or not site.alive
            told["told"] += sql in CLOSED and answer.status == 200
            worst["slowest ms"] = max(worst["slowest ms"], round(1000 * answer.seconds))
            worst["largest MB"] = max(worst["largest MB"], growth // 1_000_000)
            if told["queries"] % 10 == 0:
                found = site.get(f"/search?q={quote('养老')}")
                asked = "select count(*) from articles where id in"
                asked += " (select value from json_each(found('养老')))"
                counted = site.get(f"/{site.name}.json?_shape=arrayfirst&sql={quote(asked)}")
                told["search failed"] += found.status != 200 or not int(counted.body[1:-1])
    return {**told, **worst}


TRIALS = (Trial("queries", 265, queries, ("slow", "swollen", "told", "failed", "search failed")),)
