"""Reads data/words.txt: characters and words of both scripts that OpenCC does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from model.errors import TashanError


class LexiconError(TashanError):
    """A line of words.txt is wrong; the text names the line and what was expected."""

    exit_code = 2


@dataclass
class Lexicon:
    """What words.txt says, section by section; the file explains the sections."""

    shared: set[str] = field(default_factory=set)
    variants: dict[str, str] = field(default_factory=dict)
    machine: dict[str, str] = field(default_factory=dict)
    after: dict[tuple[str, str], str] = field(default_factory=dict)  # (character, form): befores
    keep: set[str] = field(default_factory=set)
    words: dict[str, str] = field(default_factory=dict)
    back: dict[str, str] = field(default_factory=dict)  # [return] and [stay]


@cache
def shipped() -> Lexicon:
    """The lexicon of this package."""
    return read((files(__package__) / "data" / "words.txt").read_text(encoding="utf-8"))


@cache
def spellings() -> dict[str, str]:
    """The words of [after] and [keep] in each of their Traditional spellings, and what they become.

    data/spellings.txt is made by make_spellings.py.
    """
    text = (files(__package__) / "data" / "spellings.txt").read_text(encoding="utf-8")
    return dict(line.split() for line in text.splitlines()[1:])


def read(text: str, name: str = "words.txt") -> Lexicon:
    """The lexicon that a text describes; raises LexiconError at the first wrong line."""
    lexicon = Lexicon()
    for number, section, parts in _lines(text, name):
        try:
            _SECTIONS[section](lexicon, parts)
        except ValueError as error:
            raise LexiconError(f"{name}:{number}: [{section}]: {error}") from None
    return lexicon


def _lines(text: str, name: str) -> Iterator[tuple[int, str, list[str]]]:
    section = ""
    for number, whole in enumerate(text.splitlines(), 1):
        line = whole.split("#")[0].strip()
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
            if section not in _SECTIONS:
                known = ", ".join(_SECTIONS)
                raise LexiconError(f"{name}:{number}: no section [{section}]; there are {known}")
        elif line and not section:
            raise LexiconError(f"{name}:{number}: expected a section such as [words] first")
        elif line:
            yield number, section, line.split()


def _shared(lexicon: Lexicon, parts: list[str]) -> None:
    for part in parts:
        if len(part) != 1:
            raise ValueError(f"expected single characters, found {part}")
    lexicon.shared.update(parts)


def _keep(lexicon: Lexicon, parts: list[str]) -> None:
    for part in parts:
        if len(part) < 2:
            raise ValueError(f"expected words of two characters or more, found {part}")
    lexicon.keep.update(parts)


def _after(lexicon: Lexicon, parts: list[str]) -> None:
    if len(parts) != 3 or len(parts[0]) != 1 or len(parts[1]) != 1:
        raise ValueError("expected a character, its form, and the characters before it")
    place = (parts[0], parts[1])
    lexicon.after[place] = lexicon.after.get(place, "") + parts[2]


def _pair(pairs: dict[str, str], parts: list[str], shortest: int, longest: int) -> None:
    if len(parts) != 2:
        raise ValueError(f"expected two forms, found {' '.join(parts)}")
    word, form = parts
    if len(word) != len(form):
        raise ValueError(f"{word} and {form} must have the same number of characters")
    if not shortest <= len(word) <= longest:
        raise ValueError(f"{word} is too {'short' if len(word) < shortest else 'long'}")
    if pairs.get(word, form) != form:
        raise ValueError(f"{word} is {pairs[word]} in an earlier line")
    pairs[word] = form


def _stay(lexicon: Lexicon, parts: list[str]) -> None:
    for part in parts:
        _pair(lexicon.back, [part, part], 2, 99)


_SECTIONS: dict[str, Callable[[Lexicon, list[str]], None]] = {
    "shared": _shared,
    "variants": lambda lexicon, parts: _pair(lexicon.variants, parts, 1, 1),
    "machine": lambda lexicon, parts: _pair(lexicon.machine, parts, 1, 1),
    "after": _after,
    "keep": _keep,
    "words": lambda lexicon, parts: _pair(lexicon.words, parts, 2, 99),
    "return": lambda lexicon, parts: _pair(lexicon.back, parts, 2, 99),
    "stay": _stay,
}
