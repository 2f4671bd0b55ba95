"""tashan sources new, probe and try, as a person would type them, against the replica web."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import click
import pytest

from archive import Archive
from commands.drafting import identity
from commands.main import tashan
from crawler import settings
from model.catalogue import Catalogue
from model.errors import ChoiceError, PageError
from replica.server import Replica

ROOT = Path(__file__).resolve().parent.parent
FAMILIES = ROOT / "sources" / "families"
JCMS = "http://jcms.test/col/col1229283449/index.html"
ASSOC = "http://assoc.test/news.asp?SortID=5"
GOV = "http://gov.test/zwgk/tszs/"
Run = Callable[..., "subprocess.CompletedProcess[str]"]
Here = Callable[..., str]


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica() as served:
        yield served


@pytest.fixture(scope="module")
def run(replica: Replica) -> Run:
    """tashan, led to the replica web."""

    def command(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", "from commands.main import main; main()", *words],
            capture_output=True,
            text=True,
            timeout=90,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "TASHAN_REPLICA": replica.address,
                "TASHAN_SOURCES": str(ROOT / "replica" / "sources"),
                **environment,
            },
            check=False,
        )

    return command


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Here:
    """tashan within this process, for what asks no site; gives what it printed."""
    monkeypatch.setattr(settings, "TASHAN_SOURCES", str(ROOT / "replica" / "sources"))

    def command(*words: str) -> str:
        tashan.main(list(words), standalone_mode=False)
        return capsys.readouterr().out

    return command


@pytest.fixture(scope="module")
def drafted(replica: Replica, run: Run, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Three sources drafted into one folder, and what that asked of the sites."""
    folder = tmp_path_factory.mktemp("drafted")
    replica.requests.clear()
    words = {
        "jcms": (JCMS, "--id", "jcms"),
        "assoc": (ASSOC, "--id", "assoc", "--report", str(folder / "assoc.json")),
        "gov": (GOV,),
    }
    with ThreadPoolExecutor(2) as pool:
        runs = {
            name: pool.submit(run, "sources", "new", *said, "--output", str(folder))
            for name, said in words.items()
        }
    made = {name: future.result() for name, future in runs.items()}
    return {"folder": folder, "made": made, "asked": list(replica.requests)}


def test_each_family_is_recognised(drafted: dict[str, Any]) -> None:
    for done in drafted["made"].values():
        assert done.returncode == 0, done.stderr
    known = Catalogue(drafted["folder"], FAMILIES)
    names = {name: known.source(name) for name in known.names()}
    assert set(names) == {"jcms", "assoc", "gov-test-zwgk-tszs"}
    assert [source.family for source in names.values()] == ["asp", "trs", "jcms"]
    assert {source.status for source in names.values()} == {"unproven"}


def test_site_and_column_come_from_the_pages(drafted: dict[str, Any]) -> None:
    source = Catalogue(drafted["folder"], FAMILIES).source("assoc")
    assert source.organisation.name == "青陵市物业管理协会"
    assert (source.organisation.kind, source.column) == ("association", "他山之石")
    assert source.title == "青陵市物业管理协会 · 他山之石"


def test_what_was_not_found_is_said(drafted: dict[str, Any]) -> None:
    text = (drafted["folder"] / "jcms.yml").read_text(encoding="utf-8")
    assert "not found: region" in text
    assert "# not found: author" in text


def test_a_listing_and_two_articles_are_asked_for(drafted: dict[str, Any]) -> None:
    for host in ("jcms.test", "assoc.test", "gov.test"):
        targets = [target for _, there, target in drafted["asked"] if there == host]
        assert targets[0] == "/robots.txt"
        assert len(targets) == 4


def test_the_report_names_rows_fields_rules_and_families(drafted: dict[str, Any]) -> None:
    facts = json.loads((drafted["folder"] / "assoc.json").read_text(encoding="utf-8"))
    assert facts["rows"] == 15
    assert facts["newest"].startswith("2026-")
    assert facts["families"][0]["family"] == "asp"
    assert len(facts["articles"]) == 2
    for article in facts["articles"]:
        rules = {one["field"]: one["found_by"] for one in article["fields"]}
        assert {"title", "published", "outlet", "body"} <= set(rules)
        assert all(rules[name] for name in ("title", "published", "outlet", "body"))
    words = (drafted["folder"] / "gov-test-zwgk-tszs.probe.md").read_text(encoding="utf-8")
    assert "| trs |" in words
    assert "| title | " in words


def test_a_drafted_source_crawls_whole(
    drafted: dict[str, Any], replica: Replica, run: Run, tmp_path: Path
) -> None:
    db = tmp_path / "archive.db"
    names = ("assoc", "gov-test-zwgk-tszs", "jcms")
    done = run("--db", str(db), "crawl", *names, TASHAN_SOURCES=str(drafted["folder"]),
               TASHAN_FAMILIES=str(FAMILIES))  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    with Archive.read(db) as archive:
        kept = {row["url"].lower() for row in archive.db.query("SELECT url FROM articles")}
        kept |= {row["url"].lower() for row in archive.db.query("SELECT url FROM article_urls")}
    for host, column in (
        ("assoc.test", "他山之石"),
        ("gov.test", "他山之石"),
        ("jcms.test", "经验交流"),
    ):
        true = {
            fact["url"].lower()
            for fact in replica.truth(host)
            if fact["state"] == "shown" and fact["column"] == column
        }
        assert len(true) >= 20, host
        assert true <= kept, true - kept


