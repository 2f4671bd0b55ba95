"""Where on an unknown page the article's text stands, told by the shape of its lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

from . import furniture
from .labels import SOFT
from .outline import Line, Outline
from .parsing import Element
from .words import words

_STOPS = re.compile("[，。；！？、：,;!?]|[.:](?= )|[”」』]")
_MARKUP = re.compile(
    r"</?(?:div|p|span|td|li|img|a)\b|\bfunction\s*\(|\bvar\s+\w+\s*=", re.IGNORECASE
)
_BODY_NAME = re.compile(
    r"article|content|zoom|trs_?editor|editor|zhengwen|neirong|news_?(?:txt|text|body|con)|detail|"
    r"body|main_?text|text|vsb|ucap|story|post|entry|paragraph|maintext|nr\b|_nr|cont\b|con\b|txt",
    re.IGNORECASE,
)
_ASIDE_NAME = re.compile(
    r"(?:^|[\s_-])(?:comments?|cmt|pinglun|sidebar|side|aside|foot(?:er)?|copyright|"
    r"relat(?:ed|ion|e)\w*|xiangguan|recommend\w*|tuijian|hot\w*|rank\w*|nav\w*|menu\w*|crumbs?|"
    r"breadcrumbs?|share\w*|banner|login|search\w*|tool\w*|friendlink|links?|"
    r"pag(?:er|ing|ination)|disclaimer|declare|statement|shengming|tags?|keywords|"
    r"author-?(?:info|card|box)|toplist|sns|weibo|qrcode|download-?app|guess\w*|interest\w*|"
    r"popup|modal|dialog|advert\w*|ads?|reply|replies|respond|feedback)(?=$|[\s_\d-])",
    re.IGNORECASE,
)
_LEAVES = words("""
    p li h1 h2 h3 h4 h5 h6 dd dt blockquote pre
    """)
_LONGEST = 3_000  # characters of a line that are looked at
_TITLE = 9  # signs; shorter links are tags and buttons
_CARD = 6  # lines; a box with a linked headline and so few lines is a teaser


@dataclass(frozen=True, slots=True)
class Content:
    """A box of the outline and the range of its lines that hold the article's prose.

    ``weight`` is the amount of prose, in signs.
    """

    box: int
    first: int
    last: int
    weight: float


def find(made: Outline, title: int = -1) -> Content | None:
    """The box with most prose and least else; None where the page has no prose at all.

    ``title`` is the line of the title where that is known for sure.
    """
    if not made.boxes:
        return None
    values = _values(made, title)
    sums = [0.0, *accumulate(values)]
    weights = [sums[box.last] - sums[box.first] for box in made.boxes]
    best = max(range(len(weights)), key=weights.__getitem__)
    if weights[best] <= 0:
        return None
    while made.boxes[best].element.tag in _LEAVES and made.boxes[best].parent >= 0:
        best = made.boxes[best].parent
    best = _narrowed(made, best, sums)
    first, last = made.within(best)
    return Content(best, first, last, weights[best])


def prose(line: Line) -> bool:
    """Whether a line is running text."""
    return line.image is None and line.size >= 12 and _value(line) >= 0.4 * line.size


def headline(line: Line) -> bool:
    """Whether a line is, or begins with, the linked title of another article."""
    return line.linked >= _TITLE and _longest_part(line) >= _TITLE


def _longest_part(line: Line) -> int:
    return max(len(part.strip()) for part in line.raw.split(SOFT))


def _values(made: Outline, title: int) -> list[float]:
    values = [_value(line) for line in made.lines]
    for at, value in enumerate(values):
        if value > 10 and _teaser(made, at):
            values[at] = -0.2 * value
    if title >= 0:
        values[:title] = [min(value, 0.3 * value) for value in values[:title]]
        end = _second_article(made, title, values)
        values[end:] = [min(value, 0.0) for value in values[end:]]
    total = sum(value for value in values if value > 0)
    for box in made.boxes:
        if box.last > box.first and aside(names(box.element)):
            own = sum(value for value in values[box.first : box.last] if value > 0)
            if own < 0.5 * total:
                for at in range(box.first, box.last):
                    values[at] = -abs(values[at])
    return values


def _value(line: Line) -> float:
    if line.image is not None:
        return 0.0
    own = line.size - line.linked
    if line.linked * 2 > line.size:
        return -2.0 - 0.6 * line.linked
    raw = line.raw[:_LONGEST]
    stops = len(_STOPS.findall(raw))
    if line.size < 400 and furniture.footer(line.raw):
        if furniture.rights(line.raw):
            return -float(line.size)
        return -0.3 * line.size if stops < 3 else 0.5 * line.size
    if own >= 60 and _MARKUP.search(raw):
        return 0.0
    if (stops >= 2 and own >= 12) or own >= 60:
        return float(own)
    return own * (0.5 if stops else 0.12)


def _teaser(made: Outline, at: int) -> bool:
    """Whether a line is the abstract under the linked headline of another article."""
    lines = made.lines
    for beside in (at - 1, at - 2):
        if beside < 0:
            break
        other = lines[beside]
        if other.image is not None:
            continue
        if other.linked * 3 < other.size * 2 or other.size < 6:
            break
        box = made.boxes[lines[at].box]
        for _ in range(3):
            if box.first <= beside:
                return box.last - box.first <= _CARD and box.last - box.first < len(lines) // 2
            if box.parent < 0:
                break
            box = made.boxes[box.parent]
        break
    return False


def _second_article(made: Outline, title: int, values: list[float]) -> int:
    """The line where another article's main heading begins under ours."""
    if made.lines[title].heading != 1:
        return len(made.lines)
    read = 0.0
    text = made.lines[title].text
    for at in range(title + 1, len(made.lines)):
        line = made.lines[at]
        if line.heading == 1 and read >= 80 and line.size >= 8 and line.text != text:
            return at
        read += max(values[at], 0.0)
    return len(made.lines)


def _narrowed(made: Outline, best: int, sums: list[float]) -> int:
    """The innermost box that still has all but a trace, or that is named as a body is."""
    whole = sums[made.boxes[best].last] - sums[made.boxes[best].first]
    chosen = best
    end = made.boxes[best].last
    for index in range(best + 1, len(made.boxes)):
        box = made.boxes[index]
        if box.first >= end:
            break
        if box.element.tag in _LEAVES or not _inside(made, index, chosen):
            continue
        share = (sums[box.last] - sums[box.first]) / whole
        if share >= 0.97 or (share >= 0.85 and _BODY_NAME.search(names(box.element))):
            chosen = index
    return chosen


def _inside(made: Outline, index: int, outer: int) -> bool:
    box, around = made.boxes[index], made.boxes[outer]
    return around.first <= box.first and box.last <= around.last


def aside(name: str) -> bool:
    """Whether class and id say that a box stands beside the article: share bars, related news."""
    return _ASIDE_NAME.search(name) is not None


def names(element: Element) -> str:
    """Class and id of an element."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"
