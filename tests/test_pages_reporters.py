"""Who wrote an article, as its own paragraphs say."""

from __future__ import annotations

import pytest

from crawler.pages.reporters import in_row, reporter

PROSE = "昨日，记者从市住建局获悉，全市老旧小区改造工作全面启动，年内完工。"


@pytest.mark.parametrize(
    ("first", "names"),
    [
        ("本报讯（记者 张三）近日，市住建局召开会议。", "张三"),
        ("新华社青陵5月9日电（记者邹伟）全市召开会议。", "邹伟"),
        ("新华社青陵5月19日电（刘艺、杨吉）专家介绍。", "刘艺、杨吉"),
        ("（青陵日报记者 梁静 通讯员 李静）日前，", "梁静、李静"),
        ("新华社记者邹多为、唐诗凝、丁乐", "邹多为、唐诗凝、丁乐"),
        ("【台灣新生報／記者蘇湘雲／台北報導】", "蘇湘雲"),
        ("記者陳鈞凱／台北報導", "陳鈞凱"),
        ("东方网记者曹磊5月13日报道：今年是", "曹磊"),
        ("文丨特约评论员 韩涵", "韩涵"),
        ("作者：张三", "张三"),
    ],
)
def test_first_lines(first: str, names: str) -> None:
    assert reporter([first, PROSE, PROSE])[0] == names


@pytest.mark.parametrize(
    ("last", "names"),
    [
        ("文/栗思", "栗思"),
        ("作者 王之言 高孜然", "王之言、高孜然"),
        ("中青报·中青网记者 魏其濛 来源：中国青年报", "魏其濛"),
        (PROSE + "（钟才文）", "钟才文"),
        (PROSE + "（作者：南帆，系大学研究员）", "南帆"),
    ],
)
def test_last_lines(last: str, names: str) -> None:
    assert reporter([PROSE] * 6 + [last])[0] == names


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        PROSE + "（完）",
        PROSE + "（试行）",
        "据了解，记者在现场看到，",
        "记者从现场了解到，小区",
    ],
)
def test_nobody_is_invented(text: str) -> None:
    assert reporter([text] * 5) == ("", "")


def test_a_row_without_labels() -> None:
    assert in_row(["2012-01-17", "中國時報 邱俐穎／台北報導"]) == "邱俐穎"
