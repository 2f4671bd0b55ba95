"""One row of a listing, whatever its shape."""

from __future__ import annotations

import pytest

from crawler.pages.fragment import fragment
from crawler.pages.page import Page
from crawler.pages.rows import Row, clean_title, of_elements
from model.source import Listing

FULL = "北京：电动自行车充电，怎样既下楼又进棚"


def rows(markup: str, url: str = "http://a.test/list/") -> list[Row]:
    page = Page(b"<p>x</p>", url)
    return list(of_elements(page, Listing(), [fragment(markup)]))


@pytest.mark.parametrize(
    "markup",
    [
        f'<li><a href="./1.html" title="{FULL}">北京：电动自行车…</a><span>2019-08-16</span></li>',
        f'<li>·<a href="1.html">{FULL}</a><em>[ 2019-08-16 ]</em></li>',
        f'<li><a href="1.html">{FULL}</a><span>2019/08/16</span></li>',
        f'<li><a href="1.html">{FULL}</a><span>19-08-16</span></li>',
        f'<li><span>2019.08.16</span><a href="1.html">·  {FULL}</a></li>',
        f'<a href="1.html"><div>{FULL}</div><div>[2019-08-16]</div></a>',
        f'<a href="1.html">{FULL}时间:2019-08-16</a>',
        f'<li><a href="1.html"><img src=a></a><a href="1.html">{FULL}</a><i>2019年8月16日</i></li>',
        f'<li><b>16</b><span>2019-08</span><a href="1.html">{FULL}</a></li>',
        f'<a href="1.html" title="文章标题：{FULL}\n更新时间：2019/8/16 10:20">北京：电动</a>',
        f'<dl><dt><a href="1.html">{FULL}</a></dt><dd>发布日期：2019-08-16 浏览：7</dd></dl>',
    ],
)
def test_link_full_title_and_date(markup: str) -> None:
    (row,) = rows(markup)
    assert row.url == "http://a.test/list/1.html"
    assert row.title == FULL
    assert row.published is not None
    assert row.published.value[:10] == "2019-08-16"
    assert row.published.origin == "listing"


@pytest.mark.parametrize(
    "markup",
    [
        "<li>&nbsp;</li>",
        '<li class="line"></li>',
        '<li><a href="javascript:go(2)">下一页</a></li>',
        '<li><a href="#">更多</a></li>',
        '<li><a href="/x/">更多</a></li>',
        '<li>共12条 第1/2页<a href="list_2.html">下页</a></li>',
    ],
)
def test_separators_and_pagers_are_no_rows(markup: str) -> None:
    assert rows(markup) == []


def test_a_date_without_a_year_counts_only_where_the_address_knows_it() -> None:
    markup = f'<li><a href="{{}}">{FULL}</a><span>08-16</span></li>'
    (unknown,) = rows(markup.format("/info/7.htm"))
    assert unknown.published is None
    (known,) = rows(markup.format("/2019/0816/7.htm"))
    assert known.published is not None
    assert known.published.value == "2019-08-16"


def test_a_heading_over_the_rows_can_state_the_year() -> None:
    page = Page(b"<p>x</p>", "http://a.test/list/")
    root = fragment(f'<h3>2019年</h3><ul><li><a href="/a.htm">{FULL}</a> 08-16</li></ul>')
    (row,) = of_elements(page, Listing(), root.iter("li"))
    assert row.published is not None
    assert row.published.value == "2019-08-16"


def test_a_title_that_holds_a_date_keeps_it() -> None:
    assert clean_title("2019年8月16日物业工作会议纪要") == "2019年8月16日物业工作会议纪要"
    assert clean_title("· 关于召开会议的通知 [2019-08-16]") == "关于召开会议的通知"
