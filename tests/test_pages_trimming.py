"""What is cut from the end of a body and from its middle, and what stays."""

from __future__ import annotations

import pytest

from crawler.pages.outline import Line, outline
from crawler.pages.parsing import parse
from crawler.pages.trimming import readable, trimmed

PROSE = "".join(f"<p>第{n}段，街道办事处组织业主代表召开会议，商定维修方案。</p>" for n in range(8))


def kept(markup: str) -> list[str]:
    made = outline(parse(f"<html><body>{markup}</body></html>"))
    first, last = trimmed(made, 0, len(made.lines))
    return [line.text for line in made.lines[first:last]]


@pytest.mark.parametrize(
    "tail",
    [
        "责任编辑：张三",
        "本文共阅读33次",
        "浏览次数：",
        "(责编：甲、乙)",
        "编辑：李四 审核：王五",
        "上一篇：关于物业收费的通知",
        "【打印】【关闭】",
        "打印本页 关闭窗口",
        "相关链接",
        "相關新聞》",
        "扫一扫在手机打开当前页",
        "分享到：",
        "版权声明：凡本网注明来源的稿件",
        "免责声明：本文仅代表作者本人观点",
        "更多物业新闻",
        "（完）",
        "《民生日报》（ 2026年03月12日 11 版）",
        "ICP备案编号：青ICP备19001751号",
        "返回顶部",
    ],
)
def test_tails_go(tail: str) -> None:
    assert len(kept(f"{PROSE}<p>{tail}</p>")) == 8


@pytest.mark.parametrize(
    "last",
    [
        "青陵市住房和城乡建设局",
        "2019年8月16日",
        "协会设立监督电话：0576-5550811，每季度公布一次受理情况。",
        "（联系人：乌云嘎；电话：0471-5550132）",
        "附件内容以正式印发的为准。",
        "情节严重的，吊销许可证。市民可以拨打12319举报，经查实的给予奖励。",
        "编辑部的同志们说，这样的做法值得推广。",
        "上一年度的结余转入本年度使用。",
    ],
)
def test_last_words_of_an_article_stay(last: str) -> None:
    assert kept(f"{PROSE}<p>{last}</p>")[-1] == last


def test_all_that_follows_a_tail_goes_with_it() -> None:
    links = "".join(f'<li><a href="/{n}.html">另一篇文章的题目{n}</a></li>' for n in range(6))
    assert len(kept(f"{PROSE}<h4>推荐阅读</h4><ul>{links}</ul>")) == 8


def lines(markup: str) -> list[Line]:
    return outline(parse(f"<html><body>{markup}</body></html>")).lines


def test_lists_of_links_in_the_middle_go() -> None:
    links = "".join(f'<li><a href="/{n}.html">别的文章{n}</a></li>' for n in range(4))
    found = readable(lines(f"{PROSE}<div>推荐阅读</div><ul>{links}</ul>{PROSE}"))
    assert len(found) == 16


def test_a_page_of_links_keeps_them() -> None:
    links = "".join(f'<li><a href="/{n}.html">文件的名称{n}</a></li>' for n in range(4))
    assert len(readable(lines(f"<ul>{links}</ul>"))) == 4


def test_pagers_go_and_numbers_stay() -> None:
    found = readable(lines(f'{PROSE}<p>2019</p><p><a href="?page=2">[2]</a> 下一页</p>'))
    assert found[-1].text == "2019"
    assert len(found) == 9


def test_links_that_name_attachments_go() -> None:
    found = readable(lines(f'{PROSE}<p>附件：<a href="/a.doc">申请表.doc</a></p>'), ["申请表.doc"])
    assert len(found) == 8