def test_no_file_is_overwritten(drafted: dict[str, Any], here: Here, replica: Replica) -> None:
    path = drafted["folder"] / "jcms.yml"
    before = path.read_text(encoding="utf-8")
    replica.requests.clear()
    with pytest.raises(ChoiceError, match="is there already") as told:
        here("sources", "new", JCMS, "--output", str(drafted["folder"]), "--id", "jcms")
    assert told.value.exit_code == 2
    assert path.read_text(encoding="utf-8") == before
    assert not replica.requests


def test_an_example_elsewhere_is_told(replica: Replica, run: Run, tmp_path: Path) -> None:
    rows = replica.visit(GOV).text
    shown = (fact for fact in replica.truth("gov.test") if fact["state"] == "shown")
    other = next(fact for fact in shown if fact["url"].rpartition("/")[2] not in rows)
    report = tmp_path / "told.json"
    done = run("sources", "new", GOV, "--example", other["url"], "--output", str(tmp_path),
               "--report", str(report))  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert f"not found: {other['url']} among the listing's rows" in done.stdout
    facts = json.loads(report.read_text(encoding="utf-8"))
    assert [article["url"] for article in facts["articles"]] == [other["url"]]


@pytest.mark.parametrize(
    ("face", "why"),
    [("waf403", "HTTP status 403"), ("shell200", "refused: a script stands in place of the page")],
)
def test_a_site_that_refuses_leaves_no_file(run: Run, tmp_path: Path, face: str, why: str) -> None:
    url = f"http://{face}.edge.test/list/"
    done = run("sources", "new", url, "--output", str(tmp_path))
    assert done.returncode == 1
    assert done.stderr == f"tashan: {url}: {why}\n"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("address", ["assoc.test/news.asp", "ftp://assoc.test/", "http://", ""])
def test_an_address_that_is_none_is_wrong_usage(here: Here, tmp_path: Path, address: str) -> None:
    with pytest.raises(click.UsageError, match="expected an address"):
        here("sources", "new", address, "--output", str(tmp_path))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("http://www.wuye.com.cn/news.asp?SortID=5", "wuye-news-sortid-5"),
        ("https://zjj.jiangzhou.gov.cn/zwgk/zcwj/index.html", "zjj-jiangzhou-zwgk-zcwj"),
        ("https://协会.cn/他山之石/", "source"),
        ("http://xh.org/" + "a/" * 60, "xh-" + "-".join("a" * 29)),
    ],
)
def test_an_id_tells_host_and_column(address: str, name: str) -> None:
    assert identity(address) == name


def test_a_probe_says_what_came_from_each_source(run: Run) -> None:
    names = ("gov-tashan", "jpaas-wjk", "xinhua", "edge-waf403", "edge-robots-deny")
    began = time.monotonic()
    done = run("sources", "probe", *names, "edge-robots-slow", "--timeout", "4", "--json")
    assert time.monotonic() - began < 20
    assert done.returncode == 0, done.stderr
    told = {one["source"]: one for one in json.loads(done.stdout)}
    assert list(told) == [*names, "edge-robots-slow"]
    for name in names[:3]:
        assert told[name]["verdict"] == "read", told[name]
        assert told[name]["rows"] >= 10
        assert told[name]["newest"].startswith("202")
        assert {"title", "published", "body"} <= set(told[name]["filled"])
    for name in names[3:]:
        assert told[name]["verdict"] == "refused"
        assert told[name]["rows"] == 0
    assert "403" in told["edge-waf403"]["why"]
    assert "robots.txt" in told["edge-robots-deny"]["why"]
    assert told["edge-robots-slow"]["verdict"] == "unreachable"
    assert "within 4 s" in told["edge-robots-slow"]["why"]


def test_a_probe_that_nothing_answers_is_1(run: Run) -> None:
    done = run("sources", "probe", "edge-waf403")
    assert done.returncode == 1
    assert "refused" in done.stdout
    assert done.stderr == "tashan: none of 1 sources gave a listing\n"


def test_a_saved_page_is_tried_with_a_source(replica: Replica, here: Here, tmp_path: Path) -> None:
    fact = next(f for f in replica.truth("gov.test") if f["state"] == "shown" and f["outlet"])
    saved = tmp_path / "saved.html"
    saved.write_bytes(replica.visit(fact["url"]).body)
    replica.requests.clear()
    out = here("sources", "try", "gov-tashan", str(saved))
    assert fact["outlet"] in out
    assert "meta ContentSource" in out
    assert "nothing found it" in out
    assert not replica.requests


def test_the_first_article_is_tried_where_no_page_is_named(run: Run) -> None:
    done = run("sources", "try", "xinhua", "--json")
    assert done.returncode == 0, done.stderr
    article = json.loads(done.stdout)
    assert article["title"]
    assert article["found_by"]["title"]
    assert article["url"].startswith("http://xinhua.test/")


def test_a_page_that_is_no_article_is_an_error(here: Here, tmp_path: Path) -> None:
    empty = tmp_path / "empty.html"
    empty.write_text("<html><body></body></html>", encoding="utf-8")
    with pytest.raises(PageError):
        here("sources", "try", "gov-tashan", str(empty))
    with pytest.raises(click.UsageError, match=r"nothing\.html"):
        here("sources", "try", "gov-tashan", str(tmp_path / "nothing.html"))
