"""The frontier: what is asked for, and when again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive import Archive
from model.listed import Listed
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


def test_recent_articles_are_looked_at_again_on_a_thinning_schedule(
    tmp_path: Path, source: Source
) -> None:
    clock = Clock()
    start = clock.now = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
    fresh = Listed("http://qinghe.test/f", "http://qinghe.test/f", "新", "2026-11-20")
    old = Listed("http://qinghe.test/o", "http://qinghe.test/o", "旧", "2026-08-20")
    nights: dict[str, list[int]] = {fresh.url: [], old.url: []}
    with Archive.write(tmp_path / "archive.db", clock) as archive:
        archive.runs.describe(source)
        archive.frontier.add(source.id, [fresh, old])
        for listed in (fresh, old):
            clock.now += timedelta(hours=2)  # a night lasts for hours
            archive.frontier.settle(listed.url, "kept")
        for night in range(1, 121):
            clock.now = start + timedelta(days=night, minutes=-17 if night % 2 else 23)
            for listed in archive.frontier.due_again(source.id):
                nights[listed.url].append(night)
                archive.frontier.settle(listed.url, "kept")
    assert nights == {fresh.url: [1, 3, 7, 30, 90], old.url: []}


def test_a_miss_is_looked_at_the_next_night_and_counts_by_its_kind(
    tmp_path: Path, source: Source
) -> None:
    clock = Clock()
    with Archive.write(tmp_path / "archive.db", clock) as archive:
        archive.runs.describe(source)
        archive.frontier.add(source.id, LINKS)
        archive.frontier.settle(LINKS[0].url, "kept")
        told = []
        for kind in ("unreachable", "gone", "suspect", "gone", "gone"):
            clock.now += timedelta(days=1)
            assert archive.frontier.due_again(source.id) == LINKS[:1]
            told.append(archive.frontier.doubt(LINKS[0].url, kind, "why"))
        assert told == [False, False, False, False, True]


def test_a_failed_deep_page_is_asked_again_although_it_is_listed_no_more(
    tmp_path: Path, source: Source
) -> None:
    clock = Clock()
    with Archive.write(tmp_path / "archive.db", clock) as archive:
        archive.runs.describe(source)
        archive.frontier.add(source.id, LINKS)
        archive.frontier.settle(LINKS[0].url, "failed", "timeout")
        archive.frontier.settle(LINKS[1].url, "refused", "gone")
        assert archive.frontier.waiting(source.id) == []
        clock.now += timedelta(days=1)
        assert archive.frontier.waiting(source.id) == LINKS[:1]
