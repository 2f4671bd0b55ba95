"""Outline: a piece of a page as the lines a reader sees, with the boxes that hold them.

One walk over the tree; title, by-line, body and listings are all found on its result.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from .cells import Table, span
from .labels import SOFT
from .parsing import Element
from .words import words

_SKIPPED = words("""
    script style noscript head template select option datalist object applet svg math canvas
    iframe frame map audio video button input title meta link base textarea
    """)
_BLOCKS = words(  # what is not among them, such as tags of a portal's own, is inline
    """
    address article aside blockquote body caption center col colgroup dd details dialog dir div dl
    dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup html legend
    li main marquee menu nav noframes ol optgroup p pre search section summary table tbody td tfoot
    th thead tr ul
    """
)
_LINKS = frozenset({"a", "file"})  # some portals have elements of their own for files
_BREAKS = frozenset({"br", "hr"})
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = frozenset({"b", "strong"})
MOST_LINES = 30_000


@dataclass(slots=True)
class Line:
    """One line of text, or one image, as it stands on the page.

    ``raw`` has marks (SOFT) where inline elements meet. ``size`` counts signs without space;
    ``linked`` those of them inside links. ``cell`` is (table, row, column) of the innermost table.
    """

    raw: str
    box: int
    size: int = 0
    linked: int = 0
    bold: int = 0
    heading: int = 0
    item: int = -1  # depth of the list, from 0
    quote: bool = False
    cell: tuple[int, int, int] | None = None
    image: Element | None = None
    opens: bool = True  # first line of its block, not one after a <br>

    @property
    def text(self) -> str:
        """The line without marks, outer and doubled space."""
        return " ".join(self.raw.replace(SOFT, "").split())


@dataclass(slots=True)
class Box:
    """A block element and the lines in it: ``lines[first:last]`` of the outline."""

    element: Element
    parent: int
    first: int
    last: int = 0


@dataclass(slots=True)
class Anchor:
    """A link, the line it stands in, and its text."""

    element: Element
    line: int
    text: str


@dataclass(slots=True)
class Outline:
    """Lines, boxes and links of an element, all in the order of the page."""

    lines: list[Line] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    by_element: dict[Element, int] = field(default_factory=dict)

    def within(self, box: int) -> tuple[int, int]:
        """The range of lines in a box."""
        return self.boxes[box].first, self.boxes[box].last


def outline(
    root: Element, *, hidden: bool = False, skip: Collection[Element] = frozenset()
) -> Outline:
    """The outline of an element; ``hidden`` takes what is styled away, ``skip`` leaves out."""
    return _Walk(hidden, skip).over(root)


class _Walk:
    def __init__(self, hidden: bool, skip: Collection[Element]) -> None:
        self.hidden = hidden
        self.skip = skip
        self.made = Outline()
        self.parts: list[str] = []
        self.linked = 0
        self.bold = 0
        self.fresh = True
        self.box = -1
        self.anchor: Anchor | None = None
        self.anchor_text: list[str] = []
        self.bolds = 0
        self.heading = 0
        self.lists = -1
        self.quotes = 0
        self.tables: list[Table] = []
        self.count = 0

    def over(self, root: Element) -> Outline:
        made = self.made
        self.start(root)
        stack = [(root, iter(root))]
        while stack:
            element, children = stack[-1]
            child = next(children, None)
            if child is None or len(made.lines) >= MOST_LINES:
                stack.pop()
                self.end(element)
                if stack and element.tail:
                    self.add(element.tail)
            elif self.start(child):
                stack.append((child, iter(child)))
            elif child.tail:
                self.add(child.tail)
        self.flush()
        return made

    def start(self, element: Element) -> bool:
        """Enter an element; False where it is skipped."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED or element in self.skip:
            return False
        if not self.hidden and self.made.boxes:
            style = element.get("style")
            if (style and _HIDDEN.search(style)) or element.get("hidden") is not None:
                return False
        if tag in _BLOCKS:
            self.enter_block(element, tag)
        elif tag in _BREAKS:
            self.flush()
            self.fresh = tag == "hr"
            return False
        else:
            self.enter_inline(element, tag)
        if element.text:
            self.add(element.text)
        return True

    def enter_inline(self, element: Element, tag: str) -> None:
        if self.parts:
            self.parts.append(SOFT)
        if tag in _LINKS:
            self.close_anchor()
            self.anchor = Anchor(element, len(self.made.lines), "")
            self.made.anchors.append(self.anchor)
        elif tag == "img":
            self.image(element)
        elif tag in _BOLD:
            self.bolds += 1

    def enter_block(self, element: Element, tag: str) -> None:
        self.flush()
        made = self.made
        made.by_element[element] = len(made.boxes)
        made.boxes.append(Box(element, self.box, len(made.lines)))
        self.box = len(made.boxes) - 1
        self.fresh = True
        if tag in _HEADINGS:
            self.heading = _HEADINGS[tag]
        elif tag in ("ul", "ol"):
            self.lists += 1
        elif tag == "blockquote":
            self.quotes += 1
        elif tag == "table":
            self.count += 1
            self.tables.append(Table(self.count))
        elif self.tables and tag == "tr":
            self.tables[-1].next_row()
        elif self.tables and tag in ("td", "th"):
            self.tables[-1].next_cell(span(element, "colspan"), span(element, "rowspan"))

    def end(self, element: Element) -> None:
        tag = element.tag
        if tag not in _BLOCKS:
            if tag in _LINKS:
                self.close_anchor()
            elif tag in _BOLD:
                self.bolds -= 1
            if self.parts:
                self.parts.append(SOFT)
            return
        self.flush()
        self.fresh = True
        box = self.made.boxes[self.box]
        box.last = len(self.made.lines)
        self.box = box.parent
        if tag in _HEADINGS:
            self.heading = 0
        elif tag in ("ul", "ol"):
            self.lists -= 1
        elif tag == "blockquote":
            self.quotes -= 1
        elif tag == "table":
            self.tables.pop()

    def close_anchor(self) -> None:
        if self.anchor is not None:
            self.anchor.text = " ".join("".join(self.anchor_text).split())
            self.anchor = None
            self.anchor_text = []

    def add(self, text: str) -> None:
        text = _SPACE.sub(" ", text)
        if text == " ":
            if self.parts:
                self.parts.append(text)
            return
        self.parts.append(text)
        if self.anchor is not None:
            self.anchor_text.append(text)
            self.linked += len(text) - text.count(" ")
        if self.bolds:
            self.bold += len(text) - text.count(" ")

    def image(self, element: Element) -> None:
        """An image stands on a line of its own; the text around it is not torn apart."""
        line = Line(
            "", self.box, image=element, cell=self.cell(), linked=int(self.anchor is not None)
        )
        self.made.lines.append(line)

    def cell(self) -> tuple[int, int, int] | None:
        if not self.tables:
            return None
        table = self.tables[-1]
        return (table.number, table.row, table.column) if table.column >= 0 else None

    def flush(self) -> None:
        if not self.parts:
            return
        raw = "".join(self.parts)
        self.parts = []
        size = len("".join(raw.replace(SOFT, "").split()))
        if size:
            line = Line(
                raw, self.box, size, min(self.linked, size), min(self.bold, size), self.heading
            )
            line.item = self.lists
            line.quote = self.quotes > 0
            line.cell = self.cell()
            line.opens = self.fresh
            self.made.lines.append(line)
            self.fresh = False
        self.linked = self.bold = 0
