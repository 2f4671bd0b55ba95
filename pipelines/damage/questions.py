"""Every way to read on from a question mark in a damaged line."""

from __future__ import annotations

import re

from . import notation
from .candidates import LOST, before_private, best, familiar, with_lead, with_trail
from .language import EDGE, UNSEEN, language, plainly
from .line import (
    AS_IT_STANDS,
    DROPPED,
    HALF_AND_HALF,
    HALF_WIDTH,
    LOST_TWO,
    QUESTION,
    TRIED,
    Line,
    Move,
)
from .paths import Path
from .tables import OBSERVED, decoded, encoded, is_han, readings, trails, written

_OBSERVED = frozenset(OBSERVED)
_TAG = re.compile(r"/?[A-Za-z][A-Za-z0-9]{0,9}(?:\s[^<>]{0,200})?/?>")
_QUESTIONS = re.compile("[?\ufffd]{4,}")


class Questions(Line):
    """What a question mark may stand for: itself, or bytes that a decoder could not read."""

    def is_plain_question(self, path: Path) -> bool:
        """Whether the question mark at an aligned path can be nothing else."""
        line, at = self.line, path.at
        if line[at + 1 : at + 2] and line[at + 1] in self.splitting and line[at] != "？":
            return False
        orphan = notation.ORPHAN.match(line, at + 1)
        if orphan and self.keys_here(path, notation.reading(orphan[1])):
            return False
        return not (self.near_end(path) and self._cut_orphan(path))

    def cut_at_end(self, path: Path) -> tuple[int, int] | None:
        """Where an annotation stands that the end of the text cut off, behind an aligned path."""
        found = notation.CUT.search(self.line, max(0, len(self.line) - notation.CUT_OFF))
        if found is None or not found.start():
            return None
        reading = readings().get(self.line[found.start() - 1], "")
        fits = reading.startswith(notation.reading(found[1]))
        return (found.start(), found.end()) if fits else None

    def orphan(self, path: Path) -> re.Match[str] | None:
        """An annotation whose opening parenthesis was swallowed here."""
        return notation.ORPHAN.match(self.line, path.at + 1)

    def _cut_orphan(self, path: Path) -> tuple[int, int] | None:
        """The end of an annotation that swallowed its parenthesis and was cut off, and its key."""
        found = notation.CUT_ORPHAN.match(self.line, path.at + 1)
        if found is None or path.raw < 0:
            return None
        start, first = notation.reading(found[1]), path.raw & 0xFF
        options = [
            trail
            for (lead, whole), all_ in trails().items()
            if lead == first and whole.startswith(start)
            for trail in all_[:1]
        ]
        if not options:
            return None
        usual = [t for t in options if decoded()[first << 8 | t] in _OBSERVED]
        return found.end(), (usual or options)[0]

    def at_question(self, path: Path, *, spent: bool) -> list[Move]:
        """Every way to read on; if the effort is ``spent``, only what is certain."""
        many = _QUESTIONS.match(self.line, path.at)
        if many:  # nothing cut apart looks like this
            half = LOST if path.half >= 0 else ""
            return [(many.end(), half + many[0], -1, -1, "lost", 0.0)]
        orphan = self.orphan(path)
        if orphan:
            moves = self._at_orphan(path, orphan)
            if moves:
                return moves
        if self.near_end(path) and (cut := self._cut_orphan(path)):
            return [self._completed(path, cut[0], cut[1], "cut", 0.0)]
        if spent:
            text = self.line[path.at] if path.half < 0 else LOST + LOST
            return [(path.at + 1, text, -1, -1, "lost", 0.0)]
        return self._cut_apart(path) if path.half < 0 else self._half_lost(path)

    def _completed(self, path: Path, end: int, byte: int, rule: str, cost: float) -> Move:
        """One byte was swallowed together with a parenthesis."""
        raw = (path.raw & 0xFF) << 8 | byte
        if path.half < 0:
            return end, "", byte, raw, rule, cost
        return end, self.shown(decoded()[path.half << 8 | byte] or LOST), -1, raw, rule, cost

    def _at_orphan(self, path: Path, orphan: re.Match[str]) -> list[Move]:
        reading = notation.reading(orphan[1])
        first = path.raw & 0xFF
        found = []
        for byte in self.keys_here(path, reading):
            key = decoded()[first << 8 | byte]
            found.append(self._completed(path, orphan.end(), byte, "split", self._rarity(key)))
        top = max((move[5] for move in found), default=-99.0)
        found = [move for move in found if move[5] > top - 6.0]
        if path.half >= 0 and self.habits.dropped and top < -4.0:
            before = plainly(path.tail[-1:])
            for key in self.habits.annotated | _OBSERVED:
                if readings()[key] == reading:
                    pair = encoded()[key]
                    found += [
                        (orphan.end(), one.character + key, -1, pair, "dropped", DROPPED)
                        for one in before_private(
                            path.half, pair >> 8, before, plainly(key), 4, self.habits
                        )
                    ]
        return found

    def _rarity(self, key: str) -> float:
        """What it costs that this character and no other one is annotated here."""
        if key in self.habits.annotated:
            return 0.0
        return -4.0 if key in _OBSERVED else -8.0 if key in written() else -12.0

    def _cut_apart(self, path: Path) -> list[Move]:
        """Aligned: a question mark, or a first byte cut off by what looked like punctuation."""
        line, at = self.line, path.at
        raw = -1 if path.raw < 0 else (path.raw & 0xFF) << 8 | 0x3F
        moves: list[Move] = [(at + 1, line[at], -1, raw, "", AS_IT_STANDS)]
        mark = line[at + 1 : at + 2]
        if not mark or mark not in self.splitting or at + 2 >= len(line):
            return moves
        pair = encoded()[HALF_WIDTH.get(mark, mark)]
        after = self.next_plain(at + 2, pair & 0xFF)
        if not after and line[at + 2] not in QUESTION:
            return moves
        before = plainly(path.tail[-1:])
        for c, _, plain in best(with_trail(pair >> 8), before, after, TRIED, self.habits):
            gain = familiar(before, plain, after, self.habits.pairs)
            moves.append((at + 2, self.shown(c), pair & 0xFF, pair, "split", gain))
        return moves

    def _half_lost(self, path: Path) -> list[Move]:
        """Shifted: a second byte was lost, alone before a cut or with an ASCII character."""
        line, at, half = self.line, path.at, path.half
        before = plainly(path.tail[-1:])
        options = with_lead(half)
        known = self.habits.pairs
        moves: list[Move] = []
        after = line[at + 1 : at + 2]
        cut = not after or after in self.splitting
        if cut:
            for c, trail, plain in best(
                options, before, plainly(after) or EDGE, TRIED, self.habits
            ):
                gain = familiar(before, plain, "", known)
                moves.append((at + 1, self.shown(c), -1, half << 8 | trail, "guess", gain))
        if after:
            tag = _TAG.match(line, at + 1)
            swallowed, rule = ("<", "guess") if tag else (LOST, "lost")
            next_ = EDGE if tag else "0" if after.isdigit() else ""
            cost = LOST_TWO - (4.0 if cut else 0.0)
            for c, _, plain in best(options, before, next_, TRIED, self.habits):
                gain = familiar(before, plain, "", known)
                moves.append((at + 1, self.shown(c) + swallowed, -1, -1, rule, cost + gain))
            moves += self._two_halves(path, before)
        return moves

    def _two_halves(self, path: Path, before: str) -> list[Move]:
        """A second byte 80, which no decoder knows as a first one, and the byte behind it."""
        line, at = self.line, path.at
        whole = decoded()[path.half << 8 | 0x80]
        here = line[at + 1]
        raw = encoded().get(here, ord(here) if here < "\x80" else 0)
        if (
            language().single.get(plainly(whole), UNSEEN) == UNSEEN
            or raw < 0x40
            or not is_han(whole)
        ):
            return []
        first, second = (raw >> 8, raw & 0xFF) if raw > 0xFF else (raw, -1)
        after = self.next_plain(at + 2, second)
        options = best(
            with_trail(first), plainly(whole), after, 6, self.habits, self.shunned_before(at + 2)
        )
        made: list[Move] = []
        for c, lead, _ in options:
            last_two = raw if second >= 0 else lead << 8 | raw
            made.append((at + 2, whole + c, second, last_two, "guess", HALF_AND_HALF))
        return made
