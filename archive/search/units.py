"""Units and tokens: how a folded text becomes the words of the index, and a query's phrases.

A unit is one Chinese character (kana, Hangul and private characters count as such) or one run
of other letters and digits: ``截至2019年`` has the units 截, 至, 2019, 年. A segment is a stretch
of units without anything between; a break, one or more other characters, ends it.

The stream of a text, its tokens in order, is made so that a run of tokens in it stands exactly
where its units stand in the text:

- each two neighbouring units of a segment are one token, overlapping: 截至 至2019 2019·年;
- a segment of one unit is that unit;
- a break beside letters or digits, or between equal units, is a token of the two units
  (``3.15`` gives 3¶15); other breaks need none, for the tokens beside them do not overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import add

JOINT = "·"  # after letters or digits inside a token of two units
BREAK = "¶"  # both are punctuation, so no unit has them

# Characters that are units by themselves. Ranges, because \w grows with each Python.
_SINGLE = (
    "\u3005-\u3007\u3021-\u3029"  # 々〆〇, Hangzhou numerals
    "\u3041-\u3096\u30a1-\u30fa\u30fc\u31f0-\u31ff"  # kana
    "\u3105-\u312f\u31a0-\u31bf"  # Bopomofo
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"  # Chinese characters
    "\ua000-\ua48c\uac00-\ud7a3"  # Yi, Hangul
    "\ue000-\uf8ff"  # private use: rare characters of old encodings
)
WORD = f"[\\w{_SINGLE}]"  # patterns: any character of a unit,
LETTER = f"[^\\W{_SINGLE}]"  # one of a run,
GAP = f"[^\\w{_SINGLE}]+"  # a break
_segments = re.compile(f"{WORD}+").findall
_units = re.compile(f"[{_SINGLE}]|{LETTER}+").findall
_singles_only = re.compile(f"[{_SINGLE}]+").fullmatch


def is_single(unit: str) -> bool:
    """Whether a unit is one character standing for itself, not a run of letters or digits."""
    return len(unit) == 1 and _stands_alone(unit)


def segments(folded: str) -> list[Sequence[str]]:
    """The units of each segment, in order; a segment of characters only is left a string."""
    return [segment if _singles_only(segment) else _units(segment) for segment in _segments(folded)]


def stream(parts: Iterable[Sequence[str]]) -> list[str]:
    """The tokens of segments, in order."""
    out: list[str] = []
    before = ""
    for part in parts:
        if before and _told(before, part[0]):
            out.append(before + BREAK + part[0])
        before = part[-1]
        if len(part) == 1:
            out.append(before)
        else:
            lefts = part if isinstance(part, str) else map(_left, part)
            out.extend(map(add, lefts, part[1:]))
    return out


def closers(parts: Iterable[Sequence[str]]) -> list[str]:
    """For each segment of several units a token that its last unit begins.

    With them in an index every unit of a text begins a token, so one unit can be asked for by
    what tokens begin with.
    """
    return [part[-1] + BREAK for part in parts if len(part) > 1]


Parts = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a text must have to contain some segments: ``tokens`` in a row, and ``lone`` units.

    ``core`` is the segments the tokens stand for; ``whole_left`` and ``whole_right`` say that
    its first and last segment must not go on in the text.
    """

    tokens: tuple[str, ...]
    lone: tuple[str, ...]
    core: Parts
    whole_left: bool = False
    whole_right: bool = False


def phrase(parts: Parts) -> Phrase:
    """The phrase that stands for segments of which the first and the last may go on in the text.

    One unit has no tokens and is lone. So is a first or last character beside a break for which
    the stream has no token: the index cannot tell in which place it stands.
    """
    if len(parts) == 1 and len(parts[0]) == 1:
        return Phrase((), (parts[0][0],), ())
    several = len(parts) > 1
    first = several and len(parts[0]) == 1 and not _told(parts[0][0], parts[1][0])
    last = several and len(parts[-1]) == 1 and not _told(parts[-2][-1], parts[-1][0])
    core = parts[int(first) : len(parts) - int(last)]
    tokens = stream(core)
    if core and not first and len(core[0]) == 1:
        tokens.pop(0)
    if core and not last and len(core[-1]) == 1:
        tokens.pop()
    lone = [parts[0][0]] * first + [parts[-1][0]] * last
    return Phrase(
        tuple(tokens),
        tuple(lone),
        core,
        bool(core) and first and len(core[0]) == 1,
        bool(core) and last and len(core[-1]) == 1,
    )


def _told(before: str, after: str) -> bool:
    """Whether the stream has a token for the break between two units."""
    return before == after or not (is_single(before) and is_single(after))


def _left(unit: str) -> str:
    return unit if is_single(unit) else unit + JOINT


@cache
def _stands_alone(char: str) -> bool:
    return bool(_singles_only(char))
