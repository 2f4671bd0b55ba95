"""Folding: one spelling for all scripts, widths and cases, so that equal words compare equal."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files


def fold(text: str) -> str:
    """The text with every character replaced by the first of its class (variants.txt).

    Each character stands for itself and keeps its place, so an offset in the folded text is an
    offset in the text. Converting a text between Simplified, Traditional, Taiwan's and Hong
    Kong's characters does not change its fold.
    """
    return text.translate(_TABLE)


def others(char: str) -> str:
    """The other characters of the class whose first is ``char``."""
    return _OTHERS.get(char, "")


_TEXT = (files(__package__) / "variants.txt").read_text(encoding="utf-8")
_OTHERS = {line[0]: line[1:] for line in _TEXT.splitlines()}
_TABLE = {ord(char): first for first, rest in _OTHERS.items() for char in rest}
_TABLE[ord("_")] = "-"  # so that whatever \w matches in a fold is a letter or digit
VARIANTS = sha256(_TEXT.encode()).hexdigest()[:16]  # tells one table of classes from another
