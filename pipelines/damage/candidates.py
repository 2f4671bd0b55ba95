"""Which characters may have stood where bytes are lost, those that fit the context best first.

Contexts are single characters of plain text (see language.plainly), "" where nothing is known.
``shunned`` are characters that would have left a trace and are taken only if all else fails.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import NamedTuple

from .habits import Habits
from .language import UNSEEN, language, plainly
from .tables import decoded, encoded, is_han, is_written

LOST = "\ufffd"
_MARKS = "。，、；：？！“”‘’《》（）【】—…·〈〉　"
FAMILIAR = 1.3  # logarithm that a pair gains which the document has in another place
_SHUNNED = -6.0
_FREQUENT = 10  # characters of each byte that are tried beside any other one
_BEST_PAIR = -1.5  # logarithm of the chance of a pair that is about as likely as pairs get


class Option(NamedTuple):
    """A character, the one of its bytes that is lost, and the character in plain text."""

    character: str
    byte: int
    plain: str


class Options(NamedTuple):
    """Characters that share a byte, the most frequent first, and where each plain one stands."""

    all: tuple[Option, ...]
    plain: dict[str, tuple[int, ...]]


# How likely the second follows the first, the two characters, both in plain text.
Couple = tuple[float, str, str, str]

_NONE = Options((), {})


def _options(found: Iterable[Option]) -> Options:
    all_ = tuple(found)
    places: dict[str, tuple[int, ...]] = {}
    for place, option in enumerate(all_):
        places[option.plain] = (*places.get(option.plain, ()), place)
    return Options(all_, places)


@functools.cache
def _by_byte(which: int) -> dict[int, Options]:
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
    return {known: _options(options) for known, options in found.items()}


def with_lead(lead: int) -> Options:
    """Characters whose first byte is ``lead``, each with its second byte."""
    return _by_byte(0).get(lead, _NONE)


def with_trail(trail: int) -> Options:
    """Characters whose second byte is ``trail``, each with its first byte."""
    return _by_byte(1).get(trail, _NONE)


def familiar(before: str, character: str, after: str, pairs: frozenset[str]) -> float:
    """What a character gains (logarithm) from ``pairs`` that a document has in other places."""
    return FAMILIAR * ((before + character in pairs) + (character + after in pairs))


def best(
    options: Options,
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
    known = habits.pairs
    ranked = []
    for place in _worth_trying(options, before, after, number, habits):
        option = options.all[place]
        plain = option.plain
        score = single[plain]
        if before:
            score = pairs.get(before + plain, unseen_before + score)
            if before + plain in known:
                score += FAMILIAR
        if after:
            follows = pairs.get(plain + after)
            score += rest.get(plain, 0.0) + unseen_after if follows is None else follows
            if plain + after in known:
                score += FAMILIAR
        if option.character in avoided:
            score += _SHUNNED
        ranked.append((-score, place))
    ranked.sort()
    return [options.all[place] for _, place in ranked[:number]]


def _worth_trying(
    options: Options, before: str, after: str, number: int, habits: Habits
) -> Iterable[int]:
    """The places of the most frequent options and of all that are known beside a neighbour."""
    if len(options.all) <= 2 * number:
        return range(len(options.all))
    pairs, plain, known = language().pairs, options.plain, habits.pairs
    near: set[str] = set()
    if before:
        near.update([one for one in plain if (pair := before + one) in pairs or pair in known])
    if after:
        near.update([one for one in plain if (pair := one + after) in pairs or pair in known])
    places = set(range(2 * number))
    for one in near:
        places.update(plain[one])
    return places


@functools.cache
def _leading(lead: int) -> dict[int, tuple[Couple, ...]]:
    """By the second one's second byte: couples known as neighbours, the first begins with ``lead``.

    Their inner bytes make a private-use character.
    """
    model = language()
    table, images = encoded(), _images()
    found: dict[int, list[Couple]] = {}
    for one in with_lead(lead).all:
        if not _opens_private(one.byte):
            continue
        base = model.single[one.plain]
        for plain in model.followers.get(one.plain, ""):
            for character in images.get(plain, ()):
                pair = table[character]
                if _is_private(one.byte, pair >> 8):
                    score = model.pairs[one.plain + plain]
                    word = model.words.get(one.plain + plain)
                    if word is not None:
                        score = max(score, word - base)
                    couple = score, one.character + character, one.plain, plain
                    found.setdefault(pair & 0xFF, []).append(couple)
    return {trail: tuple(couples) for trail, couples in found.items()}


@functools.cache
def _images() -> dict[str, list[str]]:
    """Character of plain text: the characters that may have been written for it."""
    images: dict[str, list[str]] = {}
    for trail in range(0x40, 0xFF):
        for option in with_trail(trail).all:
            images.setdefault(option.plain, []).append(option.character)
    return images


def _opens_private(byte: int) -> bool:
    return 0xA1 <= byte <= 0xA7 or 0xAA <= byte <= 0xAF or byte >= 0xF8


def _is_private(lead: int, trail: int) -> bool:
    return "\ue000" <= decoded()[lead << 8 | trail] <= "\uf8ff"


@functools.lru_cache(maxsize=30_000)
def _couples(lead: int, trail: int) -> tuple[Couple, ...]:
    """Two characters between whose halves a private-use character may have been dropped.

    The first begins with the byte ``lead``, the second ends with ``trail``; the two bytes between
    them make a private-use character. Of those not known as neighbours only the most frequent
    are given.
    """
    model = language()
    found = list(_leading(lead).get(trail, ()))
    known = {couple[1] for couple in found}
    seconds = with_trail(trail).all[:_FREQUENT]
    for one in [one for one in with_lead(lead).all if _opens_private(one.byte)][:_FREQUENT]:
        unseen = model.rest.get(one.plain, 0.0)
        for two in seconds:
            both = one.character + two.character
            if both not in known and _is_private(one.byte, two.byte):
                found.append((unseen + model.single[two.plain], both, one.plain, two.plain))
    found.sort(reverse=True)
    return tuple(found)


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
        if before:
            score += pairs.get(before + first, unseen_before + single[first])
            if score < least:
                continue
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
    options = _options(one for one in with_lead(lead).all if _is_private(one.byte, outer))
    return best(options, before, after, number, habits, frozenset())
