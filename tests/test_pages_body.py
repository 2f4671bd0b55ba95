"""Lines of a body to blocks."""

from __future__ import annotations

from crawler.pages.body import blocks
from crawler.pages.outline import outline
from crawler.pages.parsing import parse
from model.article import Image
from model.body import Block

BASE = "http://a.test/2019/1.html"


def made(markup: str) -> tuple[tuple[Block, ...], tuple[Image, ...]]:
    return blocks(outline(parse(f"<html><body>{markup}</body></html>")).lines, BASE)


def test_paragraphs_come_from_any_markup() -> None:
    expected = (Block("paragraph", "第一段。"), Block("paragraph", "第二段。"))
    for markup in (
        "<p>　　第一段。</p><p>&nbsp;&nbsp;第二段。</p>",
        "　　第一段。<br><br>　　第二段。",
        "<div>第一段。</div><div><span style='font-family:仿宋'>第二</span><o:p>段。</o:p></div>",
        "<table><tr><td>第一段。<p>第二段。</table>",
    ):
        assert made(markup)[0] == expected


def test_headings_items_and_quotes_keep_their_kind() -> None:
    kinds = made("<h3>题</h3><ol><li>甲<li>• 乙</ol><blockquote>丙</blockquote>")[0]
    assert kinds == (
        Block("heading", "题", 3),
        Block("item", "甲"),
        Block("item", "乙"),
        Block("quote", "丙"),
    )


def test_tables_of_data_stay_tables_and_layout_does_not() -> None:
    data = "<table><tr><th>项目<th>单价<tr><td>电梯<td>0.3<tr><td>保洁<td>0.2</table>"
    assert made(data)[0] == (Block("table", "项目\t单价\n电梯\t0.3\n保洁\t0.2"),)
    layout = f"<table><tr><td>{'很长的一段文字。' * 100}<td>边<tr><td>又一段。<td>边</table>"
    assert {block.kind for block in made(layout)[0]} == {"paragraph"}


def test_a_table_in_a_layout_table_is_still_a_table() -> None:
    inner = "<table><tr><td>甲<td>1<tr><td>乙<td>2</table>"
    found = made(f"<table><tr><td><p>前文。</p>{inner}<p>后文。</p></table>")[0]
    assert [block.kind for block in found] == ["paragraph", "table", "paragraph"]


def test_cells_of_several_lines_become_one() -> None:
    found = made("<table><tr><td>甲<br>乙<td>1<tr><td>丙<td>2</table>")[0]
    assert found[0].text == "甲 乙\t1\n丙\t2"


def test_pictures_have_address_name_and_caption() -> None:
    found, images = made(
        '<p><img src="./W0201.png" alt="QQ截图20190816102745.png"></p>'
        '<p><img data-src="/a/b.jpg" src="/img/loading.gif" alt="改造后的小区"></p>'
    )
    assert images == (
        Image("http://a.test/2019/W0201.png", "QQ截图20190816102745.png"),
        Image("http://a.test/a/b.jpg", "b.jpg", "改造后的小区"),
    )
    assert [block.kind for block in found] == ["image", "image"]
    assert found[1].text == "改造后的小区"


def test_icons_pasted_data_and_lost_files_are_no_pictures() -> None:
    assert made(
        '<img src="data:image/png;base64,AAAA"><img src="file:///C:/a.jpg">'
        '<img src="/images/icon_doc.gif"><img src="/a.gif" width=1 height=1>'
    ) == ((), ())


def test_the_same_picture_is_named_once() -> None:
    assert len(made('<p><img src="/a.jpg"></p><p><img src="/a.jpg"></p>')[1]) == 1
