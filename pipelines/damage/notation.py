"""How an annotation is written: ``(yè)``, and what cleaners and entities make of it."""

from __future__ import annotations

import functools
import html
import re
import unicodedata

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_LETTER = f"[a-zü{TONED}]"
# An annotation can hold another one, where its own bytes looked like a character to annotate.
READING = rf"{_LETTER}{{1,6}}(?:\({_LETTER}{{1,6}}\){_LETTER}{{0,4}})?"
_ENTITY = "&[a-z]{4,6};|&#[xX]?[0-9a-fA-F]{2,4};"
_LOOSE_LETTER = f"(?:[a-zü{TONED}ɡɑ\u0300\u0301\u0304\u0306\u030c\u0308]|{_ENTITY})"
_LOOSE = rf"{_LOOSE_LETTER}{{1,12}}(?:\({_LETTER}{{1,6}}\){_LETTER}{{0,4}})?"
_OPEN = r"(?:[(（]|&#40;|&#[xX]28;|&lpar;)"
_CLOSE = r"(?:[)）]|&#41;|&#[xX]29;|&rpar;)"
_HIDDEN = "[\u200b\ufeff]?"

TONE = re.compile(f"[{TONED}\u0300\u0301\u0304\u030c]|&[aeiou](?:grave|acute|macr);|&#")
# One annotation as it is nearly always spelled, and in every spelling. One group: the reading.
PLAIN = re.compile(rf"\(({READING})\)")
ANY = re.compile(rf"{_HIDDEN}{_OPEN}({_LOOSE}){_CLOSE}")
BEHIND = re.compile(rf"\((?<=.\(){READING}\)")  # the same, behind a character of its line
# A character and everything written behind it.
PLAIN_RUN = re.compile(rf".(?:\({READING}\))+")
ANY_RUN = re.compile(rf".(?:{_HIDDEN}{_OPEN}{_LOOSE}{_CLOSE})+")
# The same without its opening parenthesis, which a decoder swallowed.
ORPHAN = re.compile(rf"({_LOOSE}){_CLOSE}")
CUT_OFF = 40  # characters from the end of a text within which it may be cut off
# An annotation without its end, because the text was cut off there.
CUT = re.compile(rf"{_OPEN}({_LOOSE})(?=\s*(?:\.\.\.|…+)?\s*\Z)")
CUT_ORPHAN = re.compile(rf"({_LOOSE})(?=\s*(?:\.\.\.|…+)?\s*\Z)")
# The rest of an annotation whose beginning was cut off.
CUT_START = re.compile(rf"({READING})[)）](?=[\u4e00-\u9fff])")
_INNER = re.compile(r"\([^()]*\)")
_FULL_WIDTH = re.compile(f"（(?=[a-zü{TONED}])")
_MARKS = "&ɡɑ\u0300\u0301\u0304\u0306\u030c\u0308\u200b\ufeff"


def is_usual(text: str) -> bool:
    """Whether every annotation in the text, if there is one, is spelled as PLAIN has it."""
    return not any(mark in text for mark in _MARKS) and _FULL_WIDTH.search(text) is None


@functools.lru_cache(maxsize=4096)
def reading(written: str) -> str:
    """The reading that a spelling stands for: entities and combining accents resolved."""
    if "(" in written:
        written = _INNER.sub("", written)
    if written.isascii() and "&" not in written:
        return written
    text = unicodedata.normalize("NFC", html.unescape(written).replace("\u0306", "\u030c"))
    return text.replace("ɡ", "g").replace("ɑ", "a")


def is_toned(written: str) -> bool:
    """Whether a reading carries a tone."""
    return TONE.search(written) is not None


def is_cut(text: str) -> bool:
    """Whether the text may begin or end inside an annotation."""
    if CUT_ORPHAN.search(text, max(0, len(text) - CUT_OFF)) is not None:
        return True
    return cut_start(text) > 0


def cut_start(text: str) -> int:
    """The length of the rest of a toned annotation that the text begins with, else 0."""
    found = CUT_START.match(text)
    return found.end() if found and is_toned(found[1]) else 0
