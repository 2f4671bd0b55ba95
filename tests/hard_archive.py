"""An archive with rows that break careless exports; what several tests of exports write from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import Archive
from model.article import Article, Attachment, Document, When
from model.body import Block
from model.listed import Listed
from model.snapshot import Snapshot
from model.source import Source

# Titles that a spreadsheet, a quoting rule or a C string would stumble over.
TITLES = (
    "=1+1", "+86 10", "-减", "@某", "\t=x", "\r\n=x", "＝1", "＋1", "－1", "＠a", "﹣1", " =1",
    "\u3000＝1", "'=1", "''=1", "'普通", '普通,"引号"；', "a\0b", "\0=1", "😀 清河", "一\n二",
    "1" * 40, "\ufeff=1",
    "[方括号] <b>_*`#", "物業管理", "普通标题",
)  # fmt: skip
LONG = "长" * 1_000_000
WHENS = (
    When("2026-08-16T10:20", "minute", "label"),
    When("2026-08-15", "day", "meta"),
    When("2025-07", "month", "url"),
    When("2019", "year", "row"),
    None,
)


def make_source(name: str, region: str = "510400") -> Source:
    """A source of this id."""
    return Source.model_validate(
        {
            "id": name,
            "title": f"清河市物业管理协会 · {name}",
            "organisation": {"name": "清河市物业管理协会", "kind": "association", "region": region},
            "column": "经验交流",
            "family": "asp",
            "start": "http://qinghe.test/list.asp",
            "evidence": {"seen": "2026-11-25", "where": "tests", "certainty": "certain"},
            "status": "enabled",
            "terms": "转载请注明 | 来源",
        }
    )


def fill(archive: Archive) -> None:
    """Three sources, one without articles; every title; addresses refused, failed, waiting."""
    sources = [make_source("qinghe-jyjl"), make_source("lanshan-zcfg", "510401")]
    for source in (*sources, make_source("empty-one", "310000")):
        archive.runs.describe(source)
    with archive.writing():
        for number, title in enumerate(TITLES):
            _add(archive, sources[number % 2], number, title)
        for number, (state, reason) in enumerate(
            (("refused", "gone"), ("refused", "restricted"), ("failed", "timeout"))
        ):
            address = f"http://qinghe.test/x/{number}"
            archive.frontier.add("qinghe-jyjl", [Listed(address, address, "x", "2026-07-01")])
            archive.frontier.settle(address, state, reason)  # type: ignore[arg-type]
        archive.frontier.add("empty-one", [Listed("http://e.test/1", "http://e.test/1")])
        url = "http://qinghe.test/long"
        archive.articles.add(sources[0], url, _article(url, "百万字", LONG, "long"), [])
        _revise(archive, sources[1])
        # What no Python program could write: text that is no UTF-8.
        execute = archive.db.conn.execute
        execute(
            "UPDATE article_texts SET body = CAST(x'e6b885eda0bde6b2b3' AS TEXT) WHERE article = 5"
        )
        execute("UPDATE articles SET author = CAST(x'e6b885ff' AS TEXT) WHERE id = 5")


def _add(archive: Archive, source: Source, number: int, title: str) -> None:
    url = f"http://qinghe.test/a/{number}"
    archive.frontier.add(source.id, [Listed(url, url, "x", "2026-08-16")])
    article = replace(
        _article(url, title, f"{title}正文，加装电梯。\n=第二段", f"w{number}"),
        published=WHENS[number % len(WHENS)],
        author="李明、王芳" if number % 2 else "",
        document=Document(number="清建〔2026〕3号", issuer="清河市住建局")
        if number == 2
        else Document(),
        attachments=(Attachment(url + ".doc", "附件一", "doc"),) if number % 3 == 0 else (),
        title_original="物業(yè)管理" if number == 24 else None,
        body_original="物業(yè)管理正文" if number == 24 else None,
    )
    headers = {"Content-Type": "text/html; charset=gbk", "Content-Encoding": "gzip", "B": "a\r\nb"}
    pages = [
        Snapshot(url, f"<html>{number}</html>".encode("gbk"), "2026-11-25T02:00:00Z", 200, headers),
        Snapshot(url + "?p=2", b"two", "2026-11-25T02:00:01Z", 299),
    ]
    archive.articles.add(source, url, article, pages)
    archive.frontier.settle(url, "kept")


def _revise(archive: Archive, source: Source) -> None:
    url = "http://qinghe.test/a/1"
    known = archive.articles.find(source.id, url, "w1")
    assert known is not None
    page = Snapshot(url, b"newer", "2026-11-26T02:00:00Z")
    newer = replace(_article(url, "+86 10", "改后。", "w1b"), published=When("2026-02-30"))
    archive.articles.revise(source, url, known, "changed", newer, [page])


def _article(url: str, title: str, text: str, wording: str) -> Article:
    blocks = tuple(Block("paragraph", line) for line in text.split("\n"))
    return Article(
        url=url, title=title, body=blocks, outlet="清河日报", wording=wording, script="hans"
    )


@pytest.fixture(scope="module")
def hard_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of such an archive, closed."""
    path = tmp_path_factory.mktemp("hard") / "archive.db"
    with Archive.write(path, lambda: datetime(2026, 11, 25, 2, 0, tzinfo=UTC)) as archive:
        fill(archive)
    return path


@pytest.fixture
def hard(hard_path: Path) -> Iterator[Archive]:
    """Such an archive, open for reading."""
    with Archive.read(hard_path) as archive:
        yield archive
