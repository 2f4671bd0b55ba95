"""Suspect readings: kept aside, never applied, accepted when the site goes on saying the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive import Archive
from archive.suspects import Suspect
from commands.main import tashan
from crawler.delivery import keep
from crawler.fetched import Fetched
from crawler.report import Run
from model.article import Article
from model.body import Block
from model.listed import Listed
from model.snapshot import Snapshot
from model.source import Source
from pipelines.fingerprint import fingerprint_article

LONG = "清河市第{n}个小区把物业服务的标准、收费和维修资金的使用情况写进公示栏，业主随时可以查看。"


class Clock:
    now = datetime(2026, 11, 25, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def night(tmp_path: Path, clock: Clock, source: Source) -> Iterator[Run]:
    with Archive.write(tmp_path / "archive.db", clock) as archive:
        run = Run(archive, "test")
        run.start(source)
        yield run
        run.reader.close()


def article(number: int, text: str = "", title: str = "") -> Article:
    body = tuple(Block("paragraph", line) for line in (text or LONG.format(n=number)).split("\n"))
    made = Article(f"http://qinghe.test/{number}", title or f"清河市公示第{number}号经验", body)
    return fingerprint_article(made)


def read(run: Run, source: Source, made: Article, number: int) -> object:
    """One reading of one address, as delivery does it; what became of it."""
    listed = Listed(f"http://qinghe.test/{number}", f"http://qinghe.test/{number}",
                    f"清河市公示第{number}号经验", "2026-11-20")  # fmt: skip
    page = Snapshot(listed.address, made.text.encode(), "2026-11-25T00:00:00Z")
    archive = run.archive
    with archive.writing():
        archive.frontier.add(source.id, [listed])
        known = archive.articles.find(source.id, listed.url, made.wording)
        return keep(run, Fetched(source, listed, made, (page,)), known, made)


def state(run: Run) -> list[tuple[str, int]]:
    rows = run.archive.db.conn.execute("SELECT state, nights FROM suspects ORDER BY id")
    return [tuple(row) for row in rows]


CUT = "第一段。" + LONG + "\n" + "第二段。" + LONG


def test_a_cut_reading_is_held_with_its_page_and_the_good_one_stays(
    night: Run, source: Source
) -> None:
    assert read(night, source, article(1, CUT), 1) == "new"
    held = read(night, source, article(1, CUT.split("\n")[0]), 1)
    assert isinstance(held, tuple)
    assert isinstance(held[0], Suspect)
    assert held[1]
    assert held[0].reason == "truncated"
    assert [page.body.decode() for page in night.archive.suspects.pages(held[0].id)] == [
        CUT.split("\n")[0]
    ]
    kept = night.archive.articles.find(source.id, "http://qinghe.test/1", "")
    assert kept is not None
    assert kept.body == CUT
    assert kept.revisions == 1


def test_the_same_reading_on_three_nights_is_accepted(
    night: Run, source: Source, clock: Clock
) -> None:
    read(night, source, article(1, CUT), 1)
    outcomes = []
    for _ in range(3):
        outcomes.append(read(night, source, article(1, CUT.split("\n")[0]), 1))
        read(night, source, article(1, CUT.split("\n")[0]), 1)  # twice a night counts once
        clock.now += timedelta(days=1)
    assert outcomes[-1] == "changed"
    assert state(night) == [("accepted", 3)]


def test_signs_of_damage_are_never_accepted_by_themselves(
    night: Run, source: Source, clock: Clock
) -> None:
    read(night, source, article(1, CUT), 1)
    for _ in range(9):
        assert isinstance(
            read(night, source, article(1, CUT.replace("公示栏", "公\ufffd栏")), 1), tuple
        )
        clock.now += timedelta(days=1)
    assert state(night) == [("held", 9)]


def test_a_good_reading_overtakes_what_is_held(night: Run, source: Source) -> None:
    read(night, source, article(1, CUT), 1)
    read(night, source, article(1, CUT.split("\n")[0]), 1)
    assert read(night, source, article(1, CUT), 1) == "unchanged"
    assert state(night) == [("overtaken", 1)]


def test_one_text_under_many_titles_is_set_aside_with_the_first_of_them(
    night: Run, source: Source, clock: Clock
) -> None:
    error = "网站系统正在升级改造，部分页面暂时不能显示，敬请谅解。"
    assert read(night, source, article(1, error), 1) == "new"
    for number in (2, 3, 4):
        assert isinstance(read(night, source, article(number, error), number), tuple)
    assert night.archive.articles.count() == 0
    assert state(night) == [("held", 1)] * 4
    clock.now += timedelta(days=2)
    assert len(night.archive.frontier.waiting(source.id)) == 4
    for number in (1, 2, 3, 4):
        assert read(night, source, article(number), number) == "new"
    assert state(night) == [("overtaken", 1)] * 4


def test_a_page_under_another_title_is_no_twin(night: Run, source: Source) -> None:
    error = article(1, "请稍后再试，谢谢您的理解与支持，我们会尽快恢复。", "系统提示")
    read(night, source, error, 1)
    assert isinstance(read(night, source, error, 2), tuple)
    urls = night.archive.db.conn.execute("SELECT count(*) FROM article_urls").fetchone()
    assert urls == (0,)


def test_a_dismissed_reading_is_never_taken(night: Run, source: Source, clock: Clock) -> None:
    read(night, source, article(1, CUT), 1)
    held = read(night, source, article(1, CUT.split("\n")[0]), 1)
    assert isinstance(held, tuple)
    with night.archive.writing():
        night.archive.suspects.mark(held[0].id, "dismissed")
    again: object = None
    for _ in range(5):
        clock.now += timedelta(days=1)
        again = read(night, source, article(1, CUT.split("\n")[0]), 1)
        assert isinstance(again, tuple)
        assert not again[1]
    assert isinstance(again, tuple)
    assert again[0] == replace(held[0], state="dismissed", nights=6)


def test_a_person_sees_and_dismisses(night: Run, source: Source) -> None:
    read(night, source, article(1, CUT), 1)
    read(night, source, article(1, CUT.split("\n")[0]), 1)
    path = str(night.archive.path)
    night.archive.close()
    shown = CliRunner().invoke(tashan, ["--db", path, "suspects"])
    assert "truncated" in shown.output
    done = CliRunner().invoke(tashan, ["--db", path, "suspects", "--dismiss", "1"])
    assert "1: dismissed" in done.output
    assert "nothing is kept aside" in CliRunner().invoke(tashan, ["--db", path, "suspects"]).output
    assert CliRunner().invoke(tashan, ["--db", path, "suspects", "--accept", "1"]).exit_code == 2
