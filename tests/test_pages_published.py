"""Which of a page's dates is the day of publication; none where the page tells none."""

from __future__ import annotations

import pytest

from crawler.pages import read_article

BODY = "".join(
    f"<p>{text}</p>"
    for text in (
        "县住房保障中心日前走访十二个住宅区，查看电梯、消防通道和化粪池的维护记录，听取住户意见。",
        "走访组认为，多数小区的维修资金账目清楚，个别小区没有按期公布收支，已当场要求改正。",
        "各小区要在2015年6月底以前补齐台账，逾期不补的，由街道约谈负责人，并且记入信用档案。",
    )
)
RELATED = (
    "<h3>相关新闻</h3><ul><li><a href=/a>关于开展电梯安全检查的通知</a><span>2019-01-02</span></li>"
    "<li><a href=/b>物业服务收费办法开始施行</a><span>2019-01-01</span></li></ul>"
)


def date(row: str = "", *, head: str = "", body: str = "", tail: str = "", url: str = "") -> str:
    page = (
        f"<html><head><meta charset=utf-8><title>住房保障中心走访住宅区</title>{head}</head><body>"
        f"<div><a href=/>首页</a></div><h1>住房保障中心走访住宅区</h1><div>{row}</div>"
        f"<div class=content>{BODY}{body}</div>{tail}<div>{RELATED}</div></body></html>"
    )
    published = read_article(page.encode(), url or "http://a.test/show/7.html").published
    return published.value if published else ""


@pytest.mark.parametrize(
    "row",
    [
        "来源：县房管所",
        "今天是2026年11月25日 星期三",
        "当前时间：2026-11-25 12:33:09",
        "今天 10:27 来源：县房管所",
        "3天前",
        "09-18 10:27",
        "活动时间：2017-10-20",
    ],
)
def test_days_that_are_no_publication_are_not_taken_for_it(row: str) -> None:
    assert date(row) == ""


def test_days_of_comments_and_neighbours_are_not_taken() -> None:
    comments = "<div>网友评论</div><div>张三 2017-09-20 10:00</div><div>说得对，支持。</div>"
    neighbours = "<div>上一篇：<a href=/c>关于缴纳会费的通知</a> 2019-03-04</div>"
    assert date(tail=comments) == ""
    assert date(tail=neighbours) == ""


def test_rows_of_a_side_list_over_the_title_are_not_taken() -> None:
    listed = "<ul><li><a href=/d>关于召开年度会议的通知</a> 2019-03-04</li></ul>"
    head = f"<html><title>走访住宅区</title><body>{listed}"
    page = f"{head}<h1>走访住宅区</h1>{BODY}</body></html>"
    assert read_article(page.encode(), "http://a.test/7.html").published is None


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("20170918", "2017-09-18"),
        ("2017–09–18", "2017-09-18"),
        ("18 September 2017", "2017-09-18"),
        ("Mon Sep 18 10:27:33 CST 2017", "2017-09-18T10:27"),
        ("发布时间：2017-09-18 更新时间：2019-03-04", "2017-09-18"),
        ("活动时间：2017-10-20 发布时间：2017-09-18", "2017-09-18"),
        ("最近编辑于 2019-05-07 22:12", "2019-05-07T22:12"),
    ],
)
def test_rows_tell_the_day(row: str, expected: str) -> None:
    assert date(row) == expected


def test_a_row_of_a_later_edit_gives_way_to_the_first_day() -> None:
    row = "<p>最新推荐文章于 2019-05-07 22:12:13 发布</p><p>办公室 于 2017-09-18 15:47 发布</p>"
    assert date(row) == "2017-09-18T15:47"


def test_a_signature_counts_and_the_day_of_printing_does_not() -> None:
    signed = (
        "<p>某县住房保障中心</p><p>二〇一七年九月十八日</p>"
        "<p>附件：<a href=a.doc>申报表.doc</a></p>"
        "<p>某县住房保障中心办公室 2017年9月19日印发</p>"
    )
    assert date(body=signed) == "2017-09-18"
    assert date("发布时间：2017-09-20", body=signed) == "2017-09-20"


def test_a_folder_of_the_address_tells_the_month_where_nothing_tells_more() -> None:
    url = "http://a.test/content/201709/content_5.htm"
    assert date(url=url) == "2017-09"
    assert date("2017-09-18", url=url) == "2017-09-18"
