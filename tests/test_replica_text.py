"""The texts of the replica web: enough of them, each its own, of every kind a reader meets."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime

import pytest

from replica.copied import take_apart
from replica.text import Text, make, parse_body, read_texts

TEXTS = read_texts()


def test_there_are_enough_of_realistic_length() -> None:
    lengths = sorted(len("".join(text.paragraphs)) for text in TEXTS)
    assert len(TEXTS) >= 90
    assert lengths[len(lengths) // 2] > 350
    assert lengths[-1] > 3500
    assert sum(length < 300 for length in lengths) >= 5


def test_no_two_share_many_sentences() -> None:
    def sentences(text: Text) -> set[str]:
        parts = re.split(r"[。！？；\n]", "\n".join(text.paragraphs))
        return {part.strip() for part in parts if len(part.strip()) > 8}

    held = Counter(sentence for text in TEXTS for sentence in sentences(text))
    for text in TEXTS:
        own = sentences(text)
        assert sum(held[sentence] > 1 for sentence in own) <= len(own) * 0.2, text.id


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.id)
def test_each_is_whole(text: Text) -> None:
    assert text.title == text.title.strip() != ""
    assert 2008 <= datetime.fromisoformat(text.date).year <= 2026
    assert text.kind in ("experience", "policy")
    assert text.paragraphs or text.images
    assert not re.search(r"^[#|+]|^- ", "\n".join(text.paragraphs), re.MULTILINE)


@pytest.mark.parametrize(
    "has",
    [
        lambda t: not t.outlet,
        lambda t: not t.author,
        lambda t: "、" in t.author,
        lambda t: t.body_kind == "attachment",
        lambda t: t.body_kind == "image",
        lambda t: any(piece.kind == "table" for piece in t.pieces),
        lambda t: any(piece.ordered for piece in t.pieces),
        lambda t: len(t.pages) > 2,
        lambda t: len(t.title) > 40,
        lambda t: "《" in t.title,
        lambda t: "“" in t.title,
        lambda t: re.search(r"[A-Za-z]{3}", t.title),
        lambda t: "㛃" in t.title,
        lambda t: "镕" in t.author,
        lambda t: "榮" in t.author,
        lambda t: "(GDP)" in "".join(t.paragraphs),
        lambda t: "(A座)" in "".join(t.paragraphs) or "（A座）" in "".join(t.paragraphs),
        lambda t: t.date < "2009",
        lambda t: t.date > "2026",
        lambda t: t.kicker and t.subtitle,
    ],
)
def test_every_kind_is_there(has: object) -> None:
    assert any(has(text) for text in TEXTS)  # type: ignore[operator]


def test_a_body_is_read_from_its_markdown() -> None:
    (first, second) = parse_body(
        "第一段\n第二段\n\n## 标题\n\n- 甲\n+ 乙\n\n| 一 | 二 |\n| 3 | 4 |\n\n![图.png]\n"
        "<!-- page -->\n尾"
    )
    assert [(p.kind, p.plain) for p in first] == [
        ("paragraph", "第一段"),
        ("paragraph", "第二段"),
        ("heading", "标题"),
        ("item", "甲"),
        ("item", "乙"),
        ("table", "一\t二\n3\t4"),
        ("image", ""),
    ]
    assert [p.ordered for p in first] == [False, False, False, False, True, False, False]
    assert [p.plain for p in second] == ["尾"]


def test_a_text_is_made_from_paragraphs_too() -> None:
    text = make(
        {"title": "题", "date": "2020-01-02", "paragraphs": ["甲", "乙"], "images": ["a.png"]}
    )
    assert (text.id, text.day, text.paragraphs, text.images) == (
        "题",
        "2020-01-02",
        ["甲", "乙"],
        ["a.png"],
    )


def test_a_copied_page_is_taken_apart() -> None:
    lines = ["欢迎", "电话", "他山之石 首页 > 他山之石", "题目", "发布:2019-08-16 来源:某网"]
    copied = "\n\n".join([*lines, "图.png", "一段", "二段", "链接", "访客", "版权", "地址", "备案"])
    article, words = take_apart(copied)
    assert article == {
        "title": "题目",
        "date": "2019-08-16",
        "images": ["图.png"],
        "paragraphs": ["一段", "二段"],
    }
    assert words["section"] == "他山之石"
    assert words["here"] == "首页 > 他山之石"
    assert words["record"] == "备案"
    with pytest.raises(ValueError, match="at least 11 lines"):
        take_apart("一\n二")
