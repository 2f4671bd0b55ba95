"""The title of an article: the full one, without the site's name, with kicker and subtitle."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import byline, claims, dates, furniture
from .claims import Claims
from .content import names
from .headline import of_head, without_site
from .labels import SOFT
from .outline import Line, Outline
from .page import Page
from .spelling import clean, squeezed

_TITLE_NAME = re.compile(
    r"(?:^|[\s_-]|art|article|news|main|detail|content|info|show|page|arc|big|w|cont|d|read|h|a)_?"
    r"(?:title|tit|tt|bt|biaoti|headline|header|subject|caption|topic)(?=$|[\s\d_-])|tdTitle|"
    r"title\d|Title\b",
)
_ELLIPSIS = re.compile(r"(?:\.{2,}|…+)$")
_SURE = 8.0
_LIKE = 4.0  # less comes from the looks of a line alone


@dataclass(frozen=True, slots=True)
class Title:
    """A title, the line it stands in (-1: in no line), what told it, and whether that is sure."""

    text: str
    line: int = -1
    by: str = ""
    sure: bool = False


def find(page: Page, made: Outline, body: tuple[int, int] | None = None) -> Title:
    """The title of an article page for which nobody wrote a rule.

    ``body`` is the range of the body's lines where it is known already.
    """
    said = claims.of(page, made)
    stop = len(made.lines) if body is None else _stop(made, body)
    best, best_score = -1, 0.0
    for at in range(stop):
        score = _score(made, at, said, None if body is None else body[0])
        if body is not None and score > 0:
            over = _over_row(made, at)
            score = 0.0 if score < _LIKE and said.cores and not over else score + over
        if score > best_score:
            best, best_score = at, score
    if best_score < _SURE:
        broken = _broken(made, said, stop)
        if broken is not None:
            return broken
    if best >= 0:
        text = _completed(_heading(made, best, said), said.wholes)
        return Title(clean(text), best, _by(made, best), best_score >= _SURE)
    tag = clean(without_site(of_head(page), page))
    for text in [*(text for text in map(clean, said.heads) if text != tag), tag]:
        if len(squeezed(text)) >= 2:
            return Title(text, -1, "title tag" if text == tag else "meta")
    return Title("")


def _broken(made: Outline, said: Claims, stop: int) -> Title | None:
    """A title that stands in one box in several lines, none of which is the whole."""
    for box in made.boxes:
        if box.first < stop and 2 <= box.last - box.first <= 4:
            lines = [line for line in made.lines[box.first : box.last] if line.image is None]
            key = squeezed("".join(line.text for line in lines))
            if len(key) >= 6 and key in said.cores:
                text = next(head for head in said.heads if squeezed(head) == key)
                return Title(clean(text), box.last - 1, f"lines of {box.element.tag}", True)
    return None


def _named(line: Line, said: Claims) -> str:
    """A heading's text as far as the head claims it, without the tools and counts behind it."""
    parts = line.raw.split(SOFT)
    if not line.heading or len(parts) < 2 or any(squeezed(line.text) in key for key in said.keys):
        return line.text
    for count in range(len(parts) - 1, 0, -1):
        text = clean("".join(parts[:count])).rstrip(" [【(（")
        key = squeezed(text)
        if len(key) >= 2 and said.parts(text) and any(whole.startswith(key) for whole in said.keys):
            return text
    return line.text


def _heading(made: Outline, at: int, said: Claims) -> str:
    """The text of a title's line, or of its whole heading where line breaks part that."""
    line = made.lines[at]
    heads = said.heads
    named = _named(line, said)
    text = _undated(line.raw) if named == line.text else named
    box = made.boxes[line.box]
    whole = [other.text for other in made.lines[box.first : box.last] if other.image is None]
    if not line.heading or not 2 <= len(whole) <= 4:
        return text
    key = squeezed("".join(whole))
    return next((head for head in heads if squeezed(head) == key), text)


def _undated(raw: str) -> str:
    """A heading without the date that stands in an element of its own behind it."""
    head, _, last = raw.rstrip(SOFT + " ").rpartition(SOFT)
    dated = dates.find(last)
    if (
        head.strip(SOFT + " ")
        and len(dated) == 1
        and dated[0].end - dated[0].start >= len(last.strip())
    ):
        raw = head
    return clean(raw)


