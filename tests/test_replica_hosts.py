"""Every host of the replica web: each page it names answers and shows what its truth says."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest

from replica.server import Replica
from replica.web import site_classes

HOSTS = sorted(
    {kind.host for kind in site_classes().values() if not kind.host.endswith("edge.test")}
)
_CODECS = {"assoc.test": "gbk", "aspnet.test": "gbk", "people.test": "gb18030"}


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica() as made:
        yield made


def _words(page: str) -> str:
    """A page's text without its markup and without blanks."""
    bare = re.sub(r"(?is)<(script|style)\b.*?</\1>|<!--.*?-->|<[^>]*>", "", page)
    return re.sub(r"\s", "", html.unescape(bare))


def _text(replica: Replica, host: str, url: str) -> str:
    answer = replica.visit(url)
    assert answer.status == 200, url
    try:
        return answer.body.decode(_CODECS.get(host, "utf-8"))
    except UnicodeDecodeError:
        return answer.body.decode("utf-8")  # some pages say otherwise on purpose


@pytest.mark.parametrize("host", HOSTS)
def test_what_the_truth_names_is_on_the_pages(replica: Replica, host: str) -> None:
    facts = replica.truth(host)
    assert facts
    for fact in facts:
        page = _text(replica, host, fact["url"])
        if fact.get("damage") or fact.get("oddity") or fact["state"] != "shown":
            continue
        words = _words(page)
        assert re.sub(r"\s", "", fact["title"]) in words
        head = "\n".join(fact["paragraphs"][:2])
        for paragraph in re.split(r"[\n\t]", head):
            assert re.sub(r"\s", "", paragraph) in words
        for name in ("outlet", "author", "editor"):
            assert fact[name] in page, (name, fact["url"])


@pytest.mark.parametrize("host", HOSTS)
def test_twins_pictures_and_attachments_answer(replica: Replica, host: str) -> None:
    for fact in replica.truth(host):
        files = [*fact["images"], *fact["attachments"]]
        for url in [*fact["twins"], *(file["url"] for file in files)]:
            assert replica.visit(url).status == 200, url


def test_no_address_and_no_number_is_used_twice(replica: Replica) -> None:
    for host in HOSTS:
        facts = replica.truth(host)
        urls = [url for fact in facts for url in (fact["url"], *fact["twins"])]
        assert len(urls) == len(set(urls)), host


def test_truth_is_ordered_newest_first(replica: Replica) -> None:
    for host in HOSTS:
        days = [fact["date"][:10] for fact in replica.truth(host)]
        assert days == sorted(days, reverse=True), host


def test_attachments_have_the_bytes_of_their_type(replica: Replica) -> None:
    begins = {"pdf": b"%PDF", "doc": b"\xd0\xcf", "xls": b"\xd0\xcf", "docx": b"PK", "xlsx": b"PK"}
    seen = set()
    for fact in replica.truth("gov.test"):
        for file in fact["attachments"]:
            start = begins.get(file["type"])
            if start:
                assert replica.visit(file["url"]).body.startswith(start)
                seen.add(file["type"])
    assert {"pdf", "doc", "xls", "docx"} <= seen
