"""Titles: in full, without the site's name, from where they stand."""

from __future__ import annotations

import pytest

from crawler.pages import titles
from crawler.pages.headline import without_site
from crawler.pages.outline import outline
from crawler.pages.page import Page
from crawler.pages.spelling import clean

PROSE = "<p>街道办事处组织业主代表召开会议，商定维修方案，并在小区公示。</p>" * 6


def page(head: str, body: str = "", metas: str = "") -> Page:
    text = f"<html><head><title>{head}</title>{metas}</head><body>{body}</body></html>"
    return Page(text.encode(), "http://a.test/1.html")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("老楼加梯三步走_经验交流_青陵市住房和城乡建设局", "老楼加梯三步走"),
        ("老楼加梯三步走--民生网", "老楼加梯三步走"),
        ("老楼加梯三步走 - 青陵政府网", "老楼加梯三步走"),
        ("老楼加梯三步走-青陵市物业管理协会", "老楼加梯三步走"),
        ("老楼加梯三步走 | 城事 | 青陵日报", "老楼加梯三步走"),
        ("2019-2025年住房发展规划", "2019-2025年住房发展规划"),
        ("物业服务“三亮”——青陵的做法", "物业服务“三亮”——青陵的做法"),
        ("加强党建引领 提升物业服务", "加强党建引领 提升物业服务"),
    ],
)
def test_the_name_of_the_site_goes(head: str, title: str) -> None:
    assert without_site(head, page(head)) == title


def found(head: str, body: str, metas: str = "") -> str:
    made = page(head, body, metas)
    return titles.find(made, outline(made.root)).text


def test_a_heading_that_the_title_tag_names_wins() -> None:
    body = f"<h1>青陵政府网</h1><h2>老楼加梯“三步走”</h2>{PROSE}"
    assert found("老楼加梯“三步走”_青陵政府网", body) == "老楼加梯“三步走”"


def test_a_cut_title_is_completed() -> None:
    metas = '<meta name="ArticleTitle" content="老楼加梯“三步走”，五楼的奶奶下楼了">'
    body = f"<h1>老楼加梯“三步走”，五楼…</h1>{PROSE}"
    assert found("青陵政府网", body, metas) == "老楼加梯“三步走”，五楼的奶奶下楼了"


def test_a_title_broken_into_lines_is_whole() -> None:
    body = f"<h1>老楼加梯<br>三步走</h1>{PROSE}"
    assert found("老楼加梯三步走-青陵政府网", body) == "老楼加梯三步走"


def test_a_date_in_the_heading_is_no_part_of_it() -> None:
    body = f"<h2>老楼加梯三步走<small>2025年03月31日</small></h2>{PROSE}"
    assert found("老楼加梯三步走_青陵房管网", body) == "老楼加梯三步走"


def test_without_any_help_the_line_over_the_row_is_the_title() -> None:
    body = (
        "<table><tr><td>欢迎来到青陵市物业管理协会网站<tr><td align=center><font size=4><b>"
        f"老楼加梯三步走</b></font><tr><td>发布时间:2019-08-16 来源:青陵日报<tr><td>{PROSE}</table>"
    )
    made = page("青陵市物业管理协会", body)
    lines = outline(made.root)
    assert titles.find(made, lines, (3, len(lines.lines))).text == "老楼加梯三步走"


def test_the_name_of_the_column_is_no_title() -> None:
    body = (
        '<ul><li><a href="/1/">通知公告</a><li><a href="/2/">行业动态</a></ul><h3>通知公告</h3>'
        f"<div class=bt>关于召开年会的通知</div><p>日期：2019-08-16</p>{PROSE}"
    )
    made = page("通知公告", body)
    lines = outline(made.root)
    assert titles.find(made, lines, (5, len(lines.lines))).text == "关于召开年会的通知"


def test_a_title_in_several_lines_of_a_box_is_whole() -> None:
    body = f"<div class=t>青陵市人民政府办公室<br>关于印发实施方案的通知</div>{PROSE}"
    text = "青陵市人民政府办公室关于印发实施方案的通知"
    assert found(f"{text}_青陵政府网", body) == text


def test_kicker_and_subtitle_stand_beside_the_title() -> None:
    body = f"<h3>深度调查</h3><h1>老楼加梯三步走</h1><h4>来自青陵的报告</h4>{PROSE}"
    made = page("老楼加梯三步走_青陵网", body)
    lines = outline(made.root)
    title = titles.find(made, lines)
    assert titles.around(lines, title, 3) == ("深度调查", "来自青陵的报告")


def test_careless_entities_and_tags_are_resolved() -> None:
    assert clean("物业&ldquo;三亮&rdquo; <em>服务</em>【08:05】") == "物业“三亮” 服务"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("老楼加梯三步走_青陵网", "<h1>老楼加梯三步走<span>241</span></h1>"),
        ("老楼加梯三步走 - 青陵，山水之城", "<h1>老楼加梯三步走<span>[<a>编辑</a>]</span></h1>"),
        (
            "青陵物业网:老楼加梯三步走",
            "<p><a href=/1.html>老楼加梯三步走</a></p><p>2019-08-16 青陵日报</p>",
        ),
    ],
)
def test_counts_tools_and_links_of_a_title_are_no_part_of_it(head: str, body: str) -> None:
    made = page(head, body + PROSE)
    lines = outline(made.root)
    first = next(at for at, line in enumerate(lines.lines) if line.size > 20)
    assert titles.find(made, lines, (first, len(lines.lines))).text == "老楼加梯三步走"
