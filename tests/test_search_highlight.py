"""Highlighting: words are marked in the text as it stands, in either script, and nothing else."""

from __future__ import annotations

import html
import re

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shelf import prose

from archive.search import QueryError, mark, snippet, spans

TRADITIONAL = opencc.OpenCC("s2tw")


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("社区养老服务", "养老", "社区[养老]服务"),
        ("社區養老服務", "养老", "社區[養老]服務"),
        ("社区养老服务", "養老", "社区[养老]服务"),
        ("AI时代，ＡＩ大会，MAIN", "ai", "[AI]时代，[ＡＩ]大会，MAIN"),
        ("建发〔2019〕38号，138号", "建发[2019]38号", "[建发〔2019〕38号]，138号"),
        ("工作，作为", "工作作", "工作，作为"),
        ("工作，\n作为", "工作。作为", "[工作，\n作为]"),
        ("养老与社区", "养老 社区", "[养老]与[社区]"),
        ("养老与社区", "养老 -社区", "[养老]与社区"),
        ("养老服务", "养老 老服", "[养老服]务"),
        ("甲乙丙", "标题:乙", "甲[乙]丙"),
        ("年，全市；今年", "年，全市", "[年，全市]；今[年]"),
        ("新华社", "来源:新华社", "新华社"),
        ("", "养老", ""),
    ],
)
def test_marks(text: str, query: str, marked: str) -> None:
    assert mark(text, query, escape=str, before="[", after="]") == marked


def test_html_is_escaped_and_marks_are_not() -> None:
    text = "<script>养老</script> & 社区"
    shown = mark(text, "养老 script")
    assert shown == (
        "&lt;<mark>script</mark>&gt;<mark>养老</mark>&lt;/<mark>script</mark>&gt; &amp; 社区"
    )
    assert "<script" not in snippet(text, "养老")


def test_marks_stand_in_the_same_places_in_either_script() -> None:
    for _, _, body in prose(60):
        for query in ("养老", "治理 OR 物业管理", "干净 里程"):
            assert spans(body, query) == spans(TRADITIONAL.convert(body), query)


@settings(deadline=None)
@given(st.text("养老社区，<&a \n", max_size=80), st.text("养老社区a ", max_size=6))
def test_marking_changes_nothing_else(text: str, query: str) -> None:
    try:
        shown = mark(text, query)
    except QueryError:
        return
    assert html.unescape(re.sub("</?mark>", "", shown)) == text
    for start, end in spans(text, query):
        assert 0 <= start < end <= len(text)


@settings(deadline=None)
@given(st.text("养老社区，a \n", max_size=300), st.integers(10, 120))
def test_a_snippet_is_a_short_piece_of_the_text(text: str, width: int) -> None:
    shown = snippet(text, "养老", width, escape=str, before="", after="")
    assert shown.strip("…") in re.sub(r"\s", " ", text)
    assert len(shown.strip("…")) <= width
    assert shown.startswith("…") or text.startswith(text[: len(shown)])


def test_a_snippet_shows_where_most_words_stand() -> None:
    text = "养老。" + "无关的内容，" * 50 + "社区与养老服务。" + "无关的内容，" * 50
    shown = snippet(text, "养老 社区", 40)
    assert "<mark>社区</mark>与<mark>养老</mark>" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")


def test_a_snippet_without_a_hit_is_the_beginning() -> None:
    assert snippet("开头" + "内容" * 200, "没有", 10) == "开头内容内容内容内容…"
    assert snippet("短", "没有") == "短"


def test_a_snippet_cuts_a_long_hit() -> None:
    text = "养老" * 200
    assert snippet(text, "养老" * 40, 20, escape=str, before="[", after="]").strip("…[]")


def test_very_many_hits_are_marked_within_bounds() -> None:
    assert 0 < len(spans("的" * 100_000, "的")) <= 100_000
