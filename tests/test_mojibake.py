"""Text read in a wrong charset: found, undone, and never invented."""

from __future__ import annotations

import pytest
from ftfy import bad_codecs
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import mojibake

bad_codecs.ok()
LINES = [
    "清河市物业管理协会关于印发通知的通知",
    "近日，全市六十二个小区完成了公示，业主可以在小区门口看到收支情况。",
    "我们在会上学习了其他城市的经验，大家都说“有用”。",
    "2019年8月16日，（记者 王明）从市住房和城乡建设局了解到",
    "一是公开服务标准；二是公开收费；三是公开维修资金的使用。",
]
TRADITIONAL = "近日，全市六十二個小區完成了公示，業主可以在小區門口看到收支的情況。"


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("utf-8", "latin-1"),
        ("utf-8", "sloppy-windows-1252"),
        ("gbk", "latin-1"),
        ("gbk", "sloppy-windows-1252"),
    ],
)
def test_chinese_read_as_latin_comes_back_whole(line: str, written: str, read: str) -> None:
    wrong = line.encode(written).decode(read)
    made, count = mojibake.undo(f"标题\n{wrong}\n完")
    assert made == f"标题\n{line}\n完"
    assert count


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("errors", ["replace", "ignore"])
def test_utf8_read_as_gbk_comes_back_but_for_what_was_lost(line: str, errors: str) -> None:
    wrong = line.encode().decode("gbk", errors)
    made, count = mojibake.undo(wrong)
    assert count
    assert "\ufffd" in made
    kept = [part for part in made.split("\ufffd") if part]
    assert sum(map(len, kept)) > len(line) * 0.6
    place = 0
    for part in kept:  # what is there was there, in this order
        place = line.index(part, place) + len(part)


def test_a_loss_that_was_stored_is_marked_character_by_character() -> None:
    wrong = "物业\ufffd\ufffd服务\ufffda".encode().decode("gbk", "replace")
    assert "锟斤拷" in wrong
    assert mojibake.undo("锟斤拷锟斤拷")[0] == "\ufffd" * 4
    assert mojibake.undo("锟絘bc")[0] == "\ufffdabc"


def test_gbk_and_big5_read_as_each_other() -> None:
    simplified = "住房城乡建设部门应当会同街道办事处指导业主大会的工作"
    assert mojibake.undo(simplified.encode("gbk").decode("big5hkscs")) == (simplified, 1)
    wrong = TRADITIONAL.encode("big5").decode("gb18030")
    assert mojibake.undo(wrong) == (TRADITIONAL, 1)


@pytest.mark.parametrize(
    "text",
    [
        *LINES,
        TRADITIONAL,
        "café, naïve, Ñandú, Ahmet·Özal, «süß», Đặng Thị, ÄÖÜ äöü ßß, ÉÈÊË",
        "××市××路，30°C±2，×÷±§¶°，“×××”…",
        "龚盉甌邕鄯琊邛崃",
        "锟铻剑",
    ],
)
def test_what_was_read_rightly_is_the_same_object(text: str) -> None:
    made, count = mojibake.undo(text)
    assert made is text
    assert count == 0


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x24F), max_size=40))
def test_latin_text_gains_no_han_unless_it_decodes(text: str) -> None:
    made, _ = mojibake.undo(text)
    assert made.count("\n") == text.count("\n")
    assert made == text or any(char > "~" for char in text)
