"""A small language model of Simplified Chinese, to choose among characters whose bytes are lost.

It knows single characters, pairs of neighbours and words, each with the logarithm of its chance;
data/language.zst is made by make_language.py and read at the first use.
"""

from __future__ import annotations

import functools
import string
from collections.abc import Iterable
from math import inf
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

    ``end`` is as much of the text as a word still to be completed can begin with, and always the
    last character; ``words`` holds the best way to cut the text into words up to each character
    of it and up to the end.
    """

    end: str
    words: tuple[float, ...]
    pairs: float
    total: float  # the logarithm of the chance of the text so far


START = Memory("", (0.0,), 0.0, 0.0)

# After one more character: the new end, by how much the pairs gain, each word that ends here as
# where it begins (counted from behind) and its chance, and what is kept of ``words``.
_Step = tuple[str, float, tuple[tuple[int, float], ...], int]
_STEPS = 200_000  # steps that are remembered


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


def _chances(lines: Iterable[Iterable[str]]) -> dict[str, float]:
    """Logarithms of chances: STEP less from line to line; one number for all of a line."""
    found: dict[str, float] = {}
    for number, line in enumerate(lines):
        found.update(dict.fromkeys(line, -number * STEP))
    return found


class Language:
    """The model; ``language()`` gives the one that is shared."""

    def __init__(self, data: bytes) -> None:
        words, single, rest, pairs = zstandard.decompress(data).decode().split("\f")
        self.words = _chances(line.split(" ") for line in words.split("\n"))
        self.single = _chances(single.split("\n"))
        self.rest = _chances(rest.split("\n"))
        same = dict(zip(self.words, self.words, strict=True))  # a string that is a word, too: once
        self.pairs = _chances(
            [same.get(pair := line[at : at + 2], pair) for at in range(0, len(line), 2)]
            for line in pairs.split("\n")
        )
        for mark in set(self.single) - set(self.words):
            self.words[mark] = self.single[mark]
        self._beginnings = frozenset(
            same.get(start := word[:size], start)
            for word in self.words
            for size in range(1, len(word))
        )
        self._steps: dict[str, _Step] = {}
        followers: dict[str, list[str]] = {}
        for pair in self.pairs:
            followers.setdefault(pair[0], []).append(pair[1])
        # Characters known to follow one; as text, since lists and sets would take 20 MB.
        self.followers = {before: "".join(after) for before, after in followers.items()}

    def pair(self, before: str, after: str) -> float:
        """How likely (logarithm) one character of plain text follows another."""
        seen = self.pairs.get(before + after)
        if seen is not None:
            return seen
        return self.rest.get(before, 0.0) + self.single.get(after, UNSEEN)

    def extend(self, memory: Memory, character: str) -> Memory:
        """What is remembered after one more character of plain text."""
        text = memory.end + character
        step = self._steps.get(text)
        if step is None:
            step = self._step(text)
        end, pair, endings, kept = step
        words = memory.words
        best = -inf
        for back, chance in endings:
            score = words[back] + chance
            if score > best:
                best = score
        pairs = memory.pairs + pair
        return Memory(end, (*words[kept:], best), pairs, 0.6 * best + 0.4 * pairs)

    def _step(self, text: str) -> _Step:
        """The step that leads to the last character of a text."""
        if len(self._steps) >= _STEPS:
            self._steps.clear()
        known = self.words
        endings = [(-1, known.get(text[-1], UNSEEN))]
        for size in range(2, len(text) + 1):
            chance = known.get(text[-size:])
            if chance is not None:
                endings.append((-size, chance))
        size = min(len(text), LONGEST - 1)
        while size > 1 and text[-size:] not in self._beginnings:
            size -= 1
        pair = self.pair(text[-2], text[-1]) if len(text) > 1 else 0.0
        step = self._steps[text] = text[-size:], pair, tuple(endings), -size
        return step

    def read(self, text: str, memory: Memory = START) -> Memory:
        """What is remembered after reading a text (of any script), one character at a time."""
        for character in plainly(text):
            memory = self.extend(memory, character)
        return memory


@functools.cache
def language() -> Language:
    """The model that comes with Tashan; the first call reads it from its file."""
    return Language(FILE.read_bytes())
