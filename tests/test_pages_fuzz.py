"""Mutated pages give an article or a PageError, never anything else, and never take long."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.pages import article, listing, read_article, read_listing
from crawler.pages.page import Page
from model.catalogue import Catalogue
from model.errors import PageError

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Catalogue(ROOT / "replica" / "sources", ROOT / "sources" / "families")
SOURCES = [
    "gov-tashan",
    "assoc-tashan",
    "jcms",
    "gkml",
    "spa",
    "odd-rss",
    "misc-ecdomain",
    "xinhua",
]
PAGES = [path.read_bytes() for path in sorted((ROOT / "tests" / "pages").glob("*.html"))]
THROWN_IN = [
    b"</html>",
    b"</body>",
    b"<table>",
    b"<html><head><title>x</title>",
    b"<!--",
    b"-->",
    b"<script>",
    b"</script>",
    b'<a href="http://[">x</a>',
    b'<a href="http://a:99999/1.html">x</a>',
    b'<base href="http://[x">',
    b"\x00",
    b"\xff\xfe",
    b"&#1114112;",
    b"&#55296;",
    b'<meta name=PubDate content="99999-99-99">',
    "<td colspan=-1 rowspan=²>２０１９-08-16T25:61".encode(),
    '<font size="²">٢٠١٩-08-16'.encode(),
    b"2019-08-16 10:00+99:99",
    b'<script>var a=[{"url":"/1.html","title":"x","time":1e999}]</script>',
]
EACH = 200  # mutants of each kind
SLOWEST = 2.0  # seconds


def flipped(body: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randrange(1, 200)):
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)


def truncated(body: bytearray, chance: random.Random) -> None:
    del body[chance.randrange(len(body)) :]


def doubled(body: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(body))
    body[start:start] = body[start : start + chance.randrange(2_000)] * chance.randrange(1, 20)


def nested(body: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(body))
    body[start:start] = chance.choice([b"<div>", b"<font>", b"<ul><li>"]) * chance.randrange(1_500)


def littered(body: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randrange(1, 12)):
        start = chance.randrange(len(body))
        body[start:start] = chance.choice(THROWN_IN)


def came_through(reading: Callable[[], object]) -> bool:
    """Whether a reading gives something; a PageError that hides another error fails the test."""
    try:
        reading()
    except PageError as error:
        hidden = error.__cause__
    else:
        return True
    assert hidden is None or isinstance(hidden, PageError), repr(hidden)
    return False


@pytest.mark.parametrize("mutate", [flipped, truncated, doubled, nested, littered])
def test_mutants_are_read_or_refused(
    mutate: Callable[[bytearray, random.Random], None],
) -> None:
    chance = random.Random(20190816)
    read = 0
    for _ in range(EACH):
        body = bytearray(chance.choice(PAGES))
        mutate(body, chance)
        url = chance.choice(["http://a.test/2019/0816/1.html", "", "http://[", "no address"])
        page = Page(bytes(body), url)
        source = CATALOGUE.source(chance.choice(SOURCES))
        start = time.process_time()
        readings: list[Callable[[], object]] = [
            lambda body=body, url=url: read_article(bytes(body), url),  # type: ignore[misc]
            lambda body=body, url=url: read_listing(bytes(body), url),  # type: ignore[misc]
            lambda page=page, source=source: article.read(page, source),  # type: ignore[misc]
            lambda page=page, source=source: listing.read(page, source),  # type: ignore[misc]
        ]
        read += sum(came_through(reading) for reading in chance.sample(readings, 2))
        assert time.process_time() - start < SLOWEST
    assert read > EACH // 2


HOSTILE = {
    "labels": "<p>来源：人民网 作者：张三 时间：2019-01-01 阅读：12</p>",
    "links": '<a href="/a/1.html">链接文字长一点</a>',
    "rows": '<li><a href="/2019/1.html">关于物业服务的通知</a><span>2019-08-16</span></li>',
    "undated rows": '<li><a href="/b/1.html">关于物业服务的通知</a><span>08-16</span></li>',
    "cells": "<table><tr><td>字",
    "brackets": "(",
    "dates": "2019-01-01 ",
    "breadcrumbs": "首页 > ",
    "reporters": "（记者",
    "scripts": '<script>var a={"url":"/a/1.html","title":"物业服务条例"};</script>',
    "quotes": '{"a\\"',
    "records": "<record><![CDATA[<li><a href=/a>物业服务条例</a></li>]]></record>",
    "postbacks": "<a href=\"javascript:__doPostBack('a','1')\">下一页</a>",
    "pictures": '<img src="/a.jpg">',
    "headings": "<h1>测试标题长一点</h1>",
}


@pytest.mark.parametrize("shape", HOSTILE)
def test_no_page_of_a_megabyte_takes_long(shape: str) -> None:
    unit = HOSTILE[shape].encode()
    body = b"<html><body><script>var a=[" if shape == "quotes" else b"<html><body>"
    body += unit * (1_000_000 // len(unit))
    for read in (read_article, read_listing):
        start = time.process_time()
        with contextlib.suppress(PageError):
            read(body, "http://a.test/2019/1.html")
        assert time.process_time() - start < SLOWEST
