"""Makes data/spellings.txt: how words that OpenCC gets wrong are spelt in Traditional text.

Run ``python -m pipelines.make_spellings`` after a change of data/words.txt or a new OpenCC. It is
kept as a file because asking OpenCC takes 40 MB for its phrases, in every process that reads pages.
"""

from __future__ import annotations

from pathlib import Path

from . import conversion
from .conversion import Converter
from .lexicon import Lexicon, shipped

TARGET = Path(__file__).with_name("data") / "spellings.txt"
_HEAD = "# Made by make_spellings.py: a Traditional spelling, and the word that it is\n"


def made(lexicon: Lexicon) -> dict[str, str]:
    """The words of [after] and [keep] in each of their Traditional spellings."""
    found: dict[str, str] = {}
    by_word = [conversion.stock(config) for config in ("s2t", "s2tw", "s2hk")]

    def one_by_one(word: str) -> str:
        return "".join(map(by_word[0], word))

    spellings: list[Converter] = [*by_word, one_by_one, str]
    for (char, form), before in lexicon.after.items():
        for spelt in spellings:
            found |= {f"{spelt(one)}{char}": f"{one}{form}" for one in before}
    for word in sorted(lexicon.keep):
        found |= {spelt(word): word for spelt in spellings}
    return found


def text() -> str:
    """What stands in the file."""
    return _HEAD + "".join(f"{one}\t{form}\n" for one, form in made(shipped()).items())


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
