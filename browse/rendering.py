"""The body of an article as safe HTML: from its Markdown, with marks on what a reader looks for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from . import showing

Span = tuple[int, int]
Spans = Callable[[str], Sequence[Span]]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body: the id of its element, its depth from 1, its text."""

    id: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Body:
    """A rendered body, its headings, and how many places are marked."""

    html: Markup
    headings: tuple[Heading, ...]
    marks: int


def _nothing(_text: str) -> Sequence[Span]:
    return ()


def render(
    markdown: str,
    found: Spans = _nothing,
    doubtful: Sequence[Span] = (),
    plain: str = "",
    picture: Callable[[str, str, int], str] | None = None,
) -> Body:
    """The HTML of a body. No markup of the text survives but what we wrote ourselves.

    ``found`` gives the places to mark in a piece of text; ``doubtful`` are places of ``plain``,
    the same body as plain text, where repair guessed. ``picture(address, caption, number)``
    gives the HTML of a picture; without it pictures are left out.
    """
    parser = _parser()
    tokens = parser.parse(markdown)
    marking = _Marking(found, doubtful, plain)
    headings: list[Heading] = []
    blocks = pictures = 0
    for token in tokens:
        if token.type in ("paragraph_open", "heading_open", "table_open") and token.level == 0:
            blocks += 1
            token.attrSet("id", f"p{blocks}")
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"
        if token.type == "inline":
            for child in token.children or []:
                if child.type == "text":
                    child.meta["html"] = marking.html(child.content)
                elif child.type == "link_open":
                    address = showing.safe_url(str(child.attrGet("href") or ""))
                    child.attrs = {"href": address, "rel": "nofollow"} if address else {}
                elif child.type == "image":
                    pictures += 1
                    caption = "".join(part.content for part in child.children or [])
                    source = str(child.attrGet("src") or "")
                    child.meta["html"] = picture(source, caption, pictures) if picture else ""
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            text = tokens[number + 1].content
            headings.append(Heading(str(token.attrGet("id") or ""), int(token.tag[1]) - 1, text))
    html = parser.renderer.render(tokens, parser.options, {})
    return Body(Markup(html), tuple(headings), marking.marks)  # noqa: S704  html=False, own rules


def plain_html(text: str, found: Spans = _nothing) -> Body:
    """The HTML of a text that is only lines, such as a body as it was read."""
    marking = _Marking(found, (), "")
    lines = [line for line in text.split("\n") if line.strip()]
    html = "\n".join(
        f'<p id="p{number}">{marking.html(line)}</p>' for number, line in enumerate(lines, 1)
    )
    return Body(Markup(html), (), marking.marks)  # noqa: S704  lines are escaped


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.validateLink = _taken  # type: ignore[method-assign]
    parser.add_render_rule("text", _as_made)
    parser.add_render_rule("image", _as_made)
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    return parser


def _taken(url: str) -> bool:
    """Every address is taken for one; whether it becomes a link is seen to later."""
    return True


def _as_made(_self: Any, tokens: Sequence[Token], index: int, *_: Any) -> str:
    made: str = tokens[index].meta.get("html", "")
    return made


def _table_open(_self: Any, tokens: Sequence[Token], index: int, *_: Any) -> str:
    name = tokens[index].attrGet("id") or ""
    return f'<div class="wide" tabindex="0" role="region" aria-label="表格" id="{name}"><table>\n'


def _table_close(*_: Any) -> str:
    return "</table></div>\n"


class _Marking:
    """Marks pieces of a text as they come, and keeps its place in the plain text."""

    def __init__(self, found: Spans, doubtful: Sequence[Span], plain: str) -> None:
        self._found = found
        self._doubtful = sorted(doubtful)
        self._starts = [start for start, _ in self._doubtful]
        self._plain = plain
        self._place = 0
        self.marks = 0

    def html(self, text: str) -> str:
        """One piece, escaped, found words in <mark>, guesses in <span class="guess">."""
        found = list(self._found(text))
        self.marks += len(found)
        guesses = self._guesses(text) if self._doubtful else []
        if not found and not guesses:
            return str(escape(text))
        edges = sorted({0, len(text), *(edge for span in (*found, *guesses) for edge in span)})
        out = []
        for start, end in pairwise(edges):
            piece = str(escape(text[start:end]))
            if any(first <= start < last for first, last in guesses):
                piece = f'<span class="guess">{piece}</span>'
            if any(first <= start < last for first, last in found):
                piece = f"<mark>{piece}</mark>"
            out.append(piece)
        return "".join(out).replace("</mark><mark>", "")

    def _guesses(self, text: str) -> list[Span]:
        start = self._plain.find(text, self._place)
        if start < 0:
            return []
        end = self._place = start + len(text)
        first = max(0, bisect_right(self._starts, start) - 1)
        last = bisect_right(self._starts, end)
        return [
            (max(left, start) - start, min(right, end) - start)
            for left, right in self._doubtful[first:last]
            if left < end and right > start
        ]
