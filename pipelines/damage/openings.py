"""Every way to read on from a place of a damaged line."""

from __future__ import annotations

from . import notation
from .candidates import LOST, couples
from .language import language, plainly
from .line import BROKEN_OFF, DROPPED, HALF_WIDTH, NOBODYS, QUESTION, STRAY, Move
from .paths import Path
from .questions import Questions
from .tables import decoded, encoded, keys

_LESS = 4.0  # logarithm by which dropped bytes may seem less likely than none
_STRANGE = -12.0  # logarithm of the chance of a pair from which a lost half is considered
_COUPLES = 6  # couples of characters tried for two dropped bytes


class Openings(Questions):
    """The ways to read one line."""

    _doubting = False

    def moves(self, path: Path, *, doubting: bool = True) -> list[Move]:
        """Every way to read on from a path; ``doubting``: bytes may be missing without a trace."""
        spent = self.effort.left <= 0
        self._doubting = doubting and self.habits.dropped and not spent
        here = self.line[path.at]
        if here in "(（&\u200b\ufeff":
            found = self.annotation.match(self.line, path.at)
            if found and self.belongs(path, notation.reading(found[1])):
                return [(found.end(), "", path.half, path.raw, "annotation", 0.0)]
            if found and notation.is_toned(notation.reading(found[1])):
                return [self._stray(path, found.end())]
            if self.near_end(path) and (cut := notation.CUT.match(self.line, path.at)):
                whole = keys().get(path.raw, "")
                if whole.startswith(notation.reading(cut[1])):
                    return [(cut.end(), "", path.half, path.raw, "cut", 0.0)]
        if here in QUESTION or (here == "？" and self.orphan(path)):
            moves = self.at_question(path, spent=spent)
        else:
            moves = self._at_character(path, here)
        if not moves:  # only a path with half a character can fail: that half is lost
            return [(path.at, LOST, -1, -1, "lost", BROKEN_OFF)]
        return moves[:1] if spent else moves

    def _stray(self, path: Path, end: int) -> Move:
        """A reading that belongs to nothing; no half of a character can stand before it."""
        text = self.line[path.at : end]
        if path.half < 0:
            return end, text, -1, -1, "", STRAY
        return end, LOST + text, -1, -1, "lost", STRAY + BROKEN_OFF

    def _at_character(self, path: Path, here: str) -> list[Move]:
        at, half = path.at, path.half
        raw = encoded().get(here, -1) if here >= "\x80" else ord(here)
        if half < 0:
            if here < "\x80":
                raw = -1 if path.raw < 0 else (path.raw & 0xFF) << 8 | raw
            return [(at + 1, here, -1, raw, "", 0.0)]
        if here >= "\x80":
            if raw < 0:
                return []
            return self._shifted(path, raw >> 8, raw & 0xFF, raw)
        moves = []
        if raw >= 0x40:
            moves = self._shifted(path, raw, -1, (path.raw & 0xFF) << 8 | raw)
        if self.habits.folded and here in HALF_WIDTH:
            wide = encoded()[HALF_WIDTH[here]]
            moves += self._shifted(path, wide >> 8, wide & 0xFF, wide)
        return moves

    def _shifted(self, path: Path, first: int, second: int, raw: int) -> list[Move]:
        """Reads on with a first byte that completes the pending half, a second that is pending."""
        character = decoded()[path.half << 8 | first]
        if not character:
            return []
        at = path.at + 1
        cost = NOBODYS if "\ue000" <= character <= "\uf8ff" else 0.0
        moves = [(at, self.shown(character), second, raw, "split", cost)]
        before, plain, after = (
            plainly(path.tail[-1:]),
            plainly(character),
            self.next_plain(at, second),
        )
        fit = language().pair(before, plain)
        if self._doubting:
            whole = fit + (language().pair(plain, after) if after else 0.0)
            shunned = self.shunned_before(at)
            least = whole - _LESS
            for two, gain in couples(path.half, first, before, after, least, self.habits, shunned)[
                :_COUPLES
            ]:
                last_two = raw if second >= 0 else encoded()[two[1]]
                moves.append((at, two, second, last_two, "dropped", DROPPED + gain))
        if fit < _STRANGE:
            moves.append((path.at, LOST, -1, -1, "lost", BROKEN_OFF))
        return moves
