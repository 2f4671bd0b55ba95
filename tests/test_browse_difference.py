"""What changed, by characters, in bounded time."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from browse.difference import Difference, Paragraph, compare

TEXTS = st.text("甲乙丙丁，。\n", max_size=40)


def sides(made: Difference, paragraphs: list[Paragraph]) -> tuple[str, str]:
    """The older and the newer text, without their line ends."""
    pieces = [piece for paragraph in paragraphs for piece in paragraph]
    old = "".join(piece.text for piece in pieces if piece.change != "added")
    new = "".join(piece.text for piece in pieces if piece.change != "removed")
    return old, new


@given(TEXTS, TEXTS)
def test_both_wordings_can_be_read_off(old: str, new: str) -> None:
    made = compare(old, new)
    if all(not isinstance(paragraph, int) for paragraph in made.paragraphs):
        found = sides(made, list(made.paragraphs))  # type: ignore[arg-type]
        assert found == (old.replace("\n", ""), new.replace("\n", ""))
    assert made.same == (old == new)


def test_words_are_changed_whole() -> None:
    made = compare("首批六十二个小区已经完成公示。", "首批六十三个小区已经全部完成公示。")
    (paragraph,) = made.paragraphs
    assert [(piece.change, piece.text) for piece in paragraph] == [  # type: ignore[union-attr]
        ("same", "首批六十"), ("removed", "二"), ("added", "三"), ("same", "个小区已经"),
        ("added", "全部"), ("same", "完成公示。"),
    ]  # fmt: skip
    assert (made.added, made.removed) == (3, 1)


def test_unchanged_paragraphs_are_counted() -> None:
    old = "\n".join(f"第{n}段。" for n in range(20))
    made = compare(old, old.replace("第10段", "第十段"))
    assert [p for p in made.paragraphs if isinstance(p, int)] == [9, 8]


def test_a_new_paragraph_stands_by_itself() -> None:
    made = compare("甲\n丙", "甲\n乙\n丙")
    assert [[piece.text for piece in p] for p in made.paragraphs if not isinstance(p, int)] == [
        ["甲"], ["乙"], ["丙"],
    ]  # fmt: skip


def test_no_pair_of_texts_takes_long() -> None:
    old = "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(60_000))
    new = "".join(chr(0x4E00 + (n * 104_729) % 20000) for n in range(60_000))
    started = time.perf_counter()
    compare(old, new)
    compare("的" * 50_000, "的\n" * 50_000)
    assert time.perf_counter() - started < 10
