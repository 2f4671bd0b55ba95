"""Tables of words, written as text: a line takes as many as fit."""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


def in_order(text: str) -> tuple[str, ...]:
    """The words of a text in their order."""
    return tuple(text.split())


def either(text: str) -> str:
    """A pattern that matches any word of a text, longer ones first; + stands for a space."""
    found = sorted(text.split(), key=len, reverse=True)
    return "(?:" + "|".join(re.sub(r"(?<!\[)\+", r"\\s", word) for word in found) + ")"
