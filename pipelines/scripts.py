"""Simplified and Traditional: which script a text is in, and the text in another one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from model.article import Script

from . import conversion
from .conversion import Converter
from .lexicon import shipped, spellings

Target = Literal["hans", "hant", "tw", "hk"]
Kind = Literal["hans", "hant", "machine", "mixed", "none"]

_NAME = 3  # so many characters of another script may be a name
_SHARE = 8  # less than one in so many is a quotation
_CLAUSE = re.compile(r"[^，。；：！？、,;:!?“”‘’「」『』《》〈〉（）()\s]+")


def detect(text: str) -> Script:
    """The script of a text, by the characters that exist in one script only.

    ``none``: nothing tells. A name or a short quotation in the other script changes nothing;
    ``mixed`` is what has both in earnest.
    """
    letters = set(text)
    tables = _tables()
    if letters.isdisjoint(tables.hant):
        return "none" if letters.isdisjoint(tables.hans) else "hans"
    hant = len(tables.find_hant.findall(text))
    hans = len(tables.find_hans.findall(text))
    few, many = min(hans, hant), max(hans, hant)
    if few * _SHARE < many or (few <= _NAME and few < many):
        return "hans" if hans > hant else "hant"
    return "mixed"


def kind(text: str) -> Kind:
    """The script of a text; ``machine`` is Traditional made of Simplified, character by character.

    Such converters leave 于, 后 and 里, where people write 於, 後 and 裡.
    """
    script = detect(text)
    if script != "hant":
        return script
    left = sum(map(text.count, "于后里并愿筑"))
    written = sum(map(text.count, "於後裡裏並願築"))
    return "machine" if left and written * 3 <= left else "hant"


def convert(text: str, to: Target) -> str:
    """The text in another script, from whatever script it is in.

    Characters and spelling change, never the vocabulary, and never the number of characters.
    The same object comes back where nothing changes. Traditional is made from the Simplified of
    a text, unless people wrote it in Traditional: then only the region's forms are chosen.
    """
    if "\0" in text:  # OpenCC ends there
        made = "\0".join(convert(part, to) for part in text.split("\0"))
    elif to == "hans":
        return simplify(text)
    elif kind(text) == "hant":
        made = _from_traditional(to)(text)
    else:
        made = _from_simplified(to)(simplify(text))
    return text if made == text else made


def simplify(text: str, like: Kind = "none") -> str:
    """The text in Simplified; ``like`` is the kind of the text around it, if that is known.

    The same object comes back where nothing changes.
    """
    if "\0" in text:
        return "\0".join(simplify(part, like) for part in text.split("\0"))
    tables = _tables()
    letters = set(text)
    if letters.isdisjoint(tables.changed) and (
        like not in ("hant", "machine") or letters.isdisjoint(tables.shared)
    ):
        return text
    own = kind(text)
    if own == "none" or (own, like) == ("hant", "machine"):
        own = like
    if own == "mixed":
        lines = ((line, kind(line)) for line in text.split("\n"))
        made = "\n".join(_simplified(line, "hans" if k == "mixed" else k) for line, k in lines)
    else:
        made = _simplified(text, own)
    return text if made == text else made


def _simplified(text: str, own: Kind) -> str:
    if own == "hant":
        return _by_word()(text)
    if own == "machine":
        return _by_character()(text)
    return _CLAUSE.sub(_clause, text)


def _clause(match: re.Match[str]) -> str:
    """A clause of Simplified text; one that is Traditional throughout is a quotation."""
    clause, tables = match[0], _tables()
    letters = set(clause)
    if letters.isdisjoint(tables.changed):
        return clause
    quoted = letters.isdisjoint(tables.hans) and len(tables.find_hant.findall(clause)) > 1
    return _by_word()(clause) if quoted else clause.translate(tables.codes)


@dataclass(frozen=True)
class _Tables:
    hans: frozenset[str]  # in Simplified text only
    hant: frozenset[str]  # in Traditional text only
    shared: frozenset[str]  # in both, and converted where the text is Traditional
    changed: dict[str, str]  # to Simplified, wherever they stand
    codes: dict[int, str]
    find_hans: re.Pattern[str]
    find_hant: re.Pattern[str]


@cache
def _tables() -> _Tables:
    lexicon = shipped()
    han = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    one_by_one = "\n".join(han)

    def converted(config: str) -> Iterable[tuple[str, str]]:
        return zip(han, conversion.by_character(config)(one_by_one).split("\n"), strict=True)

    changed = {a: b for a, b in converted("t2s") if a != b and a not in lexicon.shared}
    hant = frozenset(changed)
    # What Taiwan and Hong Kong write as well does not tell.
    nowhere_else = [{a for a, b in converted(c) if a != b} for c in ("s2t", "s2tw", "s2hk")]
    hans = frozenset(a for a in set.intersection(*nowhere_else) if not _in_use(a)) - hant
    changed |= {a: b for a, b in lexicon.variants.items() if a not in lexicon.shared}
    return _Tables(
        hans,
        hant,
        frozenset(lexicon.shared),
        changed,
        {ord(a): b for a, b in changed.items()},
        re.compile(f"[{''.join(sorted(hans))}]"),
        re.compile(f"[{''.join(sorted(hant))}]"),
    )


def _in_use(char: str) -> bool:
    """Whether Traditional text uses a character: the first level of Big5, 5,401 of them."""
    try:
        return char.encode("big5")[0] < 0xC9
    except UnicodeEncodeError:
        return False


@cache
def _by_word() -> Converter:
    """Traditional as people write it, to Simplified."""
    lexicon = shipped()
    return conversion.extended("t2s", lexicon.variants | spellings() | lexicon.words)


@cache
def _by_character() -> Converter:
    """Traditional made character by character, to Simplified."""
    lexicon = shipped()
    single = _tables().changed | lexicon.machine
    plain = {
        word: form
        for word, form in lexicon.words.items()
        if form == "".join(single.get(char, char) for char in word)
    }
    return conversion.only(single | spellings() | plain)


@cache
def _from_simplified(to: Target) -> Converter:
    return conversion.extended({"hant": "s2t", "tw": "s2tw", "hk": "s2hk"}[to], shipped().back)


@cache
def _from_traditional(to: Target) -> Converter:
    return str if to == "hant" else conversion.stock({"tw": "t2tw", "hk": "t2hk"}[to])
