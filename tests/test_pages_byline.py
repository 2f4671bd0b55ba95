"""The row under a title, in all the forms that sites give it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pages import byline

ROWS: list[tuple[str, dict[str, Any]]] = [
    (
        "发布时间:2019-08-16    来源:人民网     阅读次数:1008",
        {"published": "2019-08-16", "outlet": "人民网", "read_count": 1008},
    ),
    (
        "發(fā)布時(shí)間:2019-08-16    來源:人民網(wǎng)     閱讀次數(shù):1008",
        {"published": "2019-08-16", "outlet": "人民網(wǎng)", "read_count": 1008},
    ),
    (
        "来源: | 发布时间: 2018-05-17 | 浏览次数: 2168",
        {"published": "2018-05-17", "read_count": 2168},
    ),
    (
        "来源：本站原创 作者：物业科时间：2019年10月31日 23:00 浏览： 33",
        {
            "published": "2019-10-31T23:00",
            "outlet": "本站原创",
            "author": "物业科",
            "read_count": 33,
        },
    ),
    (
        "发布日期：2016-11-22 浏览次数： 信息来源：省住建厅",
        {"published": "2016-11-22", "outlet": "省住建厅"},
    ),
    ("发布日期：2019-03-06 责任编辑：龙慧", {"published": "2019-03-06", "editor": "龙慧"}),
    ("2014-12-13 21:43:13 来源: 作者: 【 】 浏览:72次 评论:0", {"read_count": 72}),
    (
        "2019年06月15日08:18  来源：\x1f人民网-文化频道\x1f   分享到：",
        {"outlet": "人民网-文化频道"},
    ),
    (
        "时间：2019-09-18 06:23 来源： 山西日报 打印 字体： 放大 正常 缩小 分享",
        {"published": "2019-09-18T06:23", "outlet": "山西日报"},
    ),
    (
        "发表时间:2012-03-15 阅读次数:14040次   字体:",
        {"published": "2012-03-15", "read_count": 14040},
    ),
    ("【信息时间：2017/11/10  阅读次数：】【我要打印】【关闭】", {"published": "2017-11-10"}),
    ("发布日期: 2012-06-24 字号: [大] [中] [小] [打印]", {"published": "2012-06-24"}),
    ("安然/2017-11-24/动态/发布:物业头条网", {"outlet": "物业头条网", "author": "安然"}),
    ("编辑:物业经理人2023-09-03", {"editor": "物业经理人"}),
    (
        "当前页面：\n首页\n发布人：\n李四\n发布时间：\n2020-01-02\n审核人：\n王五",
        {"published": "2020-01-02", "editor": "李四", "reviewer": "王五"},
    ),
    ("新闻来源：\x1f中国建设报 浏览次数：", {"outlet": "中国建设报"}),
    (
        "来 源：新华社　　作 者：王　明　　责任编辑：李四、赵五",
        {"outlet": "新华社", "author": "王明", "editor": "李四、赵五"},
    ),
    ("稿源：荆楚网 编辑：王五 2015年3月2日", {"outlet": "荆楚网", "editor": "王五"}),
    ("日期：20190816 浏览量：1.2万", {"published": "2019-08-16", "read_count": 12000}),
    (
        "时间：2019-09-18 来源：人民日报海外版（记者 张三）",
        {"published": "2019-09-18", "outlet": "人民日报海外版", "author": "张三"},
    ),
    ("文/张三 图/李四", {"author": "张三"}),
    (
        "来源：塞上信息\x1f 日期：2015-03-02 【字体：大 中 小】",
        {"outlet": "塞上信息", "published": "2015-03-02"},
    ),
]
FIELDS = ("published", "outlet", "author", "editor", "reviewer", "read_count")


@pytest.mark.parametrize(("row", "said"), ROWS, ids=[row[:16] for row, _ in ROWS])
def test_each_field_is_told_apart(row: str, said: dict[str, Any]) -> None:
    made = byline.read(row)
    found = {name: getattr(made, name) for name in FIELDS}
    found["published"] = made.published.value if made.published else None
    assert {name: value for name, value in found.items() if value} == said


def test_dates_of_other_kinds_are_kept_apart() -> None:
    made = byline.read("成文日期：2019-01-02 发布日期：2019-02-03 施行日期：2019-03-04")
    assert made.published is not None
    assert made.published.value == "2019-02-03"
    assert {name: when.value for name, when in made.dated.items()} == {
        "signed": "2019-01-02",
        "in_force": "2019-03-04",
    }


def test_what_has_no_label_is_left_over() -> None:
    made = byline.read("2012年01月12日 17:38\x1f\x1f新华网\x1f我要评论")
    assert [when.value for when in made.bare] == ["2012-01-12T17:38"]
    assert "新华网" in made.rest


def test_an_empty_value_does_not_take_the_next_line() -> None:
    assert byline.read("时间：2020-01-02 来源：\n各会员单位：").outlet == ""


def test_a_cell_of_its_own_is_answered_by_the_next() -> None:
    assert byline.read("来源：\n市住建局\n发布时间：\n2020-01-02").outlet == "市住建局"


def test_the_value_of_one_label_can_be_asked_for() -> None:
    assert byline.value_of_label("作者：张三 来源：新华社", "来源") == "新华社"
    assert byline.value_of_label("作者：张三", "来源") == ""


@given(st.text(alphabet="来源作者时间：:2019-08 /|【】\x1f\n张三（）次", max_size=60))
def test_any_row_is_read(row: str) -> None:
    made = byline.read(row)
    assert made.read_count is None or made.read_count >= 0
