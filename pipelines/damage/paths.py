"""Ways to read a damaged line: how far each has got, what it made of the line, how likely it is."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from .language import EDGE, Memory, language, plainly

DROPPED = 3.0  # how much less a reading with dropped bytes counts as a rival
REMEMBERED = 8  # characters of context a path starts to be weighed with


@dataclass(slots=True)
class Step:
    """A piece of the line, ``start`` to ``end``, that reads ``text`` instead.

    ``margin`` says by how much (logarithm) this reading beat the best other one.
    """

    parent: Step | None
    start: int
    end: int
    text: str
    rule: str
    margin: float = inf


@dataclass(slots=True)
class Path:
    """One way to read a line up to ``at``.

    ``half`` is the first byte of a character whose second byte is still to come, or -1;
    ``raw`` are the last two bytes before the damage as lead * 256 + trail, or -1;
    ``tail`` is the end of the text so far; ``memory`` is there only while paths compete.
    ``score`` is the logarithm of how likely this reading is, to compare paths at one place.
    """

    at: int = 0
    half: int = -1
    raw: int = -1
    tail: str = ""
    bonus: float = 0.0
    memory: Memory | None = None
    steps: Step | None = None
    dropped: int = 0  # places where bytes are taken to be missing without a trace
    score: float = 0.0

    def begin(self) -> None:
        """Starts to weigh this path, if that has not begun."""
        if self.memory is None:
            short = len(self.tail) < REMEMBERED
            self.memory = language().read(EDGE + self.tail if short else self.tail)

    def grown(
        self,
        line: str,
        end: int,
        text: str,
        half: int,
        raw: int,
        rule: str = "",
        bonus: float = 0.0,
    ) -> Path:
        """This path, a piece of the line further on: that piece now reads ``text``."""
        memory, bonus = self.memory, self.bonus + bonus
        score = bonus
        if memory is not None:
            model = language()
            for character in plainly(text):
                memory = model.extend(memory, character)
            score += memory.total
        steps = self.steps
        if line[self.at : end] != text:
            steps = Step(steps, self.at, end, text, rule)
        dropped = self.dropped + (rule == "dropped")
        tail = (self.tail + text)[-REMEMBERED:] if text else self.tail
        return Path(end, half, raw, tail, bonus, memory, steps, dropped, score)


def settle(winner: Path, loser: Path) -> None:
    """Notes in the winner's steps by how much it beat a path that read something else there."""
    margin = winner.score - loser.score + DROPPED * max(0, loser.dropped - winner.dropped)
    mine, other = winner.steps, loser.steps
    theirs = set()
    ours = []
    while mine is not other:
        if mine is not None and (other is None or mine.start >= other.start):
            ours.append(mine)
            mine = mine.parent
        elif other is not None:
            theirs.add((other.start, other.end, other.text))
            other = other.parent
    for step in ours:
        if step.margin > margin and (step.start, step.end, step.text) not in theirs:
            step.margin = margin
