"""The server of the replica web: starting, stopping, logging, changing content while it runs."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from replica.server import Replica


@pytest.fixture
def replica() -> Iterator[Replica]:
    with Replica() as made:
        yield made


def test_starts_on_a_free_port_and_stops_at_once() -> None:
    began = time.monotonic()
    with Replica() as replica:
        assert replica.address == f"127.0.0.1:{replica.port}"
        assert replica.visit("http://gov.test/robots.txt").status == 200
        stopping = time.monotonic()
    assert time.monotonic() - stopping < 1
    assert stopping - began < 3
    with pytest.raises(ConnectionRefusedError):
        replica.visit("http://gov.test/")


def test_stops_at_once_while_an_answer_is_under_way() -> None:
    with Replica() as replica:
        newest, later = replica.truth("slow.edge.test")[:2]
        assert replica.visit(newest["url"]).status == 200
        with socket.create_connection(("127.0.0.1", replica.port)) as held:
            path = later["url"].split(".test", 1)[1]
            held.sendall(f"GET {path} HTTP/1.1\r\nHost: slow.edge.test\r\n\r\n".encode())
            time.sleep(0.2)
            stopping = time.monotonic()
            replica.__exit__(None, None, None)
            assert time.monotonic() - stopping < 1


def test_a_port_in_use_is_one_clear_line(replica: Replica) -> None:
    with pytest.raises(RuntimeError, match=f"port {replica.port} cannot be had"):
        Replica(replica.port).__enter__()


def test_an_unknown_host_is_404_with_a_word(replica: Replica) -> None:
    answer = replica.visit("http://nobody.test/x")
    assert (answer.status, answer.text) == (404, "no such host: nobody.test")
    with pytest.raises(KeyError, match=r"did you mean assoc\.test"):
        replica.truth("asoc.test")


def test_every_request_is_logged(replica: Replica) -> None:
    replica.visit("http://assoc.test/news.asp?SortID=5&page=2")
    replica.visit("http://sc.test/queryList", form={"channelCode": "c101428"})
    assert replica.requests == [
        ("GET", "assoc.test", "/news.asp?SortID=5&page=2"),
        ("POST", "sc.test", "/queryList"),
    ]
    replica.requests.clear()
    assert replica.requests == []


def test_an_article_can_be_published_edited_restricted_and_withdrawn(replica: Replica) -> None:
    written = {"title": "新来的一篇", "date": "2026-11-19", "body": "正文第一段。\n\n正文第二段。"}
    url = replica.publish("gov.test", written, column="他山之石")
    assert replica.truth("gov.test")[0]["url"] == url
    assert "新来的一篇" in replica.visit("http://gov.test/zwgk/tszs/").text
    assert "正文第二段。" in replica.visit(url).text
    replica.edit("gov.test", "新来的一篇", body="改过的正文。", outlet="滨江早报")
    changed = replica.visit(url).text
    assert "改过的正文。" in changed
    assert "正文第二段。" not in changed
    assert replica.truth("gov.test")[0]["outlet"] == "滨江早报"
    replica.restrict("gov.test", "新来的一篇")
    assert replica.truth("gov.test")[0]["state"] == "restricted"
    assert "请先登录" in replica.visit(url).text
    replica.withdraw("gov.test", "新来的一篇")
    assert replica.visit(url).status == 404
    assert "新来的一篇" not in replica.visit("http://gov.test/zwgk/tszs/").text


def test_a_listing_can_be_made_long(replica: Replica) -> None:
    replica.switch("vsb.rows", 1)
    pages = len(replica.truth("vsb.test"))
    assert f"1/{pages}" in replica.visit("http://vsb.test/tzgg.htm").text
    assert replica.visit(f"http://vsb.test/tzgg/{pages - 1}.htm").status == 200


def test_a_whole_page_can_be_published(replica: Replica) -> None:
    page = "<html><body><p>整页由测试给出</p></body></html>"
    url = replica.publish("assoc.test", page, title="整页", date="2026-11-18", encoding="utf-8")
    assert replica.visit(url).text == page


def test_an_unknown_switch_names_the_nearest(replica: Replica) -> None:
    with pytest.raises(KeyError, match=r"no switch stub; stubs\?"):
        replica.switch("gov.stub", False)


def test_the_command_serves_until_ctrl_c() -> None:
    # A job in the background of a shell ignores Ctrl-C, and so would its children.
    heeding = "import signal, runpy; signal.signal(signal.SIGINT, signal.default_int_handler);"
    command = [sys.executable, "-c", heeding + "runpy.run_module('replica', run_name='__main__')"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        first = running.stdout.readline()
        assert first.startswith("replica web on 127.0.0.1:")
        assert "assoc.test" in first
        running.send_signal(signal.SIGINT)
        try:
            assert running.wait(timeout=10) == 0
        finally:
            running.kill()
