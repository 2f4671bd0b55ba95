"""A page as lines and boxes."""

from __future__ import annotations

from crawler.pages.labels import SOFT
from crawler.pages.outline import Outline, outline
from crawler.pages.parsing import parse


def lines(markup: str, *, hidden: bool = False) -> Outline:
    return outline(parse(f"<html><body>{markup}</body></html>"), hidden=hidden)


def test_blocks_breaks_and_cells_are_lines() -> None:
    made = lines("<p>一<br>二</p><div>三<p>四</p>五</div><table><tr><td>六<td>七</table>")
    assert [line.text for line in made.lines] == list("一二三四五六七")


def test_unknown_tags_are_inline() -> None:
    made = lines("<li>时间：<publishtime>2019-08-16</publishtime> 止</li>")
    assert [line.text for line in made.lines] == ["时间：2019-08-16 止"]
    assert SOFT in made.lines[0].raw


def test_links_are_counted_and_named() -> None:
    made = lines('<p>看<a href="/1.html">这里的<b>文章</b></a>吧</p>')
    assert (made.lines[0].size, made.lines[0].linked) == (7, 5)
    assert [(a.text, a.line) for a in made.anchors] == [("这里的文章", 0)]


def test_scripts_forms_and_hidden_things_are_left_out() -> None:
    markup = "<script>x</script><p style='display:none'>藏</p><textarea>写</textarea><p>显</p>"
    assert [line.text for line in lines(markup).lines] == ["显"]
    assert [line.text for line in lines(markup, hidden=True).lines] == ["藏", "显"]


def test_headings_lists_and_quotes_are_known() -> None:
    made = lines("<h2>题</h2><ul><li>甲<ul><li>乙</ul></ul><blockquote>丙</blockquote>")
    assert [(line.heading, line.item, line.quote) for line in made.lines] == [
        (2, -1, False),
        (0, 0, False),
        (0, 1, False),
        (0, -1, True),
    ]


def test_cells_know_their_place_beyond_spans() -> None:
    made = lines(
        "<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>丙<td>丁<tr><td>戊<td>己<td>庚</table>"
    )
    assert [line.cell for line in made.lines] == [
        (1, 0, 0),
        (1, 0, 1),
        (1, 1, 1),
        (1, 1, 2),
        (1, 2, 0),
        (1, 2, 1),
        (1, 2, 2),
    ]


def test_absurd_spans_are_not_believed() -> None:
    made = lines("<table><tr><td colspan=999999 rowspan=²>甲<td colspan=-3>乙</table>")
    assert [line.cell for line in made.lines] == [(1, 0, 0), (1, 0, 1)]


def test_boxes_cover_their_lines() -> None:
    made = lines("<div id=a><p>一</p><p>二</p></div><div id=b><p>三</p></div>")
    ranges = {box.element.get("id"): (box.first, box.last) for box in made.boxes}
    assert ranges["a"] == (0, 2)
    assert ranges["b"] == (2, 3)


def test_depth_does_not_matter() -> None:
    made = lines("<div>" * 1_500 + "字" + "</div>" * 1_500)
    assert [line.text for line in made.lines] == ["字"]
