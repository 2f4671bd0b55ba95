"""Takes annotations out of text whose characters are whole, by far the most of all damaged text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from . import notation
from .tables import is_han, readings, toneless_readings


class Change(NamedTuple):
    """One change of a text: ``before`` at ``offset`` is now ``after``."""

    offset: int
    before: str
    after: str
    sure: bool = True
    rule: str = "annotation"


def strip(text: str, family: str) -> str:
    """The text without the annotations of family "A", "B" or "AB".

    Family A: a toned reading is taken out behind the converted character whose one reading it is,
    as often as it stands there. Family B: so is any toneless reading of the Han character before
    it. Everything else in parentheses stays. The same object comes back when nothing is found.
    """
    usual = notation.is_usual(text)
    runs = notation.PLAIN_RUN if usual else notation.ANY_RUN
    kept = {run: _kept(run, family) for run in set(runs.findall(text))}
    if all(after == run for run, after in kept.items()):
        return text
    if usual and all(len(after) == 1 for after in kept.values()):
        return notation.BEHIND.sub("", text)
    return runs.sub(lambda found: kept[found[0]], text)


def changes(text: str, family: str, start: int = 0) -> Iterator[Change]:
    """What ``strip`` changes, from left to right; ``start`` is added to the offsets."""
    runs = notation.PLAIN_RUN if notation.is_usual(text) else notation.ANY_RUN
    lengths: dict[str, int] = {}
    for found in runs.finditer(text):
        run = found[0]
        gone = lengths.get(run)
        if gone is None:
            gone = lengths[run] = len(run) - len(_kept(run, family))
        if gone:
            yield Change(start + found.start() + 1, run[1 : gone + 1], "")


def _kept(run: str, family: str) -> str:
    """A character and all that is written behind it, without its own annotations."""
    character, known = run[0], ""
    first = run[1 : run.find(")") + 1]
    same = first * (len(run) // len(first or run)) == run[1:] and "(" not in first[1:]
    if same and belongs(character, notation.reading(first[1:-1]), family):
        return character
    end = 1
    for found in notation.ANY.finditer(run, 1):
        reading = notation.reading(found[1])
        if not known:
            if not belongs(character, reading, family):
                break
            known = reading
        elif reading != known:
            break
        end = found.end()
    return character + run[end:]


def belongs(character: str, reading: str, family: str) -> bool:
    """Whether damage of this family writes the reading behind the character."""
    if "A" in family and readings().get(character) == reading:
        return True
    return "B" in family and is_han(character) and reading in toneless_readings(character)
