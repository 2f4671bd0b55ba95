"""The whole line on real parts: replica web, Scrapy, chain, SQLite; then the ecosystem's doors."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from archive import Archive
from pipelines import scripts
from replica.server import Replica

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
HOSTS = ("assoc.test", "gov.test")
SOURCES = ("assoc-policy", "assoc-tashan", "gov-policy", "gov-tashan", "mirror")
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica() as served:
        yield served


@pytest.fixture(scope="module")
def run(replica: Replica) -> Run:
    """A command of the environment's bin/, led to the replica web."""

    def command(name: str, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(BIN / name), *words],
            capture_output=True,
            text=True,
            timeout=120,
            cwd=ROOT,
            env={
                **os.environ,
                "TASHAN_REPLICA": replica.address,
                "TASHAN_SOURCES": str(ROOT / "replica" / "sources"),
                **environment,
            },
            check=False,
        )

    return command


@pytest.fixture(scope="module")
def crawled(replica: Replica, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive after a first crawl of everything."""
    db = tmp_path_factory.mktemp("crawl") / "archive.db"
    done = run("tashan", "--db", str(db), "crawl", *SOURCES)
    assert done.returncode == 0, done.stdout + done.stderr
    return db


def flat(text: str | None) -> str:
    """Letters, digits and Han alone, width ignored: what wording means."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text or ""))


def rows(db: Path, sql: str, *values: Any) -> list[dict[str, Any]]:
    with Archive.read(db) as archive:
        return list(archive.db.query(sql, values))


def by_url(db: Path) -> dict[str, dict[str, Any]]:
    found = rows(
        db,
        "SELECT u.url AS found, a.*, t.body, t.markdown FROM article_urls u"
        " JOIN articles a ON a.id = u.article JOIN article_texts t ON t.article = a.id",
    )
    return {row["found"].lower(): row for row in found} | {row["url"].lower(): row for row in found}


@pytest.mark.parametrize("host", HOSTS)
def test_every_article_comes_out_whole(crawled: Path, replica: Replica, host: str) -> None:
    truth = [fact for fact in replica.truth(host) if fact["state"] == "shown"]
    kept = by_url(crawled)
    assert len(truth) >= 20
    for fact in truth:
        row = kept[fact["url"].lower()]
        assert flat(row["title"]) == flat(fact["title"])
        assert (row["published"] or "")[:10] == fact["date"][:10], fact["url"]
        assert flat(row["outlet"]) == flat(fact["outlet"]), fact["url"]
        author = scripts.convert(fact["author"], "hans")  # a Traditional name on a Simplified page
        assert flat(row["author"]) == flat(author), fact["url"]
        assert flat(row["body"]) == flat("".join(fact["paragraphs"])), fact["url"]
        names = rows(
            crawled, "SELECT name FROM images WHERE article = ? ORDER BY position", row["id"]
        )
        assert [name["name"] for name in names] == [image["name"] for image in fact["images"]]
        files = rows(
            crawled, "SELECT url FROM attachments WHERE article = ? ORDER BY position", row["id"]
        )
        assert [file["url"] for file in files] == [file["url"] for file in fact["attachments"]]


def test_nothing_but_articles_is_kept(crawled: Path, replica: Replica) -> None:
    true = {flat(fact["title"]) for host in HOSTS for fact in replica.truth(host)}
    found = rows(
        crawled,
        "SELECT title, substr(source, 1, 4) AS site FROM articles WHERE source <> 'mirror'",
    )
    assert {flat(row["title"]) for row in found} <= true
    assert len(found) == len({(row["site"], flat(row["title"])) for row in found})


def test_a_damaged_mirror_reads_like_its_original(crawled: Path) -> None:
    mirrored = rows(
        crawled,
        "SELECT a.title, t.body, a.damage, a.trust FROM articles a"
        " JOIN article_texts t ON t.article = a.id WHERE a.source = 'mirror'",
    )
    originals = {
        flat(row["title"]): flat(row["body"])
        for row in rows(
            crawled,
            "SELECT a.title, t.body FROM articles a JOIN article_texts t ON t.article = a.id"
            " WHERE a.source LIKE 'assoc%'",
        )
    }
    assert len(mirrored) >= 10
    assert {row["damage"] for row in mirrored} >= {"A", "B"}
    annotation = re.compile(r"[\u4e00-\u9fff]\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}\)")
    proved = 0
    for row in mirrored:
        original = originals.get(flat(row["title"]))
        assert not annotation.search(row["title"] + row["body"]), row["title"]
        if row["trust"] in (None, 1.0) and original is not None:
            assert flat(row["body"]) == original, row["title"]
            proved += 1
    assert proved >= 10


def test_a_second_crawl_asks_for_listings_alone(crawled: Path, replica: Replica, run: Run) -> None:
    before = rows(crawled, "SELECT * FROM articles ORDER BY id")
    revisions = rows(crawled, "SELECT count(*) AS n FROM revisions")
    replica.requests.clear()
    done = run("tashan", "--db", str(crawled), "crawl", *SOURCES)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("nothing new") == 5
    asked = [target for _, _, target in replica.requests if "robots.txt" not in target]
    assert len(asked) == 5, asked
    assert rows(crawled, "SELECT * FROM articles ORDER BY id") == before
    assert rows(crawled, "SELECT count(*) AS n FROM revisions") == revisions


def test_rebuilding_by_the_same_rules_changes_nothing(crawled: Path, run: Run) -> None:
    shipped = str(ROOT / "sources")  # without the files they were crawled by
    done = run("tashan", "--db", str(crawled), "rebuild", TASHAN_SOURCES=shipped)
    assert done.returncode == 0, done.stderr
    assert ", 0 differ" in done.stdout
    assert "left as they were" not in done.stdout
    assert "nothing written" in done.stdout


def test_the_ecosystems_doors_are_open(crawled: Path, run: Run, tmp_path: Path) -> None:
    listed = run("scrapy", "list")
    assert {"assoc-tashan", "gov-tashan"} <= set(listed.stdout.split())
    own = tmp_path / "own.db"
    done = run("scrapy", "crawl", "gov-policy", TASHAN_DB=str(own))
    assert done.returncode == 0, done.stderr
    assert len(rows(own, "SELECT id FROM articles")) >= 8
    tables = run("sqlite-utils", "tables", str(crawled), "--counts", "--csv")
    assert tables.returncode == 0, tables.stderr
    counts = dict(line.split(",") for line in tables.stdout.split() if line.count(",") == 1)
    assert int(counts["articles"]) >= 60
    assert int(counts["snapshots"]) >= int(counts["articles"])


def test_status_shows_every_source(crawled: Path, run: Run) -> None:
    done = run("tashan", "--db", str(crawled), "status")
    assert done.returncode == 0
    for name in SOURCES:
        assert name in done.stdout


def test_the_founding_page_comes_out_whole(
    shared: Path, replica: Replica, run: Run, tmp_path: Path
) -> None:
    copied = (shared / "seed" / "founding-page.txt").read_text(encoding="utf-8")
    url = replica.publish_copied("assoc.test", copied, "他山之石")
    db = tmp_path / "archive.db"
    done = run("tashan", "--db", str(db), "crawl", "assoc-tashan")
    assert done.returncode == 0, done.stderr
    row = by_url(db)[url.lower()]
    assert row["title"] in (
        "云南昆明:加强党建引领社区物业服务",
        "云南昆明：加强党建引领社区物业服务",
    )
    assert (row["published"], row["outlet"]) == ("2019-08-16", "人民网")
    assert (row["column_name"], row["read_count"]) == ("他山之石", 1008)
    assert [
        r["name"] for r in rows(db, "SELECT name FROM images WHERE article = ?", row["id"])
    ] == ["QQ截图20190816102745.png"]
    body = row["body"]
    assert body.startswith("近日")
    assert body.rstrip("。").endswith("在居住地发挥作用")
    brackets = body.replace("（", "(").replace("）", ")")
    assert not re.search(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)", brackets)
    assert brackets.count("(") == brackets.count(")") == 12
    for word in ("(试行)", "(县、市)", "(市、区)", "(站)", "(业主代表)"):
        assert word in brackets
    for word in ("当前位置", "访客", "版权所有", "ICP", "设为首页", "发布时间"):
        assert word not in body
    assert "業" not in body
    assert row["title_traditional"].startswith("雲南昆明")
    assert row["damage"] == "A"
