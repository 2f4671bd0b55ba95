"""A small language model of Simplified Chinese, to choose among characters whose bytes are lost.

It knows single characters, pairs of neighbours and words, each with the logarithm of its chance;
data/language.zst is made by make_language.py and read at the first use.
"""

from __future__ import annotations

import functools
import string
from pathlib import Path
from typing import NamedTuple

import zstandard

from .tables import simplified

FILE = Path(__file__).with_name("data") / "language.zst"
STEP = 0.1  # logarithms are kept in steps of this size
EDGE = "¶"  # beginning and end of a line or of a tag
UNSEEN = -17.0  # logarithm of the chance of a character the model does not know
LONGEST = 6

# Where Traditional text of mirrors differs from what OpenCC takes back to Simplified.
_OWN = dict(zip("著癥臟堿鑒", "着症脏碱鉴", strict=True))
_MARKS = dict(zip(",;:!?()", "，；：！？（）", strict=True))


class Memory(NamedTuple):
    """What the model remembers of a text: its end, and how likely it was so far (logarithms).

    ``words`` holds, for the end and up to five characters before it, the best way to cut the
    text into words up to there.
    """

    end: str
    words: tuple[float, ...]
    pairs: float

    @property
    def total(self) -> float:
        """The logarithm of the chance of the text so far."""
        return 0.6 * self.words[-1] + 0.4 * self.pairs


START = Memory("", (0.0,), 0.0)


@functools.cache
def _plain() -> dict[int, str]:
    table = {ord(c): s for c, s in simplified().items() if c != s and len(s) == 1}
    table |= {ord(c): s for c, s in _OWN.items()} | {ord(c): s for c, s in _MARKS.items()}
    table |= {ord(c): "0" for c in string.digits + string.ascii_letters + "."}
    table |= {ord(c): EDGE for c in "\n<>"}
    table |= {ord(c) + 0xFEE0: "0" for c in string.digits + string.ascii_letters + "."}
    return table


def plainly(text: str) -> str:
    """The text as the model sees it: Simplified, full-width marks, 0 for letters and digits."""
    return text.translate(_plain())


class Language:
    """The model; ``language()`` gives the one that is shared."""

    def __init__(self, data: bytes) -> None:
        words, single, rest, pairs = zstandard.decompress(data).decode().split("\f")
        self.words = {
            word: -n * STEP for n, line in enumerate(words.split("\n")) for word in line.split(" ")
        }
        self.single = {c: -n * STEP for n, line in enumerate(single.split("\n")) for c in line}
        self.rest = {c: -n * STEP for n, line in enumerate(rest.split("\n")) for c in line}
        self.pairs = {
            line[at : at + 2]: -n * STEP
            for n, line in enumerate(pairs.split("\n"))
            for at in range(0, len(line), 2)
        }
        self.endings = frozenset(word[-2:] for word in self.words if len(word) > 1)
        for mark in set(self.single) - set(self.words):
            self.words[mark] = self.single[mark]

    def pair(self, before: str, after: str) -> float:
        """How likely (logarithm) one character of plain text follows another."""
        seen = self.pairs.get(before + after)
        if seen is not None:
            return seen
        return self.rest.get(before, 0.0) + self.single.get(after, UNSEEN)

    def extend(self, memory: Memory, character: str) -> Memory:
        """What is remembered after one more character of plain text."""
        end, scores, pairs = memory
        known = self.words
        if end:
            pairs += self.pair(end[-1], character)
        best = scores[-1] + known.get(character, UNSEEN)
        text = end + character
        longest = min(len(text), len(scores)) if text[-2:] in self.endings else 0
        for size in range(2, longest + 1):
            chance = known.get(text[-size:])
            if chance is not None and scores[-size] + chance > best:
                best = scores[-size] + chance
        return Memory(text[1 - LONGEST :], (*scores[1 - LONGEST :], best), pairs)

    def read(self, text: str, memory: Memory = START) -> Memory:
        """What is remembered after reading a text (of any script), one character at a time."""
        for character in plainly(text):
            memory = self.extend(memory, character)
        return memory


@functools.cache
def language() -> Language:
    """The model that comes with Tashan; the first call reads it from its file."""
    return Language(FILE.read_bytes())
