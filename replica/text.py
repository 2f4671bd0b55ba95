"""Text: one article of the replica web, read from a file of texts/ or given by a test."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "texts"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PAGE_BREAK = "<!-- page -->"
_IMAGE = re.compile(r"!\[(?P<name>[^\]]*)\](?:\((?P<caption>[^)]*)\))?")


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a body: paragraph, heading, item (number tells an ordered one), table, image."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    ordered: bool = False

    @property
    def plain(self) -> str:
        """The words of the piece: rows are lines, cells separated by tabs; an image has none."""
        if self.kind == "table":
            return "\n".join("\t".join(row) for row in self.rows)
        return "" if self.kind == "image" else self.text


@dataclass(frozen=True, slots=True)
class Text:
    """An article as its author wrote it; what a site shows of it is the site's affair.

    ``date`` is ISO 8601, with a time or without. ``kind`` is experience or policy. ``document``
    has the Chinese names of a government document's table as keys. ``pages`` are the pages of the
    body. ``attachments`` are names as shown, with suffix.
    """

    id: str
    title: str
    date: str
    kind: str = "experience"
    kicker: str = ""
    subtitle: str = ""
    outlet: str = ""
    author: str = ""
    editor: str = ""
    document: tuple[tuple[str, str], ...] = ()
    attachments: tuple[str, ...] = ()
    body_kind: str = "text"
    pages: tuple[tuple[Piece, ...], ...] = ((),)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The whole body."""
        return tuple(piece for page in self.pages for piece in page)

    @property
    def paragraphs(self) -> list[str]:
        """The body as plain paragraphs, headings and items among them, images left out."""
        return [piece.plain for piece in self.pieces if piece.plain]

    @property
    def images(self) -> list[str]:
        """The original file names of the pictures."""
        return [piece.text for piece in self.pieces if piece.kind == "image"]

    @property
    def day(self) -> str:
        """The date alone."""
        return self.date[:10]

    def changed(self, **fields: Any) -> Text:
        """A copy with other fields; ``body`` is Markdown as in the files."""
        if "body" in fields:
            fields["pages"] = parse_body(fields.pop("body"))
        return replace(self, **fields)


def parse_body(body: str) -> tuple[tuple[Piece, ...], ...]:
    """The pages of a body written in the Markdown of texts/README.md."""
    return tuple(tuple(_pieces(page)) for page in body.split(_PAGE_BREAK))


def make(fields: Mapping[str, Any]) -> Text:
    """A Text from keys as in a front matter, and ``body`` or ``paragraphs``."""
    known = dict(fields)
    paragraphs = known.pop("paragraphs", None)
    if paragraphs is None:
        pages = parse_body(known.pop("body", ""))
    else:
        images = tuple(Piece("image", name) for name in known.pop("images", ()))
        pages = ((*images, *(Piece("paragraph", text) for text in paragraphs)),)
    known["date"] = str(known["date"])
    known["attachments"] = tuple(known.get("attachments", ()))
    known["document"] = tuple((k, str(v)) for k, v in dict(known.get("document", {})).items())
    known.setdefault("id", known["title"])
    return Text(pages=pages, **known)


@functools.cache
def read_texts() -> tuple[Text, ...]:
    """Every article of texts/, in the order of its file names; read once."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.md")) if path.stem != "README")


def _read(path: Path) -> Text:
    _, matter, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return make({"id": path.stem, "body": body, **yaml.load(matter, Loader=_LOADER)})  # noqa: S506  a safe loader


def _pieces(page: str) -> Iterator[Piece]:
    for chunk in re.split(r"\n\s*\n", page.strip()):
        lines = [line.strip() for line in chunk.split("\n") if line.strip()]
        if lines and all(line.startswith("|") for line in lines):
            cells = (line.strip("|").split("|") for line in lines)
            yield Piece("table", rows=tuple(tuple(map(str.strip, row)) for row in cells))
            continue
        for line in lines:
            yield _piece(line)


def _piece(line: str) -> Piece:
    image = _IMAGE.fullmatch(line)
    if image:
        return Piece("image", image["name"])
    for mark, kind, ordered in (
        ("## ", "heading", False),
        ("- ", "item", False),
        ("+ ", "item", True),
    ):
        if line.startswith(mark):
            return Piece(kind, line[len(mark) :], ordered=ordered)
    return Piece("paragraph", line)
