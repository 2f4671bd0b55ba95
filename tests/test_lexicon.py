"""The file of characters, names and words: how it is read, and what is said about a mistake."""

from __future__ import annotations

import pytest

from pipelines import lexicon, make_spellings
from pipelines.lexicon import shipped, spellings


def test_every_section_is_read() -> None:
    read = lexicon.read(
        """
        # a remark
        [shared]
        乾 著   # another
        [variants]
        堿 碱
        [machine]
        著 着
        [after]
        著 着 看听
        著 着 说
        [keep]
        名著 著作
        [words]
        甚麼 什么
        [return]
        里程 里程
        [stay]
        姓于 姓范
        """
    )
    assert read.shared == {"乾", "著"}
    assert read.variants == {"堿": "碱"}
    assert read.machine == {"著": "着"}
    assert read.after == {("著", "着"): "看听说"}
    assert read.keep == {"名著", "著作"}
    assert read.words == {"甚麼": "什么"}
    assert read.back == {"里程": "里程", "姓于": "姓于", "姓范": "姓范"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("甚麼 什么", "words.txt:1: expected a section such as [words] first"),
        ("[word]", "words.txt:1: no section [word]; there are shared,"),
        ("[shared]\n乾隆", "words.txt:2: [shared]: expected single characters, found 乾隆"),
        ("[words]\n甚麼 什么 么", "words.txt:2: [words]: expected two forms, found 甚麼 什么 么"),
        ("[words]\n甚麼 什", "must have the same number of characters"),
        ("[words]\n麼 么", "[words]: 麼 is too short"),
        ("[variants]\n甚麼 什么", "[variants]: 甚麼 is too long"),
        ("[variants]\n堿 碱\n\n堿 碘", "words.txt:4: [variants]: 堿 is 碱 in an earlier line"),
        ("[keep]\n著", "expected words of two characters or more, found 著"),
        ("[after]\n著 着", "expected a character, its form, and the characters before it"),
        ("[stay]\n于", "[stay]: 于 is too short"),
    ],
)
def test_a_mistake_is_one_line_with_its_place(text: str, said: str) -> None:
    with pytest.raises(lexicon.LexiconError) as caught:
        lexicon.read(text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2


def test_the_shipped_file_is_right_and_read_once() -> None:
    assert lexicon.shipped() is lexicon.shipped()
    assert "乾" in lexicon.shipped().shared
    assert not lexicon.shipped().variants.keys() & set(lexicon.shipped().variants.values())


def test_the_spellings_are_those_of_the_words_and_of_opencc() -> None:
    assert make_spellings.TARGET.read_text(encoding="utf-8") == make_spellings.text()
    assert spellings() == make_spellings.made(shipped())