def _stop(made: Outline, body: tuple[int, int]) -> int:
    first, last = body
    return min(len(made.lines), first + max(12, (last - first) // 3))


def _score(made: Outline, at: int, said: Claims, body: int | None) -> float:
    line = made.lines[at]
    if line.image is not None or not 2 <= line.size <= 160:
        return 0.0
    linked = line.linked * 2 > line.size
    if linked and not line.heading and (body is None or not _over_row(made, at)):
        return 0.0
    text = _named(line, said)
    key = squeezed(text)
    if len(key) < 2:
        return 0.0
    parted = said.parts(text)
    likeness = max((said.likeness(key, whole, parted) for whole in said.keys), default=0.0)
    if line.heading == 1 and parted and any(whole.startswith(key) for whole in said.keys):
        likeness = max(likeness, 5.0)  # a main heading counts however short it is
    if linked and likeness < (5.0 if line.heading else 3.0):
        return 0.0
    shape = {0: 0.0, 1: 2.0, 2: 1.5}.get(line.heading, 1.0)
    if _TITLE_NAME.search(names(made.boxes[line.box].element)):
        shape += 1.0
    if line.bold * 2 > line.size:
        shape += 0.5
    if body is not None and line.heading == 0 and line.size <= 60 and _large(made, line):
        shape += 0.8
    if likeness == 0.0 and (body is None or shape < 1.0 or len(key) < 6 or _furniture(line)):
        return 0.0
    distance = 0.0 if body is None else min(abs(body - at), 40) * 0.04
    late = 1.5 if body is not None and at > body + 3 else 0.0
    return likeness * 2 + shape - distance - late - at * 1e-4


_POINTS = re.compile(r"font-size\s*:\s*(\d+(?:\.\d+)?)\s*(px|pt|em|rem|%)?", re.IGNORECASE)
_LARGE = {"px": 17, "pt": 13, "em": 1.2, "rem": 1.2, "%": 120}


def _large(made: Outline, line: Line) -> bool:
    """Whether a line is set in large letters, by its own box or what stands in it."""
    box = made.boxes[line.box].element
    for number, element in enumerate(box.iter()):
        if number > 6:
            break
        size = element.get("size") or ""
        if element.tag == "font" and (
            (size.isdecimal() and int(size) >= 4) or size in ("+1", "+2", "+3")
        ):
            return True
        match = _POINTS.search(element.get("style") or "")
        if match is not None and float(match[1]) >= _LARGE[(match[2] or "px").lower()]:
            return True
    return False


def _over_row(made: Outline, at: int) -> float:
    """What it is worth that the by-line stands right under a line."""
    for line in made.lines[at + 1 : at + 4]:
        if line.image is None and line.size <= 150:
            row = byline.read(line.raw)
            if row.published or row.bare or row.outlet:
                return 1.5
    return 0.0


def _furniture(line: Line) -> bool:
    return furniture.place(line.raw) or furniture.footer(line.raw) or furniture.tail(line.raw)


def _by(made: Outline, at: int) -> str:
    line = made.lines[at]
    element = made.boxes[line.box].element
    return f"line {f'h{line.heading}' if line.heading else element.tag} {names(element)}".strip()


def _completed(text: str, wholes: list[str]) -> str:
    """A title that its place cuts short is taken from where it stands in full."""
    if not _ELLIPSIS.search(text):
        return text
    stem = _ELLIPSIS.sub("", text).strip()
    for whole in wholes:
        if whole.startswith(stem) and not _ELLIPSIS.search(whole):
            return whole
    return text


def around(made: Outline, title: Title, body_first: int) -> tuple[str, str]:
    """Kicker and subtitle: headings that stand directly over and under the title's line."""
    kicker = subtitle = ""
    if title.line < 0 or not made.lines[title.line].heading:
        return kicker, subtitle
    lines = made.lines
    above, below = title.line - 1, title.line + 1
    if above >= 0 and _beside(lines[above]):
        kicker = clean(lines[above].text)
    if below < min(len(lines), body_first) and _beside(lines[below]):
        subtitle = clean(lines[below].text)
    return kicker, subtitle


def _beside(line: Line) -> bool:
    return (
        line.image is None
        and line.heading > 1
        and 4 <= line.size <= 60
        and line.linked == 0
        and not _furniture(line)
    )
