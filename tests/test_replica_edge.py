"""The faces of edge.test: every fault is what it claims, and can be laid aside."""

from __future__ import annotations

import gzip
import http.client
import re
import time
import zlib
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from replica.hosts.edge import FACES
from replica.server import Replica

PLAIN = {"cookie302", "burst", "busy503", "endless", "ssrf"}  # whose listing answers somehow


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica() as made:
        yield made


def _second(replica: Replica, face: str) -> str:
    """The first article that is not left whole."""
    return str(replica.truth(f"{face}.edge.test")[1]["url"])


@pytest.mark.parametrize("face", sorted(kind.face for kind in FACES))
def test_a_face_can_be_laid_aside(replica: Replica, face: str) -> None:
    replica.switch(f"{face}.edge.on", False)
    assert replica.visit(f"http://{face}.edge.test/list/").status == 200
    assert replica.visit(_second(replica, face)).status == 200
    assert replica.visit(f"http://{face}.edge.test/robots.txt").status == 200
    replica.switch(f"{face}.edge.on", True)


def test_the_site_itself_is_well(replica: Replica) -> None:
    for fact in replica.truth("edge.test"):
        assert replica.visit(fact["url"]).status == 200


@pytest.mark.parametrize(
    ("face", "status", "word"),
    [
        ("jsl521", 521, "__jsl_clearance_s"),
        ("waf412", 412, "eval"),
        ("waf403", 403, "云防护"),
        ("shell200", 200, "<script>"),
        ("loop302", 302, ""),
    ],
)
def test_refusals_show_their_face(replica: Replica, face: str, status: int, word: str) -> None:
    answer = replica.visit(f"http://{face}.edge.test/list/")
    assert answer.status == status
    assert word in answer.text
    if face == "shell200":
        assert len(answer.body) == 618
    if face == "loop302":
        assert answer.headers["location"] == "/list/"


def test_a_cookie_opens_the_door(replica: Replica) -> None:
    url = "http://cookie302.edge.test/list/"
    cookie = replica.visit(url).headers["set-cookie"].partition(";")[0]
    assert replica.visit(url, headers={"Cookie": cookie}).status == 200


def test_too_many_requests_are_refused_for_a_while(replica: Replica) -> None:
    statuses = [replica.visit("http://burst.edge.test/list/").status for _ in range(8)]
    assert 429 in statuses
    assert replica.visit("http://burst.edge.test/list/").headers["retry-after"] == "2"


def test_busy_once_then_well(replica: Replica) -> None:
    url = _second(replica, "busy503")
    answers = [replica.visit(url) for _ in range(2)]
    assert [answer.status for answer in answers] == [503, 200]
    assert answers[0].headers["retry-after"] == "2"


@pytest.mark.parametrize(
    ("face", "status", "word"),
    [
        ("soft404", 200, "您访问的页面不存在"),
        ("home302", 302, ""),
        ("gone410", 410, "gone"),
        ("error500", 500, "SQLException"),
    ],
)
def test_articles_go_missing(replica: Replica, face: str, status: int, word: str) -> None:
    answer = replica.visit(_second(replica, face))
    assert answer.status == status
    assert word in answer.text
    assert replica.visit(replica.truth(f"{face}.edge.test")[0]["url"]).status == 200


def test_the_home_page_stands_in_under_load(replica: Replica) -> None:
    url = _second(replica, "index200")
    texts = [replica.visit(url).text for _ in range(8)]
    assert "<h1>南浦住房保障网</h1>" in texts[-1]
    assert "<h1>南浦住房保障网</h1>" not in texts[0]


def test_slow_and_dripping_answers_come_whole(replica: Replica) -> None:
    for face in ("slow", "drip", "robots-slow"):
        replica.switch(f"{face}.edge.seconds", 0.4)
    for url in (
        _second(replica, "slow"),
        _second(replica, "drip"),
        "http://robots-slow.edge.test/robots.txt",
    ):
        began = time.monotonic()
        assert replica.visit(url).status == 200
        assert 0.3 < time.monotonic() - began < 5


@pytest.mark.parametrize("face", ["short", "chunk-cut"])
def test_broken_off_answers_are_incomplete(replica: Replica, face: str) -> None:
    with pytest.raises(http.client.IncompleteRead):
        replica.visit(_second(replica, face))


@pytest.mark.parametrize("url", ["", "http://robots-reset.edge.test/robots.txt"])
def test_a_reset_is_a_reset(replica: Replica, url: str) -> None:
    with pytest.raises(ConnectionResetError):
        replica.visit(url or _second(replica, "reset"))


