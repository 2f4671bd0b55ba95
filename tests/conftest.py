"""What several tests need: a clock that stands still, a source, an article, an archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import Archive
from model.article import Article, When
from model.body import Block
from model.snapshot import Snapshot
from model.source import Address, Source

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture
def shared() -> Path:
    """Reference material beside the checkout; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("no reference material beside the checkout")
    return SHARED


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


@pytest.fixture
def source() -> Source:
    return Source.model_validate(
        {
            "id": "qinghe-jyjl",
            "title": "清河市物业管理协会 · 经验交流",
            "organisation": {"name": "清河市物业管理协会", "kind": "association", "region": 510400},
            "column": "经验交流",
            "family": "asp",
            "start": "http://qinghe.test/list.asp",
            "evidence": {"seen": "2026-11-25", "where": "tests", "certainty": "certain"},
            "status": "enabled",
        }
    ).model_copy(update={"address": Address()})


@pytest.fixture
def article() -> Article:
    return Article(
        url="http://qinghe.test/a/1",
        title="清河市推行物业服务“四公开”",
        body=(
            Block("paragraph", "近日，清河市要求全市小区公开服务标准、收费、维修资金和共用收益。"),
            Block("paragraph", "首批六十二个小区已经完成公示。"),
        ),
        published=When("2026-08-16", "day", "label"),
        outlet="清河日报",
        wording="w1",
        script="hans",
    )


@pytest.fixture
def pages() -> list[Snapshot]:
    return [Snapshot("http://qinghe.test/a/1", b"<html>one</html>", "2026-11-25T02:00:00Z")]


@pytest.fixture
def archive(tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Archive]:
    with Archive.write(tmp_path / "archive.db", clock) as opened:
        yield opened
