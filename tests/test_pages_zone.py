"""Names around the title: none is found where the page shows none."""

from __future__ import annotations

import pytest

from crawler.pages import read_article

BODY = "".join(
    f"<p>第{n}组走访了三个住宅区，查看电梯和消防通道，听取住户的意见。</p>" for n in range(6)
)

SILENT = """
2017-09-18 <a>打印</a> <a>收藏</a> <a>展开</a>
2017-09-18 <a>人人网</a> <a>开心网</a> <a>QQ空间</a> <a>腾讯微博</a>
2017-09-18 <a href="http://oa.b.test">OA系统</a> <a href="http://mail.b.test">企业邮箱</a>
2017-09-18 广州
2017-09-18 时尚 公益 党建
<span>2017-09-18</span><a href="/xw/">新闻中心</a>
发布时间：2017-09-18 来源： 分享到：<a>微信</a><a>新浪微博</a>
发布时间：2017-09-18 文章来源： 作者： 浏览次数：12 字体：大 中 小
2017-09-18 来源: 作者: 【 】 浏览:72次 评论:0
2017-09-18 来源：选稿：王敏
2017-09-18 <a href="#c">我来说两句</a>
标签：<a>物业</a><a>常州</a><a>高新区</a> 2017-09-18
2017-09-18 摄影：王强
2017-09-18 简体版 无障碍 关怀版
<table><tr><td>成文日期</td><td>2017-09-12</td></tr><tr><td>发布机构</td><td>市住建局</td></tr></table>
""".strip().splitlines()


def names(row: str) -> tuple[str, str]:
    page = (
        f"<html><title>走访住宅区</title><body><h1>走访住宅区</h1><p>{row}</p>{BODY}</body></html>"
    )
    article = read_article(page.encode(), "http://a.test/7.html")
    return article.outlet, article.author


@pytest.mark.parametrize("row", SILENT)
def test_no_name_is_invented(row: str) -> None:
    assert names(row) == ("", "")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("<span>2017-09-18 10:27</span><span>人民日报</span>", ("人民日报", "")),
        ("2017-09-18 <a href='http://b.test'>城市观察者</a>", ("城市观察者", "")),
        ("2017-09-18 来源：成都日报 记者：王小丽", ("成都日报", "王小丽")),
        ("<b>2017-09-18</b> <i>张小明</i>", ("", "张小明")),
    ],
)
def test_names_that_are_there_are_found(row: str, expected: tuple[str, str]) -> None:
    assert names(row) == expected


@pytest.mark.parametrize(
    "note",
    [
        "（2023年8月29日清河市人民政府令第12号公布，自2023年10月1日起施行）",
        "(2019年3月1日市人大常委会第二次会议通过)",
    ],
)
def test_when_a_rule_was_passed_is_of_its_text(note: str) -> None:
    page = (
        "<html><title>清河市物业管理条例</title><body><h1>清河市物业管理条例</h1>"
        f"<div class='info'>发布时间：2023-09-01</div><div class='text'><p>{note}</p>{BODY}</div>"
    )
    article = read_article(page.encode(), "http://a.test/7.html")
    assert article.text.startswith(note)
    assert article.published
    assert article.published.value == "2023-09-01"
