"""Feeds: valid Atom with ids that never change."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import hard_archive
import pytest
from click.testing import CliRunner
from hard_archive import TITLES
from hypothesis import given
from hypothesis import strategies as st

from archive import Archive
from archive.reading import Reading
from commands.feed import feed as command
from exports import record
from exports.feed import ATOM, atom, identifier
from exports.record import Record
from model.errors import ChoiceError

hard_path, hard = hard_archive.hard_path, hard_archive.hard


def read(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(data)  # noqa: S314  our own


def all_of(parent: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return parent.findall(f"{{{ATOM}}}{name}")


def text(parent: ElementTree.Element, name: str) -> str:
    (found,) = all_of(parent, name)
    return found.text or ""


def check(feed: ElementTree.Element) -> list[ElementTree.Element]:
    """What RFC 4287 demands of a feed and its entries; gives the entries."""
    assert feed.tag == f"{{{ATOM}}}feed"
    entries = all_of(feed, "entry")
    ids = []
    for part in (feed, *entries):
        ids.append(text(part, "id"))
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", ids[-1])
        text(part, "title")
        assert datetime.fromisoformat(text(part, "updated")).tzinfo is not None
        for published in all_of(part, "published"):
            assert datetime.fromisoformat(published.text or "").tzinfo is not None
        for author in all_of(part, "author"):
            assert text(author, "name")
        kinds = [link.get("rel") for link in all_of(part, "link")]
        assert len(set(kinds)) == len(kinds)
        assert all((link.get("href") or "").isascii() for link in all_of(part, "link"))
    for entry in entries:
        assert all_of(entry, "author")
        assert "alternate" in [link.get("rel") for link in all_of(entry, "link")]
        assert len(all_of(entry, "summary")) == 1
    assert len(set(ids)) == len(ids)
    return entries


def test_everything_new(hard: Archive) -> None:
    with Reading(hard) as reading:
        records = list(record.chosen(reading))
    feed = read(atom(records, "他山", address="http://tashan.test/feed.atom"))
    entries = check(feed)
    assert len(entries) == len(TITLES) + 1
    assert text(feed, "updated") == "2026-11-25T02:00:00Z"
    clean = {title.replace("\0", "\ufffd").replace("\r\n", "\n") for title in TITLES}
    assert clean <= {text(entry, "title") for entry in entries}
    dates = {published.text for entry in entries for published in all_of(entry, "published")}
    assert dates == {"2026-08-16T10:20:00+08:00", "2026-08-15T00:00:00+08:00"}
    assert all(len(text(entry, "summary")) <= 400 for entry in entries)


def test_entries_lead_to_the_archive_where_it_has_pages() -> None:
    made = read(atom([Record("abc", "t", "http://q.test/1")], "x", site="http://tashan.test/-/a/"))
    (entry,) = check(made)
    links = {link.get("rel"): link.get("href") for link in all_of(entry, "link")}
    assert links == {"alternate": "http://tashan.test/-/a/abc", "via": "http://q.test/1"}


def test_ids_are_for_ever() -> None:
    assert identifier("b7nbm6vcrhwj4") == "urn:uuid:a0d6e77f-0c14-5798-bd73-557fec2c19ae"
    one, other = (read(atom([], "x", about=about)) for about in ("", "search: 电梯"))
    assert text(one, "id") != text(other, "id")
    assert text(one, "updated") == "1970-01-01T00:00:00Z"


@given(st.text(), st.text(), st.text())
def test_any_text_gives_xml(title: str, author: str, url: str) -> None:
    made = Record(
        "k", title, "http://q.test/" + url, author=author, opening=title + "]]>", script="hant"
    )
    check(read(atom([made], title, about=author)))


def run(db: Path, *words: str) -> Any:
    return CliRunner().invoke(command, words, obj=db)


def test_the_command(hard_path: Path, tmp_path: Path) -> None:
    words = ["--source", "lanshan-zcfg", "--search", "加装电梯", "--limit", "3"]
    result = run(hard_path, *words)
    assert result.exit_code == 0, result.output
    feed = read(result.stdout_bytes)
    assert len(check(feed)) == 3
    assert text(feed, "title") == "他山 Tashan · lanshan-zcfg · 加装电梯"
    target = tmp_path / "feed.xml"
    assert run(hard_path, *words, "--output", str(target)).exit_code == 0
    assert target.read_bytes() == result.stdout_bytes
    assert isinstance(run(hard_path, "--source", "nowhere").exception, ChoiceError)


@pytest.mark.parametrize("limit", ["0", "-1", "x"])
def test_wrong_limits(hard_path: Path, limit: str) -> None:
    assert run(hard_path, "--limit", limit).exit_code == 2
