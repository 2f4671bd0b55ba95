"""Spaces, letter-spaced words and doubled marks."""

from __future__ import annotations

import pytest

from pipelines import spacing


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("  甲\u3000乙  \n\u00a0丙\t 丁 \t戊", "甲 乙\n丙\t丁\t戊"),
        ("甲  乙\u2003\u2003丙", "甲 乙 丙"),
        ("   \n\t \u3000", "\n\t"),
        ("use  Python 编程", "use Python 编程"),
        ("甲 ，乙 。 丙：  丁", "甲，乙。丙： 丁"),
    ],
)
def test_one_ordinary_space_remains_between_words(text: str, made: str) -> None:
    assert spacing.spaces(text)[0] == made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("公 告", "公告"),
        ("目 录\n前 言", "目录\n前言"),
        ("王 小 二", "王小二"),
        ("张 三、李 四、欧阳 锋", "张三、李四、欧阳 锋"),
        ("关 于 印 发 细 则 的 通 知", "关于印发细则的通知"),
        ("年 月 日", "年月日"),
        (
            "近 日，我 市 召 开 会 议。会 议 指 出，《条 例》施行",
            "近日，我市召开会议。会议指出，《条例》施行",
        ),
    ],
)
def test_letter_spacing_is_closed(text: str, made: str) -> None:
    assert spacing.letters(text)[0] == made


@pytest.mark.parametrize(
    "text",
    [
        "床前明月光 疑是地上霜",
        "北京 上海",
        "选择 是 否 其他",
        "性别：男 女",
        "A 座 B 座",
        "□是 □否",
        "第 3 条",
    ],
)
def test_spaces_with_a_meaning_stay(text: str) -> None:
    assert spacing.letters(text) == (text, 0)
    assert spacing.spaces(text)[0] is text


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("好，，的", "好，的"),
        ("好，。的", "好。的"),
        ("好。。的", "好。的"),
        ("好,,,的", "好,的"),
        ("甲、、乙：：丙", "甲、乙：丙"),
        ("”，，“", "”，“"),
    ],
)
def test_doubled_marks_are_set_once(text: str, made: str) -> None:
    assert spacing.marks(text)[0] == made


@pytest.mark.parametrize(
    "text", ["好。。。", "好……", "啊——", "啊！！！", "啊？！", "标点：，。；", "1,,2", "std::map"]
)
def test_marks_that_people_repeat_stay(text: str) -> None:
    assert spacing.marks(text) == (text, 0)
