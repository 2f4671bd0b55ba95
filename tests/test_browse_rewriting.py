"""Whole pages in another script: texts change, everything else stays as it is."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from browse.rewriting import in_script

PIECES = [
    "<p>", "</p>", "<mark>", "</mark>", "理发", "头发", "物业管理", "&lt;", "<a href='/物业'>",
    "</a>", '<b title="物业">', "</b>", "AI", "里面", "\n", "为", "<br>",
]  # fmt: skip
HTML = st.lists(st.sampled_from(PIECES)).map("".join)
TAGS = re.compile(r"<[^>]*>")


@given(HTML)
def test_tags_stay_and_texts_keep_their_length(html: str) -> None:
    made = in_script(html, "tw")
    assert [re.sub('title="[^"]*"', "", tag) for tag in TAGS.findall(made)] == [
        re.sub('title="[^"]*"', "", tag) for tag in TAGS.findall(html)
    ]
    assert list(map(len, TAGS.split(made))) == list(map(len, TAGS.split(html)))


@given(HTML)
def test_simplified_is_left_alone(html: str) -> None:
    assert in_script(html, "hans") == html


def test_a_word_with_a_mark_inside_stays_one_word() -> None:
    assert in_script("<p>理<mark>发</mark>店</p>", "hant") == "<p>理<mark>髮</mark>店</p>"
    assert in_script("<p>理</p><p>发展</p>", "hant") == "<p>理</p><p>發展</p>"


def test_addresses_scripts_and_what_is_marked_stay() -> None:
    html = (
        '<a href="/search?q=物业" title="物业">物业</a><script>"物业"</script>'
        '<textarea>物业</textarea><!--as-is--><b>物业</b><!--/as-is--><input value="物业">'
    )
    assert in_script(html, "hant") == (
        '<a href="/search?q=物业" title="物業">物業</a><script>"物业"</script>'
        '<textarea>物业</textarea><!--as-is--><b>物业</b><!--/as-is--><input value="物业">'
    )
