"""What a whole document shows about its damage, and how much work it is worth."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import notation
from .tables import readings


@dataclass(frozen=True, slots=True)
class Habits:
    """What a whole document shows about its damage.

    ``annotated`` are the characters it annotates; ``folded``: its full-width punctuation was made
    half-width; ``dropped``: its private-use characters, two bytes each, may have been dropped.
    """

    annotated: frozenset[str] = frozenset()
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
        folded=not re.search("[！？；，：（）]", text),
        dropped=not re.search("[\ue000-\uf8ff]", text),
    )


class Effort:
    """How many moves may still be weighed in one document: hostile text takes linear time."""

    def __init__(self, text: str) -> None:
        self.left = 20_000 + len(text) // 2
