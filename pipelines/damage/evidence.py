"""Counts what speaks for and against damage in a text; detect.py judges it."""

from __future__ import annotations

import functools
import re
from collections import Counter
from dataclasses import dataclass, replace

from . import notation
from .habits import Effort, habits
from .inversion import invert
from .language import language, plainly
from .tables import OBSERVED, encoded, is_han, readings, simplified, toneless_readings, trails

_HAN = "[\u4e00-\u9fff]"
_ORPHAN = re.compile(rf"([^\x00-\x7f])[?？\ufffd]({notation.READING})[)）]")
_TONELESS_RUN = re.compile(rf"({_HAN})((?:\([a-zü]{{1,6}}\))+)")
_RUN_BEFORE = re.compile(rf"{_HAN}*\Z")
_RUN_AFTER = re.compile(rf"{_HAN}*")
CUT = re.compile(f"{_HAN}[?\ufffd](?:[！？；。，]{_HAN}|[?]{_HAN})")
_CUTS = 30  # places where characters may have been cut apart that are looked at
_SAMPLE = 3000  # characters that tell whether a text is Traditional
# Forms that no mirror's converter writes, and what it leaves in their place.
_PROPER = re.compile("[於後裡裏雲幹採遊麼範並鬥徵願祕鬱餘傑佔諮築恆槓牀係製鬆隻]")
_KEPT = re.compile("[于后里云干采游么范并斗征愿秘郁余杰占咨筑恒杠床系制松只]")
_SENTENCE = 5  # Han characters in a row that make a place look like running text
_FREQUENT = -7.6  # logarithm of the chance of about the 500th character
_LOOKED_AT = 300  # places whose surroundings are looked at


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was counted: annotations that fit the damage, that do not, and where they stand."""

    fitting: int = 0  # annotations as the damage writes them
    distinct: int = 0  # different characters among these
    known: float = 0.0  # share of these characters that are expected (seen before; frequent)
    other: int = 0  # annotations as people write them
    running: float = 0.0  # share of the fitting ones inside running text
    constant: float = 0.0  # how constantly a character is annotated
    broken: int = 0  # family A: annotations whose parenthesis was swallowed with half a character
    proper: bool = False  # written by somebody who knows Traditional, as no converter does
    repeated: int = 0  # family B: annotations that stand several times in a row
    density: float = 0.0  # family B: share of the Han characters of these lines annotated
    traditional: float = 0.0  # family B: share of the Han characters that are Traditional forms


def evidence_toned(text: str) -> Evidence:
    """What speaks for and against family A."""
    known = readings()
    pattern = notation.PLAIN if notation.is_usual(text) else notation.ANY
    counts: Counter[str] = Counter()
    other = 0
    places: list[tuple[int, int]] = []
    for found in pattern.finditer(text):
        reading = notation.reading(found[1])
        before = text[found.start() - 1 : found.start()]
        if not notation.is_toned(reading) or not before:
            continue
        if known.get(before) == reading:
            counts[before] += 1
            places.append(found.span())
        elif is_han(before):
            other += 1
        elif before.isascii() and before.isalpha():
            continue  # may be half of a split character
    broken = sum(
        (encoded().get(found[1], 0) & 0xFF, found[2]) in trails()
        for found in _ORPHAN.finditer(text)
    )
    fitting = sum(counts.values())
    if not fitting:
        return Evidence(other=other, broken=broken)
    return Evidence(
        fitting=fitting,
        distinct=len(counts),
        known=sum(c in OBSERVED for c in counts) / len(counts),
        other=other,
        running=_share_running(text, places),
        constant=sum(n / text.count(c) for c, n in counts.items()) / len(counts),
        proper=_is_proper(text),
        broken=broken,
    )


def evidence_toneless(text: str) -> Evidence:
    """What speaks for and against family B."""
    known = readings()
    counts: Counter[str] = Counter()
    places: list[tuple[int, int]] = []
    other = repeated = inside = constant = groups = han = converted = 0
    for line in text.split("\n"):
        if "(" not in line:
            continue
        times: dict[str, set[int]] = {}
        here: Counter[str] = Counter()
        for found in _TONELESS_RUN.finditer(line):
            character, written = found[1], found[2]
            first = written[1 : written.index(")")]
            number = written.count("(")
            if written != f"({first})" * number or first not in toneless_readings(character):
                other += _is_pinyin(first)
                continue
            times.setdefault(character, set()).add(number)
            here[character] += 1
            repeated += number > 1
        for character, numbers in times.items():
            occurrences = line.count(character)
            if occurrences > 1:
                groups += 1
                constant += len(numbers) == 1 and here[character] == occurrences
        if here:
            counts += here
            plain = [c for c in line if is_han(c)]
            han += len(plain)
            converted += sum(c in known for c in plain)
    if not counts:
        return Evidence(other=other)
    for found in _TONELESS_RUN.finditer(text):
        places.append(found.span(2))
        inside += is_han(text[found.end() : found.end() + 1] or " ")
        if len(places) == _LOOKED_AT:
            break
    single = language().single
    frequent = sum(single.get(plainly(c), -99.0) > _FREQUENT for c in counts) / len(counts)
    return Evidence(
        fitting=sum(counts.values()),
        distinct=len(counts),
        known=frequent,
        other=other,
        running=min(_share_running(text, places), 2 * inside / len(places)),
        constant=constant / groups if groups else 1.0,
        proper=_is_proper(text),
        repeated=repeated,
        density=sum(counts.values()) / han,
        traditional=converted / han,
    )


def with_cuts(seen: Evidence, text: str) -> Evidence:
    """The evidence for family A with places where characters were cut apart at punctuation.

    Such places are all there is on mirrors that convert but annotate nothing. A place counts
    where reading it as cut makes far better sense than reading it as it stands.
    """
    han = [c for c in text[:_SAMPLE] if is_han(c)]
    if sum(c in readings() for c in han) <= 0.08 * len(han):
        return seen
    known = habits(text)
    cuts = 0
    effort = Effort("")
    for found in list(CUT.finditer(text))[:_CUTS]:
        start = text.rfind("\n", 0, found.start()) + 1
        end = text.find("\n", found.end())
        line = text[max(start, found.start() - 20) : (end if end >= 0 else None)][:80]
        cuts += any(
            change.sure and change.rule == "split" for change in invert(line, known, "A", effort)
        )
    return replace(seen, broken=seen.broken + cuts)


def _is_proper(text: str) -> bool:
    """Whether somebody who knows Traditional wrote this, not a converter."""
    proper = len(_PROPER.findall(text))
    return proper > 2 * len(_KEPT.findall(text))


def _share_running(text: str, places: list[tuple[int, int]]) -> float:
    """The share of places with running text around them, annotations left out."""
    looked_at = places[:: max(1, len(places) // _LOOKED_AT)]
    running = 0
    for start, end in looked_at:
        before = notation.ANY.sub("", text[max(0, start - 60) : start])
        after = notation.ANY.sub("", text[end : end + 60])
        left = _RUN_BEFORE.search(before)
        right = _RUN_AFTER.match(after)
        length = len(left[0] if left else "") + len(right[0] if right else "")
        running += length >= _SENTENCE
    return running / len(looked_at)


def _is_pinyin(syllable: str) -> bool:
    return syllable in _syllables()


@functools.cache
def _syllables() -> frozenset[str]:
    return frozenset().union(*(toneless_readings(c) for c in simplified()))
