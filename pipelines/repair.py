"""Repairs text from machine-converted mirror pages: annotations out, split characters whole again.

``repair(text)`` decides by itself whether a text is damaged; text that is not comes back as the
same object. docs/text-repair.md tells what the damage is and what was measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from model.article import Article, Damage, Edit, Family

from .damage import detect, notation
from .damage.habits import Effort, habits
from .damage.inversion import invert, is_broken
from .damage.stripping import Change, changes, strip

_ENOUGH = 200  # characters of a body that decide for the whole article
_BREAKS = re.compile(r"([\n\t\r\v\f\x1c-\x1e\x85\u2028\u2029]+)")


@dataclass(frozen=True)
class Repair:
    """The repaired text and how it came about.

    ``trust`` runs from 1.0 (every edit certain) down to 0.0 (a wreck).
    """

    text: str
    family: Family | None
    trust: float
    read: str = field(default="", repr=False)
    inverted: tuple[tuple[int, int, tuple[Change, ...]], ...] = field(default=(), repr=False)

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """Every change at its offset in the text as read, in order; together they make ``text``."""
        return tuple(Edit("", *change) for change in self.changes())

    def changes(self) -> Iterator[Change]:
        """The same, one by one."""
        if self.family is None or self.text is self.read:
            return
        at = 0
        for start, end, found in self.inverted:
            yield from changes(self.read[at:start], self.family, at)
            yield from found
            at = end
        yield from changes(self.read[at:], self.family, at)


def repair(text: str, *, family: Family | None = None) -> Repair:
    """Undoes the damage of one text (plain, or HTML as read); see Repair.

    Without ``family`` the text itself decides. "A", "B" or "AB" says that the document it comes
    from is known to be damaged so, which repairs titles and snippets too short to decide.
    Newlines and tabs stay as they are; text without damage comes back as the same object.
    """
    if family is None:
        family = detect.verdict(text)
    if family is None or not text:
        return Repair(text, family, 1.0, text)
    if family == "wreck":
        return Repair(text, family, 0.0, text)
    if family == "unsure":
        return Repair(text, family, 0.5, text)
    if "A" in family and (is_broken(text) or notation.is_cut(text)):
        return _inverted(text, family)
    made = strip(text, family)
    return Repair(made, family, 1.0, text)


def _inverted(text: str, family: Family) -> Repair:
    """Text of family A with split characters: broken lines are inverted, the others stripped."""
    known = habits(text)
    effort = Effort(text)
    inverted: list[tuple[int, int, tuple[Change, ...]]] = []
    at = notation.cut_start(text)
    if at:
        inverted.append((0, at, (Change(0, text[:at], "", True, "cut"),)))
    pieces = _BREAKS.split(text[at:])
    for number, line in enumerate(pieces):
        last = number == len(pieces) - 1
        if is_broken(line) or (last and notation.is_cut(line)):
            found = tuple(invert(line, known, family, effort, at, last=last))
            inverted.append((at, at + len(line), found))
        at += len(line)
    made: list[str] = []
    at = 0
    for start, end, found in inverted:
        made += [strip(text[at:start], family), _applied(text, start, end, found)]
        at = end
    result = "".join([*made, strip(text[at:], family)])
    if result == text:
        return Repair(text, family, 1.0, text)
    return Repair(result, family, _trust(text, inverted), text, tuple(inverted))


def _applied(text: str, start: int, end: int, found: tuple[Change, ...]) -> str:
    parts = []
    for change in found:
        parts += [text[start : change.offset], change.after]
        start = change.offset + len(change.before)
    return "".join([*parts, text[start:end]])


def _trust(text: str, inverted: list[tuple[int, int, tuple[Change, ...]]]) -> float:
    """One doubtful change in a hundred characters halves the trust."""
    doubtful = sum(not change.sure for _, _, found in inverted for change in found)
    return round(1.0 / (1.0 + 100.0 * doubtful / max(len(text), 100)), 3)


# Labelled values of a row are held apart by no-break spaces; family A leaves question marks.
_BY_LINE = frozenset({"outlet", "author", "editor", "column"})
_LOST_SPACES = re.compile(r"[?\s]*(.*?)[?\s]*", re.DOTALL)


def _without_lost_spaces(text: str) -> tuple[int, int]:
    """Where a value begins and ends between lost spaces; a half character at its end stays."""
    found = _LOST_SPACES.fullmatch(text)
    return (0, len(text)) if found is None or is_broken(found[1]) else found.span(1)


def repair_article(article: Article) -> Article:
    """The article with its damage undone; the same object when it has none.

    The body decides, or all text together where the body is short; every other field inherits.
    ``damage`` names the family, the trust and every edit with its field and its offset in the
    field as read.
    """
    fields: list[str] = []

    def note(_field: str, text: str) -> str:
        fields.append(text)
        return text

    article.map_text(note)
    body = article.text
    family = detect.verdict(body)
    if family == "unsure" or (family is None and len(body) < _ENOUGH):
        family = detect.verdict("\n".join(fields)) or family
    if family is None:
        return article
    by_line = _BY_LINE if "A" in family else frozenset()
    edits: list[Edit] = []
    trusts: list[tuple[float, int]] = []

    def change(name: str, text: str) -> str:
        start, end = _without_lost_spaces(text) if name in by_line else (0, len(text))
        for at, to in ((0, start), (end, len(text))):
            if at < to:
                edits.append(Edit(name, at, text[at:to], "", True, "lost space"))
        done = repair(text[start:end], family=family)
        edits.extend(
            Edit(name, start + made.offset, made.before, made.after, made.sure, made.rule)
            for made in done.changes()
        )
        trusts.append((done.trust, len(text)))
        return done.text

    repaired = article.map_text(change)
    size = sum(length for _, length in trusts)
    trust = sum(value * length for value, length in trusts) / size
    return replace(repaired, damage=Damage(family, round(trust, 3), tuple(edits)))
