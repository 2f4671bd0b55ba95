"""Feeds and sitemaps."""

from __future__ import annotations

import pytest

from crawler.pages.listing import read
from crawler.pages.page import Page
from model.errors import PageError
from model.source import Pager, Source

RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>快讯</title>
<item><title><![CDATA[老楼加梯<b>三步走</b>]]></title><link>http://a.test/1.html</link>
<pubDate>Fri, 16 Aug 2019 02:27:00 GMT</pubDate></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="?page=2"/>
<entry><title type="html">老楼加梯三步走</title><link rel="alternate" href="/1.html"/>
<published>2019-08-16T10:27:00+08:00</published></entry></feed>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>http://a.test/1.html</loc><lastmod>2020-01-01</lastmod></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>http://a.test/sitemap2.xml</loc></sitemap></sitemapindex>"""
EXTERNAL = """<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><rss><channel><item>
<title>甲&e;</title><link>http://a.test/1.html</link></item></channel></rss>"""


@pytest.fixture
def feed(source: Source) -> Source:
    listing = source.listing.model_copy(update={"reader": "feed", "pager": Pager(reader="feed")})
    return source.model_copy(update={"listing": listing, "start": "http://a.test/rss.xml"})


@pytest.mark.parametrize("text", [RSS, ATOM])
def test_entries_are_rows(feed: Source, text: str) -> None:
    found = read(Page(text.encode(), "http://a.test/rss.xml"), feed)
    assert [(link.url, link.title, link.kind) for link in found.links] == [
        ("http://a.test/1.html", "老楼加梯三步走", "article")
    ]
    assert found.links[0].published is not None
    assert found.links[0].published.value == "2019-08-16T10:27"


def test_a_sitemap_tells_addresses_and_no_dates_of_publication(feed: Source) -> None:
    found = read(Page(SITEMAP.encode(), "http://a.test/sitemap.xml"), feed)
    assert [(link.url, link.published) for link in found.links] == [("http://a.test/1.html", None)]


def test_further_pages_are_steps(feed: Source) -> None:
    assert [s.url for s in read(Page(INDEX.encode(), "http://a.test/s.xml"), feed).more] == [
        "http://a.test/sitemap2.xml"
    ]
    assert [s.url for s in read(Page(ATOM.encode(), "http://a.test/atom"), feed).more] == [
        "http://a.test/atom?page=2"
    ]


def test_entities_lead_nowhere(feed: Source) -> None:
    found = read(Page(EXTERNAL.encode(), "http://a.test/rss.xml"), feed)
    assert [link.title for link in found.links] == ["甲"]


def test_what_is_no_feed_is_a_page_error(feed: Source) -> None:
    with pytest.raises(PageError):
        read(Page(b"not found", "http://a.test/rss.xml"), feed)
