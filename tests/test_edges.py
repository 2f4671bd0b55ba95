"""What sites do to crawlers: refusals, broken answers, hostile pages, beside a good site."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from archive import Archive
from replica.server import Replica

ROOT = Path(__file__).resolve().parent.parent

REFUSED = ("jsl521", "waf403", "waf412", "loop302", "shell200", "robots-deny", "robots-503")
BROKEN = (
    "gzip-cut", "gzip-twice", "short", "chunk-cut", "huge", "endless-body", "headers", "interim",
    "garbage", "two-lengths", "gzip-bomb", "error500", "soft404",
)  # fmt: skip
READ = (
    "nested", "misnested", "attributes", "comments", "nul", "badbytes", "links", "misdeclared",
    "robots-403", "xss",
)  # fmt: skip
GOOD = "gov-policy"


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One crawl of many bad hosts and a good one."""
    db = tmp_path_factory.mktemp("edges") / "archive.db"
    names = [f"edge-{name}" for name in (*REFUSED, *BROKEN, *READ)]
    with Replica() as replica:
        done = subprocess.run(
            [str(Path(sys.executable).parent / "tashan"), "--db", str(db), "crawl", GOOD, *names],
            capture_output=True,
            text=True,
            timeout=300,
            env={
                **os.environ,
                "TASHAN_REPLICA": replica.address,
                "TASHAN_SOURCES": str(ROOT / "replica" / "sources"),
            },
            check=False,
        )
        asked = list(replica.requests)
    with Archive.read(db) as archive:
        run = {row["source"]: row for row in archive.db.query("SELECT * FROM run_sources")}
        problems = list(archive.db.query("SELECT * FROM problems"))
        bodies = {
            row["url"]: row["body"] or ""
            for row in archive.db.query(
                "SELECT a.url, t.body FROM articles a JOIN article_texts t ON t.article = a.id"
            )
        }
    return {"done": done, "run": run, "problems": problems, "bodies": bodies, "asked": asked}


def test_bad_sites_never_stop_a_good_one(night: dict[str, Any]) -> None:
    assert night["done"].returncode == 1
    assert "Traceback" not in night["done"].stderr
    assert night["run"][GOOD]["verdict"] == "healthy"
    assert night["run"][GOOD]["new"] >= 15


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_is_recorded_and_the_site_left(night: dict[str, Any], name: str) -> None:
    row = night["run"][f"edge-{name}"]
    assert (row["verdict"], row["new"]) == ("refused", 0)
    assert any(p["source"] == f"edge-{name}" and p["kind"] == "refused" for p in night["problems"])


@pytest.mark.parametrize("name", ["robots-deny", "robots-503"])
def test_nothing_is_fetched_against_robots_txt(night: dict[str, Any], name: str) -> None:
    targets = {target for _, host, target in night["asked"] if host == f"{name}.edge.test"}
    assert targets == {"/robots.txt"}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_answer_is_never_an_article(night: dict[str, Any], name: str) -> None:
    row = night["run"][f"edge-{name}"]
    assert row["new"] == 1  # the one article that each such site leaves whole
    assert row["refused"] + row["failed"] == row["listed"] - 1
    told = [p for p in night["problems"] if p["source"] == f"edge-{name}" and p["url"]]
    assert len(told) >= row["listed"] - 1


@pytest.mark.parametrize("name", READ)
def test_a_hostile_page_is_read_all_the_same(night: dict[str, Any], name: str) -> None:
    row = night["run"][f"edge-{name}"]
    assert (row["new"], row["failed"]) == (row["listed"], 0)
    bodies = [body for url, body in night["bodies"].items() if f"//{name}.edge.test/" in url]
    assert min(map(len, bodies)) > 300
    assert not any("\0" in body for body in bodies)
