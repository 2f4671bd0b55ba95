"""Rows that scripts hold, in every way that scripts hold them."""

from __future__ import annotations

import json

import pytest

from crawler.pages import read_listing
from model.errors import PageError

ROWS = [(f"关于维修资金的第{n}号公告", f"/gg/{n}.html", f"2019-01-{n + 1:02}") for n in range(6)]
MARKUP = "".join(f'<li><a href="{u}">{t}</a><span>{d}</span></li>' for t, u, d in ROWS)
RECORDS = [{"title": t, "url": u, "pubDate": d} for t, u, d in ROWS]
WAYS = {
    "tuples": f"<script>var list={json.dumps(ROWS, ensure_ascii=False)};</script>",
    "new Array": "<script>"
    + "".join(f'a.push(new Array("{t}","{u}","{d}"));' for t, u, d in ROWS)
    + "</script>",
    "parallel": "<script>"
    + "".join(
        f'urls[{n}]="{u}";titles[{n}]="{t}";dates[{n}]="{d}";' for n, (t, u, d) in enumerate(ROWS)
    )
    + "</script>",
    "string of JSON": f"<script>x=JSON.parse({json.dumps(json.dumps(RECORDS))});</script>",
    "written": "<script>document.write('" + MARKUP + "');</script>",
    "innerHTML": f"<script>box.innerHTML={json.dumps(MARKUP)};</script>",
    "template": f'<script type="text/template"><ul>{MARKUP}</ul></script>',
    "hidden field": f"<textarea>{MARKUP.replace('<', '&lt;')}</textarea>",
}
ANSWERS = {
    "markup in JSON": json.dumps({"success": True, "data": {"html": f"<ul>{MARKUP}</ul>"}}),
    "records": json.dumps({"datasource": RECORDS}),
    "JSONP": f"callback({json.dumps({'data': RECORDS})});",
    "feed after a comment": "<!-- made --><rss><channel>"
    + "".join(f"<item><title>{t}</title><link>http://a.test{u}</link></item>" for t, u, _ in ROWS)
    + "</channel></rss>",
}


@pytest.mark.parametrize("way", WAYS)
def test_rows_in_the_page_are_read(way: str) -> None:
    page = f"<html><body><div id=list></div>{WAYS[way]}</body></html>"
    found = read_listing(page.encode(), "http://a.test/gg/")
    assert [(link.title, link.url) for link in found.links] == [
        (title, f"http://a.test{url}") for title, url, _ in ROWS
    ]
    assert all(link.published for link in found.links)


@pytest.mark.parametrize("answer", ANSWERS)
def test_answers_of_services_are_read(answer: str) -> None:
    found = read_listing(ANSWERS[answer].encode(), "http://a.test/gg/")
    assert [link.url for link in found.links] == [f"http://a.test{url}" for _, url, _ in ROWS]
    assert found.more == ()  # the address names no number of a page


def test_a_page_that_only_names_its_service_gives_the_request() -> None:
    shell = b'<html><body><div data="datasource:0a1b2c3d"></div></body></html>'
    found = read_listing(shell, "http://a.test/gg/")
    assert found.links == ()
    assert [step.url for step in found.more] == ["http://a.test/gg/ds_0a1b2c3d.json"]


def test_an_index_of_sitemaps_gives_the_requests_for_them() -> None:
    index = b"<sitemapindex><sitemap><loc>http://a.test/s1.xml</loc></sitemap></sitemapindex>"
    found = read_listing(b'<?xml version="1.0"?>' + index, "http://a.test/sitemap.xml")
    assert [step.url for step in found.more] == ["http://a.test/s1.xml"]


def test_a_page_that_is_a_script_alone_is_refused() -> None:
    with pytest.raises(PageError, match="refused"):
        read_listing(b"<html><body><script>var a=[1,2];</script></body></html>", "http://a.t/")


@pytest.mark.parametrize(
    ("script", "second", "last"),
    [
        ("var countPage = 8; var currentPage = 0;", "list_1.shtml", "list_7.shtml"),
        ("$('.p').pagination({pageIndex:0,totalPage:5})", "list_2.shtml", "list_5.shtml"),
        ('laypage({pages:9,jump:function(o){go("l_"+o.curr+".html")}})', "l_2.html", "l_9.html"),
    ],
)
def test_a_pager_that_is_a_script_alone_is_counted(script: str, second: str, last: str) -> None:
    page = f"<html><body><ul>{MARKUP}</ul><script>{script}</script></body></html>"
    more = read_listing(page.encode(), "http://a.test/gg/list.shtml").more
    assert [more[0].url, more[-1].url] == [f"http://a.test/gg/{second}", f"http://a.test/gg/{last}"]
