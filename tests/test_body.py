"""Blocks and their two written forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from model.body import Block, markdown, plain


def test_plain_is_a_paragraph_a_line_without_images() -> None:
    blocks = [
        Block("heading", "一、总则", 2),
        Block("image", "会场", link="http://a.test/1.png"),
        Block("paragraph", "第一段。"),
        Block("table", "项目\t数量\n电梯\t3"),
    ]
    assert plain(blocks) == "一、总则\n第一段。\n项目\t数量\n电梯\t3"


def test_markdown_keeps_headings_lists_and_tables() -> None:
    blocks = [
        Block("heading", "做法", 2),
        Block("item", "公开"),
        Block("item", "评议", 1),
        Block("quote", "群众说好。"),
        Block("table", "项目\t数|量\n电梯\t3"),
        Block("image", "会场", link="http://a.test/1.png"),
    ]
    assert markdown(blocks) == (
        "## 做法\n\n- 公开\n  - 评议\n\n> 群众说好。\n\n"
        "| 项目 | 数\\|量 |\n| --- | --- |\n| 电梯 | 3 |\n\n![会场](<http://a.test/1.png>)"
    )


@pytest.mark.parametrize(
    "text", ["# 标题", "1. 一", "- 项", "*强*", "<script>x</script>", "[a](b)"]
)
def test_text_is_never_markup(text: str) -> None:
    html = MarkdownIt("commonmark").render(markdown([Block("paragraph", text)]))
    assert html.count("<") == 2
    assert html.startswith("<p>")


@given(st.text("ab一 #*-+=>1.)_[]()<&`\\!|~", min_size=1).map(str.strip).filter(bool))
def test_markdown_gives_the_text_back(text: str) -> None:
    inline = MarkdownIt("commonmark").parse(markdown([Block("paragraph", text)]))
    assert [token.type for token in inline] == ["paragraph_open", "inline", "paragraph_close"]
    children = inline[1].children or []
    assert "".join(child.content for child in children) == text
