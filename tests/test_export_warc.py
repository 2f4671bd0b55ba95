"""WARC: valid, with the very bytes that were kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import hard_archive
import pytest
from hard_archive import TITLES
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archive import Archive
from archive.copies import publish
from exports import dataset
from exports.dataset import Request
from exports.formats import FORMATS
from exports.selection import Selection
from model.errors import ArchiveError

hard_path, hard = hard_archive.hard_path, hard_archive.hard


def silent(_: int) -> Callable[[int], object]:
    return lambda number: None


def export(archive: Archive, path: Path, **options: Any) -> dataset.Made:
    return dataset.export(archive, Request(format=FORMATS["warc"], **options), path, silent)


def records(path: Path) -> list[SimpleNamespace]:
    with path.open("rb") as file:
        return [
            SimpleNamespace(
                kind=record.rec_type,
                url=record.rec_headers.get_header("WARC-Target-URI"),
                date=record.rec_headers.get_header("WARC-Date"),
                name=record.rec_headers.get_header("WARC-Record-ID"),
                http=record.http_headers,
                body=record.content_stream().read(),
            )
            for record in ArchiveIterator(file)
        ]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_the_file_passes_warcio_check(hard: Archive, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    made = export(hard, path)
    checker = Checker(SimpleNamespace(inputs=[str(path)], verbose=False))
    assert checker.process_all() == 0
    assert path.read_bytes()[:2] == (b"\x1f\x8b" if name.endswith("gz") else b"WA")
    assert made.articles == len(TITLES) + 1
    assert made.pageless == 1  # the long one was kept without a page


def test_records_hold_the_pages_of_the_newest_wording(hard: Archive, tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    export(hard, path)
    info, *pages = records(path)
    assert info.kind == "warcinfo"
    assert len(pages) == 2 * (len(TITLES) - 1) + 1
    assert len({page.name for page in pages}) == len(pages)
    first = pages[0]
    assert (first.url, first.body) == ("http://qinghe.test/a/0", b"<html>0</html>")
    assert first.date == "2026-11-25T02:00:00Z"
    assert first.http.get_statuscode() == "200"
    assert first.http.get_header("Content-Type") == "text/html; charset=gbk"
    # The bytes kept are no longer compressed, so nothing may say that they are.
    assert first.http.get_header("Content-Encoding") is None
    assert first.http.get_header("X-Archive-Orig-Content-Encoding") == "gzip"
    assert first.http.get_header("Content-Length") == str(len(first.body))
    assert first.http.get_header("B") == "a b"
    assert pages[1].http.statusline.startswith("299")
    assert [page.body for page in pages if page.url.endswith("/a/1")] == [b"newer"]


def test_all_wordings_where_they_are_asked_for(hard: Archive, tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    export(hard, path, revisions=True, selection=Selection(sources=("lanshan-zcfg",)))
    bodies = [page.body for page in records(path) if (page.url or "").startswith("http://qinghe.test/a/1?")
              or page.url == "http://qinghe.test/a/1"]  # fmt: skip
    assert bodies == [b"<html>1</html>", b"two", b"newer"]


def test_a_damaged_page_stops_it(hard_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes(hard_path.read_bytes())
    with Archive.write(path) as archive:
        archive.db.conn.execute("UPDATE snapshots SET sha256 = 'x' WHERE id = 5")
    with Archive.read(path) as archive, pytest.raises(ArchiveError, match="damaged"):
        export(archive, tmp_path / "a.warc")
    assert not (tmp_path / "a.warc").exists()


def test_pages_that_a_published_copy_withholds_are_counted(hard_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes(hard_path.read_bytes())
    with Archive.write(path) as archive:
        archive.db.conn.execute("UPDATE snapshots SET body = zeroblob(1100000) WHERE id = 1")
    publish(path, tmp_path / "public.db")
    with Archive.read(tmp_path / "public.db") as archive:
        assert export(archive, tmp_path / "a.warc").pageless == 2
