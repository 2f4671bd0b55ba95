"""Recognises text whose bytes are lost or scrambled beyond repair, so that nobody trusts it.

Four signs: replacement characters; the words that they become when they are decoded once more
(锟斤拷); question marks in the place of all Chinese; and Han characters that hardly ever stand
together, as when text is decoded from the wrong byte on. Text in a wrong charset that can be
read back is no wreck, nor are lists of rare characters.
"""

from __future__ import annotations

import functools
import re
from itertools import pairwise

from .language import language, plainly
from .tables import encoded, is_han, simplified

_ONCE_MORE = re.compile("锟斤拷|锟叫|锟窖|烫烫烫|屯屯屯|葺葺葺")
_LOST = re.compile("\ufffd|[\ue000-\uf8ff]")
_QUESTIONS = re.compile(r"\?{3,}")
_RUN = re.compile("[\u4e00-\u9fff]{4,}")
_KANA = re.compile("[\u3040-\u30ff\uac00-\ud7af]")
_LOOKED_AT = 150  # characters looked at first
_READ = 3000  # characters read where the first look is bad
# The share of rare characters from which a text is read; above the second it is a list of them.
_RARE, _LISTED = 0.15, 0.85
# The mean logarithm of the chance of a pair in scrambled text: less in any text, more in lists.
_STRANGE, _STRANGER = -10.5, -13.5
_WRONG_CHARSETS = (
    ("gb18030", "utf-8"),
    ("gb18030", "big5"),
    ("big5", "gb18030"),
    ("cp1252", "gb18030"),
    ("cp1252", "utf-8"),
)


def is_wreck(text: str) -> bool:
    """Whether a text is damaged beyond repair as a whole."""
    lost = len(_LOST.findall(text)) if not text.isascii() else 0
    if lost >= 5 and lost > 0.03 * len(text):
        return not _reads_back(text)
    if len(_ONCE_MORE.findall(text)) >= 3:
        return True
    if "???" in text and _is_questions(text):
        return True
    return (
        _RARE < _rare(text) < _LISTED
        and _STRANGER < strangeness(text) < _STRANGE
        and not _reads_back(text)
    )


def strangeness(text: str) -> float:
    """The mean logarithm of the chance of pairs of Han characters in running text; 0.0: no text."""
    model = language()
    total, number = 0.0, 0
    for run in _RUN.findall(text):
        plain = plainly(run)
        total += sum(model.pair(one, two) for one, two in pairwise(plain))
        number += len(plain) - 1
        if number > _READ:
            break
    return total / number if number >= 12 else 0.0


def _is_questions(text: str) -> bool:
    """Whether question marks stand for most of what was written."""
    marks = sum(len(run) for run in _QUESTIONS.findall(text))
    letters = sum(c.isalpha() for c in text[:20_000])
    return marks >= 12 and marks > 2 * letters * max(1, len(text) // 20_000)


def _rare(text: str) -> float:
    """The share of rare characters among the Han characters of a sample."""
    sample = text if len(text) <= _LOOKED_AT else text[:: len(text) // _LOOKED_AT]
    han = [c for c in sample if is_han(c)]
    if len(han) < 12 or len(_KANA.findall(sample)) > len(han) // 20:
        return 0.0
    return sum(c not in _common() for c in han) / len(han)


@functools.cache
def _common() -> frozenset[str]:
    """The characters of the first level of GB 2312 and their Traditional forms."""
    first = {
        c for c, pair in encoded().items() if 0xB0 <= pair >> 8 <= 0xD7 and (pair & 0xFF) >= 0xA1
    }
    return frozenset(first | {c for c, simple in simplified().items() if simple in first})


def _reads_back(text: str) -> bool:
    """Whether the text is only in a wrong charset: undone, it is ordinary."""
    sample = text[:_READ]
    for written, meant in _WRONG_CHARSETS:
        try:
            raw = sample.encode(written, "ignore")
        except UnicodeEncodeError:
            continue
        made = raw.decode(meant, "ignore")
        if len(raw) < len(sample) // 2 or len(made.encode(meant, "ignore")) < 0.9 * len(raw):
            continue
        if _rare(made) < _RARE and _STRANGE < strangeness(made) < 0.0:
            return True
    return False
