"""What a whole document shows about its damage, and how much work it is worth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from . import notation
from .language import plainly
from .tables import readings

_REMEMBERED = 400_000  # characters of a document that are remembered
_HAN = re.compile("[\u4e00-\u9fff]{2,}")


@dataclass(frozen=True, slots=True)
class Habits:
    """What a whole document shows about its damage.

    ``annotated`` are the characters it annotates; ``pairs`` are its neighbouring Han characters, in
    plain text (see language.plainly); ``folded``: its full-width punctuation was made
    half-width; ``dropped``: its private-use characters, two bytes each, may have been dropped.
    """

    annotated: frozenset[str] = frozenset()
    pairs: frozenset[str] = frozenset()
    folded: bool = False
    dropped: bool = False


def habits(text: str) -> Habits:
    """The habits of a document."""
    known = readings()
    return Habits(
        frozenset(
            run[0]
            for run in set(notation.PLAIN_RUN.findall(text))
            if known.get(run[0]) == run[2 : run.index(")")]
        ),
        _pairs(text),
        folded=not re.search("[！？；，：（）]", text),
        dropped=not re.search("[\ue000-\uf8ff]", text),
    )


def _pairs(text: str) -> frozenset[str]:
    whole = plainly(notation.PLAIN.sub("", text[:_REMEMBERED]))
    pairs: set[str] = set()
    for run in _HAN.findall(whole):
        pairs.update(map("".join, pairwise(run)))
    return frozenset(pairs)


class Effort:
    """How many moves may still be weighed in one document: hostile text takes linear time."""

    def __init__(self, text: str) -> None:
        self.left = 20_000 + len(text) // 8  # ordinary damage takes a fortieth
