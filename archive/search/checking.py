"""Checking: does the index answer as reading the texts through does?"""

from __future__ import annotations

import random
from collections.abc import Iterable

from .folding import fold
from .highlight import holds
from .index import FORMAT, Connection, Row
from .matching import compile  # noqa: A004  as re.compile
from .query import Query, Word
from .results import find
from .units import segments

_LONGEST = 8  # characters of a question


def verify(
    connection: Connection, rows: Iterable[Row], sample: int = 200, seed: int = 0
) -> list[str]:
    """Compares the index with the texts; one line for each thing that is wrong, none where none is.

    ``rows`` are all articles. Which of them are indexed is compared for all; for ``sample`` of
    them, as many pieces of their texts and titles are looked for by the index and by reading.
    """
    made_by = connection.execute("SELECT format FROM search_state").fetchone()[0]
    if made_by != FORMAT:
        return ["search index: was made by another version of the rules; rebuild it"]
    chance = random.Random(seed)  # noqa: S311  a sample, no secret
    chosen: list[Row] = []
    numbers = set()
    for count, row in enumerate(rows):
        numbers.add(row[0])
        if count < sample:
            chosen.append(row)
        elif (place := chance.randrange(count + 1)) < sample:
            chosen[place] = row
    return [*_membership(connection, numbers), *_answers(connection, chosen, chance)]


def _membership(connection: Connection, numbers: set[int]) -> list[str]:
    indexed = {n for (n,) in connection.execute("SELECT id FROM articles_fts_docsize")}
    found = []
    for label, odd in (
        ("articles are not in it", numbers - indexed),
        ("articles in it do not exist", indexed - numbers),
    ):
        if odd:
            some = ", ".join(map(str, sorted(odd)[:5]))
            found.append(f"search index: {len(odd)} {label} ({some} …)")
    return found


def _answers(connection: Connection, chosen: list[Row], chance: random.Random) -> list[str]:
    texts = {number: fold(f"{title}\n{body or ''}") for number, title, body in chosen}
    titles = {number: fold(title) for number, title, _ in chosen}
    found = []
    for number, title, _ in chosen:
        for text, where, is_title in ((texts[number], texts, False), (fold(title), titles, True)):
            word = _piece(text, chance, is_title)
            if word is None:
                continue
            query = Query(word.text, ((word,),))
            answer = set(find(connection, compile(query))) & where.keys()
            truth = {n for n, folded in where.items() if holds(word, folded)}
            if answer != truth:
                found.append(
                    f"search index: {word.text!r}{' in titles' if is_title else ''}"
                    f" misses {sorted(truth - answer)[:5]}, invents {sorted(answer - truth)[:5]}"
                )
    return found


def _piece(text: str, chance: random.Random, title: bool) -> Word | None:
    """A random piece of a text as a word to look for."""
    if not text:
        return None
    start = chance.randrange(len(text))
    piece = text[start : start + chance.randint(1, _LONGEST)]
    parts = tuple(map(tuple, segments(piece)))
    return Word(piece, parts, title) if parts else None
