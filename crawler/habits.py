"""What is usual for a source, learnt from its newest articles, and what is too far from it.

Pure. Shares are compared by how unlikely tonight would be if all were as usual, so that a few
articles can be judged as well as many, and a source of which little is known is left in peace.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from math import comb

from archive.runs import Example

UNLIKELY = 1e-5  # below it, tonight is not like the other nights
KNOWN_FROM = 20  # articles; of fewer, nothing is usual
_RULE = 0.95  # a trait that so many have is a rule
_LEGIBLE = 0.85  # of the letters that are no ASCII
_SAMPLE = 600  # characters of a body that show whether it is legible
_TEXT = 20  # letters; of fewer, neither script nor sameness tells anything
_TITLE = 4  # letters; fewer in a row are words such as 更多
_NOT_LETTERS = re.compile(r"[\W_]+")

Traits = Mapping[str, bool]


@dataclass(slots=True)
class Habits:
    """What the newest articles of a source had."""

    read: Counter[str] = field(default_factory=Counter)  # trait: articles where it can be told
    had: Counter[str] = field(default_factory=Counter)
    lengths: list[int] = field(default_factory=list)  # characters of text bodies
    texts: dict[int, str] = field(default_factory=dict)  # hash of a body: one title that had it

    def add(self, example: Example) -> None:
        """Learns from one article."""
        for name, has in traits(example).items():
            self.read[name] += 1
            self.had[name] += has
        if example.kind == "text":
            self.lengths.append(len(example.body))
            if len(letters(example.body)) >= _TEXT:
                self.texts.setdefault(hash(letters(example.body)), example.title)

    def is_known(self, name: str) -> bool:
        """Whether enough articles were seen to say what is usual."""
        return self.read[name] >= KNOWN_FROM

    def is_rule(self, name: str) -> bool:
        """Whether practically every article of this source has a trait."""
        return self.is_known(name) and self.had[name] >= _RULE * self.read[name]

    def share(self, name: str) -> float:
        """The usual share of a trait."""
        return (self.had[name] + 1) / (self.read[name] + 2)

    def strangeness(self, example: Example) -> str:
        """Why a new article looks like a page in place of the article, '' where it does not."""
        has = traits(example)
        if has.get("listed") is False and self.is_rule("listed"):
            return f"another title than listed: {example.title[:40]}"
        if has.get("legible") is False and self.is_rule("legible"):
            return "its characters make no sense"
        same = self.texts.get(hash(letters(example.body))) if example.kind == "text" else None
        if same is not None and same != example.listed:
            return f"the same text as another article: {same[:40]}"
        return ""


def learnt(examples: Iterable[Example]) -> Habits:
    """The habits that articles show."""
    habits = Habits()
    for example in examples:
        habits.add(example)
    return habits


def traits(example: Example) -> dict[str, bool]:
    """What one article has; what cannot be told of it is left out."""
    has = {
        "title": bool(example.title),
        "body": bool(example.body) or example.kind != "text",
        "published": bool(example.published),
        "outlet": bool(example.outlet),
        "author": bool(example.author),
    }
    agreeing = agrees(example.listed, example.title)
    if agreeing is not None:
        has["listed"] = agreeing
    said = letters(example.title + example.body[:_SAMPLE])
    if len(said) >= _TEXT:
        has["legible"] = is_legible(said)
    return has


def agrees(listed: str, title: str) -> bool | None:
    """Whether a listing's title and a page's can be of one article; None for a row too short."""
    one, other = letters(listed), letters(title)
    if len(one) < _TITLE:
        return None
    if len(other) < _TITLE:
        return bool(other) and other in one
    pairs = [{text[n : n + 2] for n in range(len(text) - 1)} for text in (one, other)]
    return 2 * len(pairs[0] & pairs[1]) >= min(map(len, pairs))


def is_legible(text: str) -> bool:
    """Whether a Simplified text is made of characters that people write; a wreck is not."""
    signs = (sign for sign in text if not sign.isascii())
    letters_ = [sign for sign in signs if sign.isalnum() or sign == "\ufffd"]
    if len(letters_) < _TEXT:
        return True
    return sum(sign in _common() for sign in letters_) >= _LEGIBLE * len(letters_)


def at_most(had: int, of: int, share: float) -> float:
    """The chance that at most ``had`` of ``of`` have what a ``share`` of all have."""
    return sum(comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(had + 1))


def at_least(had: int, of: int, share: float) -> float:
    """The chance that at least ``had`` of ``of`` have what a ``share`` of all have."""
    return at_most(of - had, of, 1 - share)


def letters(text: str) -> str:
    """Letters, digits and Han alone, in one width and case."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", text)).casefold() + (
        "\ufffd" * text.count("\ufffd")
    )


@cache
def _common() -> frozenset[str]:
    """The 3,755 characters of GB 2312's first level: of ordinary text, nearly all."""
    rows = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return frozenset(row.decode("gb2312", "ignore") for row in rows) - {""}
