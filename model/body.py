"""The body of an article as blocks, and its two written forms: plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["paragraph", "heading", "item", "quote", "table", "image"]


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a body.

    ``text`` is one line, except in a table: rows are lines, cells are separated by tabs.
    ``level`` is 1 to 6 for a heading and the depth, from 0, for an item.
    ``link`` is the address of an image, whose ``text`` is its caption.
    """

    kind: BlockKind
    text: str
    level: int = 0
    link: str = ""


def plain(blocks: Iterable[Block]) -> str:
    """The reading text: one paragraph a line, table cells separated by tabs, no images."""
    return "\n".join(block.text for block in blocks if block.kind != "image" and block.text)


def markdown(blocks: Iterable[Block]) -> str:
    """The same as Markdown (CommonMark with pipe tables); text is escaped, nothing is markup."""
    parts: list[str] = []
    before: BlockKind | None = None
    for block in blocks:
        written = _written(block)
        if not written:
            continue
        if parts:
            parts.append("\n" if block.kind == before == "item" else "\n\n")
        parts.append(written)
        before = block.kind
    return "".join(parts)


def _written(block: Block) -> str:
    if block.kind == "table":
        return _table(block.text)
    if block.kind == "image":
        return f"![{_escape(block.text)}](<{_NOT_IN_LINK.sub('', block.link)}>)"
    if not block.text:
        return ""
    text = _escape(block.text)
    if block.kind == "heading":
        return "#" * min(max(block.level, 1), 6) + " " + text
    if block.kind == "item":
        return "  " * block.level + "- " + text
    if block.kind == "quote":
        return "> " + text
    return text


def _table(text: str) -> str:
    rows = [line.split("\t") for line in text.split("\n")]
    width = max(map(len, rows))
    lines = []
    for number, row in enumerate(rows):
        cells = [_escape(cell).replace("|", "\\|") for cell in row] + [""] * (width - len(row))
        lines.append("| " + " | ".join(cells) + " |")
        if number == 0:
            lines.append("|" + " --- |" * width)
    return "\n".join(lines)


_NOT_IN_LINK = re.compile(r"[<>\s\\]")
_SPECIAL = re.compile(r"[\\`*_\[\]<>&~]")
_OPENING = re.compile(r"^(\s*)([#+=-]|\d+[.)])")


def _escape(text: str) -> str:
    """Backslashes before whatever CommonMark would read as markup."""
    text = _SPECIAL.sub(r"\\\g<0>", text)
    found = _OPENING.match(text)
    if found is None:
        return text
    cut = found.end(2) - 1
    return text[:cut] + "\\" + text[cut:]
