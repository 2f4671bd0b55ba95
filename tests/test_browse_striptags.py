"""Text of raw pages: what a reader would have seen, whatever the page is made of."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from browse.striptags import text_of

MARKUP = [
    "<p>", "</p>", "<!--", "-->", "<script>", "</script>", "<a title='", "'>", '"', "<", ">",
    "文字",    "&amp;", "<b", "/>", "<head>", "\n", "<svg>", "</", "<!", "İ",
]  # fmt: skip
PIECES = st.lists(st.sampled_from(MARKUP))


def test_blocks_are_lines_and_inline_elements_are_not() -> None:
    page = "<html><head><title>t</title></head><h1>标<b>题</b></h1><p>一<br>二&nbsp;三</p>"
    assert text_of(page.encode(), "text/html; charset=utf-8") == ["标题", "一", "二 三"]


def test_scripts_comments_and_attributes_are_no_text() -> None:
    page = (
        '<p title="a>b">甲</p><!-- <p>乙</p> --><script>if (a<b) "丙"</script>'
        "<STYLE>丁</STYLE><p>戊</p>"
    )
    assert text_of(page.encode(), "") == ["甲", "戊"]


def test_a_sign_that_is_no_tag_stays() -> None:
    assert text_of("3 < 5，a<中".encode(), "text/html; charset=utf-8") == ["3 < 5，a<中"]


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030", "big5", "utf-8"])
def test_the_page_or_its_server_names_the_characters(charset: str) -> None:
    body = f'<meta charset="{charset}"><p>社區物業</p>'.encode(
        "gb18030" if "gb" in charset else charset
    )
    assert text_of(body, "text/html") == ["社區物業"]
    assert text_of(body.replace(b"charset", b"nothing"), f"text/html; charset={charset}") == [
        "社區物業"
    ]


@given(PIECES)
def test_no_page_breaks_it(pieces: list[str]) -> None:
    lines = text_of("".join(pieces).encode(), "text/html; charset=utf-8")
    assert all(lines)


@pytest.mark.parametrize(
    "piece", ["<!--", "<script>", "<p a='", '<p a="', "<", "<a ", "<head>", "'\"", "<svg"]
)
def test_a_megabyte_of_anything_is_read_at_once(piece: str) -> None:
    body = (piece * (1_000_000 // len(piece))).encode()
    started = time.perf_counter()
    text_of(body, "text/html; charset=utf-8")
    assert time.perf_counter() - started < 5
