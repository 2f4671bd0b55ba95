"""Which characters may have stood where bytes are lost, those that fit the context best first.

Contexts are single characters of plain text (see language.plainly), "" where nothing is known.
``shunned`` are characters that would have left a trace and are taken only if all else fails.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

from .habits import Habits
from .language import UNSEEN, language, plainly
from .tables import decoded, encoded, is_han, is_written

LOST = "\ufffd"
_MARKS = "。，、；：？！“”‘’《》（）【】—…·〈〉　"
FAMILIAR = 1.3  # logarithm that a pair gains which the document has in another place
_SHUNNED = -6.0
_COUPLES = 80
_BEST_PAIR = -1.5  # logarithm of the chance of a pair that is about as likely as pairs get


class Option(NamedTuple):
    """A character, the one of its bytes that is lost, and the character in plain text."""

    character: str
    byte: int
    plain: str


@functools.cache
def _by_byte(which: int) -> dict[int, tuple[Option, ...]]:
    single = language().single
    usual = [
        (plainly(c), c, pair)
        for c, pair in encoded().items()
        if c in _MARKS or (is_han(c) and is_written(c))
    ]
    usual = [one for one in usual if single.get(one[0], UNSEEN) > UNSEEN]
    usual.sort(key=lambda one: -single[one[0]])
    found: dict[int, list[Option]] = {}
    for plain, c, pair in usual:
        bytes_ = (pair >> 8, pair & 0xFF)
        found.setdefault(bytes_[which], []).append(Option(c, bytes_[1 - which], plain))
    return {known: tuple(options) for known, options in found.items()}


def with_lead(lead: int) -> tuple[Option, ...]:
    """Characters whose first byte is ``lead``, each with its second byte."""
    return _by_byte(0).get(lead, ())


def with_trail(trail: int) -> tuple[Option, ...]:
    """Characters whose second byte is ``trail``, each with its first byte."""
    return _by_byte(1).get(trail, ())


def familiar(before: str, character: str, after: str, pairs: frozenset[str]) -> float:
    """What a character gains (logarithm) from ``pairs`` that a document has in other places."""
    return FAMILIAR * ((before + character in pairs) + (character + after in pairs))


def best(
    options: tuple[Option, ...],
    before: str,
    after: str,
    number: int,
    habits: Habits,
    shunned: frozenset[str] | None = None,
) -> list[Option]:
    """The ``number`` options that fit best between two characters, in a document of such habits.

    ``shunned`` are by default all that the document annotates.
    """
    avoided = habits.annotated if shunned is None else shunned
    model = language()
    pairs, single, rest = model.pairs, model.single, model.rest
    unseen_before, unseen_after = rest.get(before, 0.0), single.get(after, UNSEEN)
    ranked = []
    for place, option in enumerate(options):
        plain = option.plain
        score = single[plain]
        if before:
            score = pairs.get(before + plain, unseen_before + score)
        if after:
            follows = pairs.get(plain + after)
            score += rest.get(plain, 0.0) + unseen_after if follows is None else follows
        if option.character in avoided:
            score += _SHUNNED
        score += familiar(before, plain, after, habits.pairs)
        ranked.append((-score, place))
    ranked.sort()
    return [options[place] for _, place in ranked[:number]]


@functools.lru_cache(maxsize=30_000)
def _couples(lead: int, trail: int) -> tuple[tuple[float, str, str, str], ...]:
    """Two characters between whose halves a private-use character may have been dropped.

    The first begins with the byte ``lead``, the second ends with ``trail``; the two bytes between
    them make a private-use character. Each is given with how likely (logarithm) the second
    follows the first, and both in plain text; only the most frequent couples are.
    """
    model = language()
    table = decoded()
    found = []
    seconds = with_trail(trail)
    for one in with_lead(lead):
        if not (0xA1 <= one.byte <= 0xA7 or 0xAA <= one.byte <= 0xAF or one.byte >= 0xF8):
            continue
        base = model.single[one.plain]
        for two in seconds:
            if "\ue000" <= table[one.byte << 8 | two.byte] <= "\uf8ff":
                score = model.pair(one.plain, two.plain)
                word = model.words.get(one.plain + two.plain)
                if word is not None:
                    score = max(score, word - base)
                both = (score, one.character + two.character, one.plain, two.plain)
                found.append((score + base, both))
    found.sort(reverse=True)
    return tuple(sorted((both for _, both in found[:_COUPLES]), reverse=True))


def couples(
    lead: int,
    trail: int,
    before: str,
    after: str,
    least: float,
    habits: Habits,
    shunned: frozenset[str],
) -> list[tuple[str, float]]:
    """Couples (see _couples) that fit between two characters, best first.

    Only those are given whose chance (logarithm) is above ``least``, each with what it gains from
    being familiar in a document of such habits.
    """
    model = language()
    pairs, single, rest = model.pairs, model.single, model.rest
    unseen_before, unseen_after = rest.get(before, 0.0), single.get(after, UNSEEN)
    edges = (_BEST_PAIR if before else 0.0) + (_BEST_PAIR if after else 0.0)
    found = []
    for score, both, first, second in _couples(lead, trail):
        if score + edges < least:
            break
        score += pairs.get(before + first, unseen_before + single[first]) if before else 0.0
        if after:
            follows = pairs.get(second + after)
            score += rest.get(second, 0.0) + unseen_after if follows is None else follows
        if score > least and both[0] not in shunned and both[1] not in shunned:
            gain = familiar(before, first, second, habits.pairs)
            gain += familiar("", second, after, habits.pairs)
            found.append((score + gain, both, gain))
    found.sort(reverse=True)
    return [(both, gain) for _, both, gain in found]


def before_private(
    lead: int, outer: int, before: str, after: str, number: int, habits: Habits
) -> list[Option]:
    """Characters that begin with ``lead`` and end in the first byte of a private-use character.

    ``outer`` is that character's second byte.
    """
    table = decoded()
    options = tuple(
        one for one in with_lead(lead) if "\ue000" <= table[one.byte << 8 | outer] <= "\uf8ff"
    )
    return best(options, before, after, number, habits, frozenset())