def test_compressed_whole_and_cut(replica: Replica) -> None:
    whole = gzip.decompress(replica.visit(_second(replica, "gzip-unasked")).body).decode()
    assert whole.rstrip().endswith("</html>")
    with pytest.raises(EOFError):
        gzip.decompress(replica.visit(_second(replica, "gzip-cut")).body)
    bomb = replica.visit(_second(replica, "gzip-bomb")).body
    assert len(bomb) < 300_000
    assert len(zlib.decompressobj(wbits=31).decompress(bomb, 1_000_000)) == 1_000_000


def test_packed_twice(replica: Replica) -> None:
    answer = replica.visit(_second(replica, "gzip-twice"))
    assert answer.headers["content-encoding"] == "gzip, gzip"
    assert gzip.decompress(gzip.decompress(answer.body)).rstrip().endswith(b"</html>")


def test_interim_answers_go_on_without_end(replica: Replica) -> None:
    assert replica.visit(_second(replica, "interim")).status == 103


@pytest.mark.parametrize("face", ["garbage", "silent"])
def test_what_is_no_answer(replica: Replica, face: str) -> None:
    replica.switch(f"{face}.edge.seconds", 0.1)
    with pytest.raises((http.client.HTTPException, ConnectionError)):
        replica.visit(_second(replica, face))


def test_a_body_without_end_is_longer_than_anyone_takes(replica: Replica) -> None:
    connection = http.client.HTTPConnection(replica.address, timeout=20)
    path = urlsplit(_second(replica, "endless-body")).path
    connection.request("GET", path, headers={"Host": "endless-body.edge.test"})
    answer = connection.getresponse()
    assert len(answer.read(11_000_000)) == 11_000_000
    connection.close()


def test_no_length_is_no_loss(replica: Replica) -> None:
    answer = replica.visit(_second(replica, "nolength"))
    assert "content-length" not in answer.headers
    assert answer.text.rstrip().endswith("</html>")


def test_headers_beyond_measure(replica: Replica) -> None:
    with pytest.raises(http.client.HTTPException):
        replica.visit(_second(replica, "headers"))


@pytest.mark.parametrize(
    ("face", "status"), [("robots-503", 503), ("robots-403", 403), ("robots-deny", 200)]
)
def test_robots_answer_otherwise(replica: Replica, face: str, status: int) -> None:
    assert replica.visit(f"http://{face}.edge.test/robots.txt").status == status
    assert replica.visit(f"http://{face}.edge.test/list/").status == 200


@pytest.mark.parametrize(
    ("face", "least", "word"),
    [
        ("nested", 200_000, "<div><div><div>"),
        ("attributes", 900_000, "a119999=1"),
        ("misnested", 30_000, "</b></i>"),
        ("comments", 200_000, "<!--<!--"),
        ("xss", 1_000, "onerror="),
        ("formula", 1_000, "=HYPERLINK("),
        ("nul", 1_000, "\0"),
        ("links", 7_000_000, "/article/199999.html"),
        ("closed", 1_000, '<div class="text"></body></html>'),
        ("base", 1_000, "<base href"),
        ("refresh", 1_000, 'http-equiv="refresh"'),
        ("huge", 15_000_000, "同一句话"),
    ],
)
def test_hostile_pages_keep_what_hurts(replica: Replica, face: str, least: int, word: str) -> None:
    fact = replica.truth(f"{face}.edge.test")[1]
    page = replica.visit(fact["url"]).text
    assert len(page.encode()) >= least
    assert word in page
    if face != "huge":
        assert fact["paragraphs"][0] in page


def test_a_wrong_declaration_is_wrong(replica: Replica) -> None:
    answer = replica.visit(_second(replica, "misdeclared"))
    assert "utf-8" in answer.headers["content-type"]
    assert "。" in answer.body.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        answer.body.decode()


def test_bad_bytes_are_bad(replica: Replica) -> None:
    with pytest.raises(UnicodeDecodeError):
        replica.visit(_second(replica, "badbytes")).body.decode()


def test_links_lead_inside_and_listings_never_end(replica: Replica) -> None:
    listing = replica.visit("http://ssrf.edge.test/list/").text
    assert "169.254.169.254" in listing
    assert (
        replica.visit("http://ssrf.edge.test/inside").headers["location"].startswith("http://127.")
    )
    page = replica.visit("http://endless.edge.test/list/?page=77").text
    assert re.findall(r'href="([^"]+)">下一页', page) == ["/list/?page=78"]
