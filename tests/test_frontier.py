"""The frontier: what is asked for, and when again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive import Archive
from archive.frontier import Listed
from model.source import Source

LINKS = [Listed(f"http://qinghe.test/{n}", f"http://QINGHE.test/{n}", f"第{n}篇") for n in (1, 2)]


class Clock:
    now = datetime(2026, 11, 25, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def test_a_new_address_is_due_until_it_is_settled(archive: Archive, source: Source) -> None:
    archive.runs.describe(source)
    frontier = archive.frontier
    assert frontier.add(source.id, LINKS) == LINKS
    assert frontier.add(source.id, LINKS) == LINKS
    assert frontier.waiting(source.id) == LINKS
    frontier.settle(LINKS[0].url, "kept")
    assert frontier.add(source.id, LINKS) == LINKS[1:]
    assert frontier.waiting(source.id) == LINKS[1:]
    assert frontier.listed(LINKS[0].url) == LINKS[0]
    assert frontier.listed("http://qinghe.test/none") is None


def test_one_address_listed_twice_is_one(archive: Archive, source: Source) -> None:
    archive.runs.describe(source)
    assert len(archive.frontier.add(source.id, [LINKS[0], LINKS[0]])) == 1


def test_a_failed_address_is_asked_again_later_and_later(tmp_path: Path, source: Source) -> None:
    clock = Clock()
    with Archive.write(tmp_path / "archive.db", clock) as archive:
        archive.runs.describe(source)
        archive.frontier.add(source.id, LINKS)
        waits = []
        for _ in range(4):
            archive.frontier.settle(LINKS[0].url, "failed", "timeout")
            start = clock.now
            while LINKS[0] not in archive.frontier.add(source.id, LINKS[:1]):
                clock.now += timedelta(days=1)
            waits.append((clock.now - start).days)
    assert waits == [1, 2, 4, 8]
