"""Makes archive/search/variants.txt: which characters the search index takes for the same.

Run ``python -m pipelines.make_variants`` after a new OpenCC is locked, then rebuild the index.

Two characters are of one class when a conversion of OpenCC between Simplified, Traditional,
Taiwan's and Hong Kong's spelling puts one in the place of the other, in any word. Because every
dictionary of these conversions is taken in whole, replacing each character by the first of its
class gives the same before and after any of them, for every text. The words of data/words.txt,
our own additions to OpenCC, are taken in too. Letters and digits are joined with their full-width,
upper-case, raised and accented forms.
"""

from __future__ import annotations

import subprocess  # the dictionaries come packed; OpenCC's own tool unpacks them
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import opencc

from .lexicon import shipped

TARGET = Path(__file__).parents[1] / "archive" / "search" / "variants.txt"

# Every dictionary that t2s, tw2s, hk2s, s2t, s2tw and s2hk consult.
_DICTIONARIES = (
    "CJK_Compatibility_Ideographs",
    "TSPhrases",
    "TSCharactersExt",
    "TSCharacters",
    "TWVariantsRevPhrases",
    "TWVariantsRev",
    "HKVariantsRevPhrases",
    "HKVariantsRev",
    "STPhrases",
    "STPhrases_GeneratedFromRegionalPhrases",
    "STCharacters",
    "TWVariantsPhrases",
    "TWVariants",
    "HKVariantsPhrases",
    "HKVariants",
)

# Blocks whose characters have a plainer form; later blocks gain characters with each Unicode.
_BLOCKS = (
    (0x0041, 0x005A),  # A-Z
    (0x00B2, 0x024F),  # raised digits, Latin with accents
    (0x0370, 0x04FF),  # Greek, Cyrillic
    (0x1E00, 0x1EFF),  # Latin with more accents
    (0x2070, 0x209C),  # raised and lowered
    (0x2100, 0x213A),  # letter-like signs
    (0x2E9F, 0x2FD5),  # radicals, which PDF readers give in place of characters
    (0xF900, 0xFAD9),  # compatibility ideographs
    (0xFF01, 0xFFDC),  # full-width and half-width forms
    (0x1D400, 0x1D7FF),  # mathematical letters
    (0x2F800, 0x2FA1D),  # compatibility ideographs, supplement
)

# Radicals for which Unicode gives no decomposition.
_RADICALS = dict(
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
        "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)


def variants() -> str:
    """The whole text of variants.txt: one class a line, its representative first."""
    parents: dict[str, str] = {}

    def root(char: str) -> str:
        while parents.setdefault(char, char) != char:
            char = parents[char]
        return char

    for one, other in _pairs():
        parents[root(one)] = root(other)
    classes: dict[str, set[str]] = defaultdict(set)
    for char in list(parents):
        classes[root(char)].add(char)
    lines = [_line(members) for members in classes.values() if len(members) > 1]
    return "\n".join(sorted(lines)) + "\n"


def _pairs() -> Iterator[tuple[str, str]]:
    for name in _DICTIONARIES:
        for source, target in _entries(name):
            yield from zip(source, target, strict=True)
    lexicon = shipped()
    for own in (lexicon.variants, lexicon.machine, lexicon.words, lexicon.back):
        for source, target in own.items():
            yield from zip(source, target, strict=True)
    yield from lexicon.after
    for first, last in _BLOCKS:
        for code in range(first, last + 1):
            plain = _plain(chr(code))
            if plain != chr(code):
                yield chr(code), plain
    yield from _RADICALS.items()


def _entries(dictionary: str) -> Iterator[tuple[str, str]]:
    """What one dictionary puts in the place of what; of several choices OpenCC takes the first."""
    base = Path(opencc.__file__).parent / "clib"
    source = base / "share" / "opencc" / f"{dictionary}.ocd2"
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "dictionary.txt"
        tool = base / "bin" / "opencc_dict"
        command: list[str | Path] = [tool, "-f", "ocd2", "-t", "text", "-i", source, "-o", target]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603  fixed words
        text = target.read_text(encoding="utf-8")
    for line in text.splitlines():
        key, _, values = line.partition("\t")
        if values:
            yield key, values.split(" ")[0]


def _plain(char: str) -> str:
    """The plain lower-case form of a character where that is one character; else itself."""
    if unicodedata.decomposition(char).startswith("<circle>"):
        return char
    form = unicodedata.normalize("NFKC", char)
    form = form if len(form) == 1 else char
    base = unicodedata.normalize("NFD", form)[0]
    form = base if base.isascii() and base.isalpha() else form
    form = form.lower() if len(form.lower()) == 1 else form
    return form if form.isalnum() else char


def _line(members: set[str]) -> str:
    """A class, most fitting representative first: what conversions to Simplified mostly give."""
    given = Counter(map(_simplified().convert, members))
    first = min(members, key=lambda char: (not _settled(char), -given[char], char))
    return first + "".join(sorted(members - {first}))


@cache
def _simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _settled(char: str) -> bool:
    return _plain(char) == char and char not in _RADICALS


if __name__ == "__main__":
    TARGET.write_text(variants(), encoding="utf-8")
