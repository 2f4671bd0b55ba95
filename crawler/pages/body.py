"""Lines of an article to the blocks of its body: paragraphs, headings, lists, tables, images."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from model.article import Image
from model.body import Block

from . import images as pictures
from .labels import SOFT
from .outline import Line

_BULLET = re.compile(r"^[●•◆■▪◦·►▶★※][\s\u3000]*")
_LONGEST_CELL = 600  # signs; a longer one is a piece of layout


def blocks(lines: Sequence[Line], base: str) -> tuple[tuple[Block, ...], tuple[Image, ...]]:
    """Blocks and images of a range of lines; image addresses are resolved against ``base``."""
    made: list[Block] = []
    images: list[Image] = []
    data = _data_tables(lines)
    for table, group in groupby(lines, key=lambda line: _table_of(line, data)):
        if table is not None:
            rows = _rows(group)
            if rows:
                made.append(Block("table", rows))
            continue
        for line in group:
            if line.image is not None:
                image = pictures.read(line.image, base)
                if image is not None and all(image.url != known.url for known in images):
                    images.append(image)
                    made.append(Block("image", image.caption, link=image.url))
            else:
                block = _block(line)
                if block.text:
                    made.append(block)
    return tuple(made), tuple(images)


def _block(line: Line) -> Block:
    text = clean(line.raw)
    if line.heading:
        return Block("heading", text, line.heading)
    if line.item >= 0:
        return Block("item", _BULLET.sub("", text), min(line.item, 8))
    if line.quote:
        return Block("quote", text)
    return Block("paragraph", text)


def clean(raw: str) -> str:
    """One line of text without marks and without outer or doubled space."""
    return " ".join(raw.replace(SOFT, "").replace("\u200b", "").replace("\ufeff", "").split())


def _table_of(line: Line, data: set[int]) -> int | None:
    return line.cell[0] if line.cell is not None and line.cell[0] in data else None


def _data_tables(lines: Sequence[Line]) -> set[int]:
    """Tables that hold data and not the layout of the page: several rows of several short cells."""
    cells: dict[int, dict[tuple[int, int], int]] = {}
    for line in lines:
        if line.cell is not None:
            table, row, column = line.cell
            sizes = cells.setdefault(table, {})
            sizes[row, column] = sizes.get((row, column), 0) + line.size
    found = set()
    for table, sizes in cells.items():
        rows: dict[int, int] = {}
        for row, _ in sizes:
            rows[row] = rows.get(row, 0) + 1
        wide = sum(1 for count in rows.values() if count >= 2)
        if wide >= 2 and wide * 2 >= len(rows) and max(sizes.values()) <= _LONGEST_CELL:
            found.add(table)
    return found


def _rows(lines: Iterable[Line]) -> str:
    rows = []
    for _, row in groupby(lines, key=lambda line: line.cell[1] if line.cell else -1):
        cells: dict[int, list[str]] = {}
        for line in row:
            if line.cell is not None and line.image is None:
                cells.setdefault(line.cell[2], []).append(clean(line.raw))
        if cells:
            width = max(cells) + 1
            rows.append("\t".join(" ".join(cells.get(column, [])) for column in range(width)))
    return "\n".join(row for row in rows if row.strip())
