"""Bodies as HTML: whatever the text holds, only our own markup comes out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from browse.rendering import plain_html, render
from model.body import Block, markdown, plain

LINES = st.text(
    st.characters(
        blacklist_categories=["Cs"], blacklist_characters="\n\r\t\0\x0b\x0c\x1c\x1d\x1e\x85"
    ),
    max_size=60,
)
BLOCKS = st.lists(
    st.builds(
        Block, st.sampled_from(["paragraph", "heading", "item", "quote"]), LINES, st.integers(0, 3)
    ),
    max_size=6,
)
TAGS = {
    "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "em", "strong", "code",
    "pre", "hr", "br", "a", "mark", "span", "div", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


@given(BLOCKS)
def test_only_our_own_tags_come_out(blocks: list[Block]) -> None:
    html = str(render(markdown(blocks)).html)
    assert set(re.findall(r"<(\w+)", html)) <= TAGS
    assert not re.search(r"<[^>]*\son\w+=", html)


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "[a](javascript:alert(1))", "<javascript:alert(1)>", "&lt;b&gt;",
     "![x](data:text/html,x)", "[a]: javascript:x\n\n[a]", "<b onclick=x>"],
)  # fmt: skip
def test_markup_in_a_text_stays_text(text: str) -> None:
    for made in (render(text), render(markdown([Block("paragraph", text)])), plain_html(text)):
        html = str(made.html)
        assert "<script" not in html
        assert "<b" not in html.replace("<blockquote", "")
        assert 'href="javascript' not in html
        assert 'src="' not in html


def test_tables_lists_and_headings_are_kept() -> None:
    blocks = [
        Block("heading", "一、总则", 1),
        Block("table", "项目\t一级\n保洁\t1"),
        Block("item", "甲", 0),
        Block("item", "乙", 1),
    ]
    made = render(markdown(blocks))
    html = str(made.html)
    assert '<h2 id="p1">一、总则</h2>' in html
    assert "<td>保洁</td>" in html
    assert html.count("<ul>") == 2
    assert [(h.id, h.level, h.text) for h in made.headings] == [("p1", 1, "一、总则")]


def test_found_words_and_guesses_are_marked_together() -> None:
    blocks = [Block("paragraph", "第一段。"), Block("paragraph", "请不了为难的人。")]
    text = plain(blocks)
    start = text.index("为")
    made = render(
        markdown(blocks),
        found=lambda piece: [(m.start(), m.end()) for m in re.finditer("了为难", piece)],
        doubtful=[(start, start + 1)],
        plain=text,
    )
    assert '请不<mark>了<span class="guess">为</span>难</mark>的人' in str(made.html)
    assert made.marks == 1


def test_a_picture_is_what_the_page_makes_of_it() -> None:
    body = markdown([Block("image", "图注", link="http://a.test/x.png")])
    assert "img" not in str(render(body).html)
    made = render(body, picture=lambda address, caption, number: f"[{address}|{caption}|{number}]")
    assert "[http://a.test/x.png|图注|1]" in str(made.html)


def test_plain_lines_are_paragraphs() -> None:
    assert str(plain_html("甲\n\n 乙<").html) == '<p id="p1">甲</p>\n<p id="p2"> 乙&lt;</p>'
