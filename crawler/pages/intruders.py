"""Boxes inside a body that are not of it: players, votes, share bars, lists of related news."""

from __future__ import annotations

import re

from .content import aside, names
from .outline import Line, Outline
from .parsing import Element

_PLAYER = re.compile(
    r"(?:^|[\s_-])(?:[a-z]{0,4}player\w*|video-?(?:js|box|info|title|fold|unfold|wrap|ctrl)|vjs-\w+|"
    r"prism-\w+|audio-\w+|vote\w*|toupiao|survey|diaocha|questionnaire)(?=$|[\s_-])",
    re.IGNORECASE,
)
_SHARE = 0.3  # of the text; what holds more is the article
_CHOICES = frozenset({"radio", "checkbox", "submit"})


def without(made: Outline, first: int, last: int) -> list[Line]:
    """The lines of a range without those of boxes that belong to the page."""
    lines = made.lines
    total = sum(line.size for line in lines[first:last])
    dropped: set[int] = set()
    for box in made.boxes:
        inside = first <= box.first < box.last <= last and box.last - box.first < last - first
        if inside and box.first not in dropped and _intrudes(box.element):
            own = sum(line.size for line in lines[box.first : box.last])
            if own < _SHARE * total:
                dropped.update(range(box.first, box.last))
    if not dropped:
        return lines[first:last]
    return [lines[at] for at in range(first, last) if at not in dropped]


def _intrudes(element: Element) -> bool:
    name = names(element)
    if len(name) > 1 and (aside(name) or _PLAYER.search(name)):
        return True
    return element.tag == "form" and any(
        (field.get("type") or "").lower() in _CHOICES for field in element.iter("input")
    )
