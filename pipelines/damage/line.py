"""One line of a damaged document and what its readers ask about a place in it.

A move is (end, text, half, raw, rule, cost): the line up to ``end`` reads ``text``, then the
first byte of a character is pending or not, the last two bytes are known or not.
"""

from __future__ import annotations

from . import notation
from .habits import Effort, Habits
from .language import plainly
from .paths import Path
from .stripping import belongs
from .tables import SPLITTING, decoded, encoded, keys, trails

Move = tuple[int, str, int, int, str, float]

QUESTION = "?\ufffd"  # what a decoder shows for bytes it cannot read
TRIED = 8  # characters tried for one lost byte
HALF_WIDTH = {chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)} | {" ": "\u3000"}
_FULL_WIDTH = {full: half for half, full in HALF_WIDTH.items()}

# What each explanation of a place costs, as a logarithm.
AS_IT_STANDS = -3.0  # a question mark is one
LOST_TWO = -3.0  # half a character was lost with an ASCII character
HALF_AND_HALF = -5.0  # half a character was lost with half of the next
DROPPED = -1.0  # two bytes were dropped without a trace
BROKEN_OFF = -18.0  # half a character was lost in some other way
STRAY = -8.0  # a reading belongs to nothing
NOBODYS = -10.0  # the text had a private-use character


class Line:
    """A line; ``last`` says that the text ends with it."""

    def __init__(
        self, line: str, habits: Habits, family: str, effort: Effort, *, last: bool = False
    ) -> None:
        self.line, self.habits, self.family, self.last = line, habits, family, last
        self.effort = effort
        self.splitting = SPLITTING + (",;!?" if habits.folded else "")
        self.annotation = notation.PLAIN if notation.is_usual(line) else notation.ANY

    def belongs(self, path: Path, reading: str) -> bool:
        """Whether a reading is the one of the character, or the two bytes, before it."""
        if keys().get(path.raw) == reading:
            return True
        return path.tail != "" and belongs(path.tail[-1], reading, self.family)

    def near_end(self, path: Path) -> bool:
        """Whether the text ends so soon that an annotation may be cut off here."""
        return self.last and len(self.line) - path.at <= notation.CUT_OFF

    def keys_here(self, path: Path, reading: str) -> tuple[int, ...]:
        """Second bytes that make, with the last byte known, a key with this reading."""
        return trails().get((path.raw & 0xFF, reading), ()) if path.raw >= 0 else ()

    def shown(self, character: str) -> str:
        """A character read from bytes as the document would show it."""
        return _FULL_WIDTH.get(character, character) if self.habits.folded else character

    def next_plain(self, at: int, half: int) -> str:
        """The character of plain text that begins at a place with ``half`` pending, or ""."""
        line = self.line
        if at >= len(line):
            return ""
        here = line[at]
        if half < 0:
            return "" if here in QUESTION else plainly(here)
        raw = encoded().get(here, -1) >> 8 if here >= "\x80" else ord(here)
        return plainly(decoded()[half << 8 | raw]) if raw > 0 else ""

    def shunned_before(self, at: int) -> frozenset[str]:
        """Characters that cannot end at a place, since their annotation would follow."""
        return frozenset() if self.line[at : at + 1] in "(（&" else self.habits.annotated
