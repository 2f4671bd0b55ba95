"""Highlighting: where a query's words stand in a text as the reader sees it, in either script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from html import escape as html_escape
from itertools import islice

from .folding import fold
from .query import Query, Word, parse
from .units import GAP, LETTER, WORD, Parts, is_single, phrase

Span = tuple[int, int]
_MOST = 500  # spans of one word in one text; a page that marks more helps nobody


def spans(text: str, query: Query | str) -> list[Span]:
    """Start and end of each place where a wanted word stands, in order, not overlapping."""
    return _merged(span for found in _found(fold(text), _words(query), _MOST) for span in found)


def mark(
    text: str,
    query: Query | str,
    escape: Callable[[str], str] = html_escape,
    before: str = "<mark>",
    after: str = "</mark>",
) -> str:
    """The whole text as HTML with the words marked; another ``escape`` makes it another form."""
    return _marked(text, spans(text, query), escape, before, after)


def snippet(
    text: str,
    query: Query | str,
    width: int = 120,
    escape: Callable[[str], str] = html_escape,
    before: str = "<mark>",
    after: str = "</mark>",
) -> str:
    """About ``width`` characters of the text where most of the words stand, in one line.

    The beginning of the text where none does. An ellipsis tells where text was left out.
    """
    found = _found(fold(text), _words(query), 40)
    start, end = _window(text, found, width)
    piece = re.sub(r"\s", " ", text[start:end])
    inside = _merged(
        (max(first, start) - start, min(last, end) - start)
        for word in found
        for first, last in word
        if first < end and last > start
    )
    shown = _marked(piece, inside, escape, before, after)
    return ("…" if start else "") + shown + ("…" if end < len(text) else "")


def holds(word: Word, folded: str) -> bool:
    """Whether a folded text has a word, by reading it through: the truth the index answers to."""
    return all(re.search(pattern, folded) for pattern in _needed(word.parts))


def _words(query: Query | str) -> Sequence[Word]:
    return (parse(query) if isinstance(query, str) else query).words


def _found(folded: str, words: Sequence[Word], most: int) -> list[list[Span]]:
    """The places of each word."""
    return [
        [found.span() for found in islice(_shown(word.parts).finditer(folded), most)]
        for word in words
    ]


def _window(text: str, found: list[list[Span]], width: int) -> Span:
    """The stretch with the most different words, the earliest of the best."""
    places = sorted((start, number) for number, word in enumerate(found) for start, _ in word)
    best, most = 0, 0
    for index, (start, _) in enumerate(places):
        within = {n for s, n in islice(places, index, index + 60) if s < start + width * 2 // 3}
        if len(within) > most:
            best, most = start, len(within)
    start = max(0, best - width // 4)
    start = max(0, min(start, len(text) - width))
    return start, min(len(text), start + width)


def _merged(found: Iterable[Span]) -> list[Span]:
    """Spans in order, overlapping ones joined."""
    out: list[Span] = []
    for start, end in sorted(found):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _marked(
    text: str, found: list[Span], escape: Callable[[str], str], before: str, after: str
) -> str:
    out = []
    place = 0
    for start, end in found:
        out += [escape(text[place:start]), before, escape(text[start:end]), after]
        place = end
    return "".join([*out, escape(text[place:])])


@lru_cache(maxsize=512)
def _shown(parts: Parts) -> re.Pattern[str]:
    """What to mark for a word: it in one piece, else the pieces that are asked for apart."""
    return re.compile("|".join(dict.fromkeys([_row(parts), *_needed(parts)])))


@lru_cache(maxsize=512)
def _needed(parts: Parts) -> tuple[str, ...]:
    """Patterns of which a text needs every one; several where a unit is lone (units.py)."""
    asked = phrase(parts)
    row = _row(asked.core)
    if asked.whole_left:
        row = f"(?<!{WORD}){row}"
    if asked.whole_right:
        row = f"{row}(?!{WORD})"
    return (*([row] if asked.core else []), *map(_unit, asked.lone))


def _row(parts: Parts) -> str:
    return GAP.join("".join(map(_unit, part)) for part in parts)


def _unit(unit: str) -> str:
    """A run of letters and digits is only found as a whole."""
    return unit if is_single(unit) else f"(?<!{LETTER}){re.escape(unit)}(?!{LETTER})"
