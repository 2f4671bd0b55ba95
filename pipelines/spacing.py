"""Spaces that carry no meaning, letter-spaced words, and marks set twice."""

from __future__ import annotations

import re

_HAN = "\u3400-\u9fff〇\U00020000-\U000323af"
_SPACE = " \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"

_SPACES = re.compile(
    f"(?m:^)[{_SPACE}]+|[{_SPACE}]+(?m:$)|(?<=\t)[{_SPACE}]+|[{_SPACE}]+(?=\t)"
    f"|[{_SPACE}]{{2,}}|[{_SPACE[1:]}]"
)
_IN_NUMBER = re.compile("(?<=[0-9][.．])[\u2009\u200a\u202f](?=[0-9])")  # typesetters' hair spaces
_AT_MARKS = re.compile(
    f"(?<=[{_HAN}]) (?=[，。、；！？）》」』”])|(?<=[（《「『“，。、；！？]) (?=[{_HAN}])"
)


def spaces(text: str) -> tuple[str, int]:
    """Indents, trailing and doubled spaces, every space of another kind; and those at marks.

    What remains is one ordinary space between words.
    """
    count = 0
    if _IN_NUMBER.search(text):
        text, count = _IN_NUMBER.subn("", text)
    if _SPACES.search(text):
        text, number = _SPACES.subn(_space, text)
        count += number
    if " " in text and _AT_MARKS.search(text):
        text, number = _AT_MARKS.subn("", text)
        count += number
    return text, count


def _space(match: re.Match[str]) -> str:
    whole, (start, end) = match.string, match.span()
    at_edge = start == 0 or end == len(whole) or whole[start - 1] in "\n\t" or whole[end] in "\n\t"
    return "" if at_edge else " "


# 通 知, 姓 名 or 张 三 alone in a line, a cell or between marks; five and more anywhere.
_LETTERS = re.compile(
    f"(?<![^\n\t、，。；！？“《])(?:[{_HAN}] ){{1,3}}[{_HAN}](?![^\n\t、，。；！？”》])"
    f"|(?<![{_HAN}])(?<![{_HAN}] )(?:[{_HAN}] ){{4,}}[{_HAN}](?![{_HAN}])"
)


def letters(text: str) -> tuple[str, int]:
    """Words whose characters Word set apart, joined again.

    A space between two longer words has a meaning (a list, a verse) and stays.
    """
    if " " not in text or _LETTERS.search(text) is None:
        return text, 0
    return _LETTERS.subn(lambda match: match[0].replace(" ", ""), text)


_TWO_MARKS = re.compile("[，、；：。,][，、；：。！？,]")
_END = "”’）》」』"
_MARKS = re.compile(
    f"(?<=[{_HAN}{_END}0-9A-Za-z])(?:"
    "([，；])\\1+"
    "|(、)、(?!、)"
    "|(：)：(?!：)"
    f"|(?<=[{_HAN}{_END}])(,),+"
    "|(。)。(?!。)"
    "|[，、；,]([。！？])"
    ")(?![，。、；：！？,.])"
)


def marks(text: str) -> tuple[str, int]:
    """A mark set twice is set once; a comma before a full stop goes.

    Three stops and more, ！！, ？！, …… and —— are how people write, and stay.
    """
    if _TWO_MARKS.search(text) is None:
        return text, 0
    return _MARKS.subn(lambda match: match[match.lastindex or 0], text)
