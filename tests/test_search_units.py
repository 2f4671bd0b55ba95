"""Units: a run of tokens stands in a stream exactly where its units stand in the text."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.search.folding import fold
from archive.search.highlight import holds
from archive.search.query import Word
from archive.search.units import closers, is_single, phrase, segments, stream

# Few letters, so that pieces repeat and meet in every way.
texts = st.text("甲乙丙a1，。 ", max_size=24)
pieces = st.text("甲乙丙a1，。", min_size=1, max_size=6)


def _row_in(row: list[str], items: list[str]) -> bool:
    return any(items[at : at + len(row)] == row for at in range(len(items) - len(row) + 1))


def _items(text: str) -> list[str]:
    """The units with | for each break: another way to say where things stand."""
    items = []
    for part in re.findall(r"[甲乙丙]|[a1]+|[，。 ]+", text):
        items.append("|" if part[0] in "，。 " else part)
    return items


def _answer(piece: str, text: str) -> bool:
    """What the index answers."""
    asked = phrase(segments(piece))
    parts = segments(text)
    units = {unit for part in parts for unit in part}
    return _row_in(list(asked.tokens), stream(parts)) and set(asked.lone) <= units


@settings(max_examples=300, deadline=None)
@given(text=texts, piece=pieces)
def test_a_phrase_is_found_where_reading_finds_it(text: str, piece: str) -> None:
    parts = segments(piece)
    if not parts:
        return
    asked = phrase(parts)
    row = _items(piece.strip("，。 "))
    if not asked.lone or len(parts) == 1:
        assert _answer(piece, text) == _row_in(row, _items(text))
    elif _row_in(row, _items(text)):
        assert _answer(piece, text)  # a lone unit may stand elsewhere, never be missed


@settings(max_examples=300, deadline=None)
@given(text=texts, piece=pieces)
def test_reading_through_and_the_index_say_the_same(text: str, piece: str) -> None:
    parts = tuple(map(tuple, segments(piece)))
    if parts:
        assert holds(Word(piece, parts), text) == _answer(piece, text)


@settings(deadline=None)
@given(text=texts, unit=st.sampled_from(["甲", "乙", "a", "1", "a1"]))
def test_with_closers_every_unit_begins_a_token(text: str, unit: str) -> None:
    parts = segments(text)
    starts = re.compile(re.escape(unit) + ("" if is_single(unit) else "(?![a1])"))
    tokens = stream(parts) + closers(parts)
    assert any(map(starts.match, tokens)) == any(unit in part for part in parts)


@settings(deadline=None)
@given(st.text())
def test_tokens_are_words_for_the_ascii_tokenizer(text: str) -> None:
    for token in stream(segments(fold(text))):
        assert token
        assert all(char.isalnum() or not char.isascii() for char in token)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("截至2019年8月", "截至 至2019 2019·年 年8 8·月"),
        ("好", "好"),
        ("养老，社区", "养老 社区"),
        ("工作，作为", "工作 作¶作 作为"),
        ("3.15晚会", "3 3¶15 15·晚 晚会"),
        ("建发〔2019〕38号", "建发 发¶2019 2019 2019¶38 38·号"),
        ("，。", ""),
        ("かな한글", "かな な한 한글"),
    ],
)
def test_streams(text: str, tokens: str) -> None:
    assert stream(segments(text)) == tokens.split()


def test_overlapping_pairs_do_not_cross_a_break() -> None:
    assert not _answer("工作为", "工作，作为")
    assert not _answer("工作，作为", "工作为")
    assert _answer("工作，作为", "做好工作。作为")


def test_a_lone_character_beside_a_break_is_asked_for_by_itself() -> None:
    assert phrase(segments("年，全市")).lone == ("年",)
    assert phrase(segments("衣、食、住、行")).lone == ("衣", "行")
    assert phrase(segments("3.15")).lone == ()


def test_units_of_a_segment_stay_in_order() -> None:
    for left, right in pairwise(segments("第1届AI大会2026")[0]):
        assert left + right in "第1届AI大会2026"
