"""The table of a government document: 索引号, 发文字号, 发布机构, 成文日期, 有效性 …"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from model.article import Document, When

from . import dates
from .body import clean
from .labels import fold, label_before, label_itself
from .outline import Line

_OF = {
    "index_number": "index_number",
    "number": "number",
    "issuer": "issuer",
    "authority": "authority",
    "signed": "signed",
    "in_force": "in_force",
    "topics": "topics",
    "classification": "classification",
    "validity": "validity",
    "published": "published",
    "name": "title",
}
_DATES = frozenset({"signed", "in_force", "published"})
_LONGEST = 200
_TELLING = frozenset({"index_number", "number", "signed", "validity", "issuer", "authority"})


def read(lines: Iterable[Line], least: int = 2) -> tuple[Document, When | None]:
    """The document table among lines, and its publication date.

    A page with fewer than ``least`` telling fields of such a table has none; then all is empty.
    """
    values: dict[str, str] = {}
    waiting = ""
    for line in lines:
        if line.image is not None:
            continue
        text = clean(line.raw)
        pairs, open_label = _pairs(line.raw)
        if not pairs and not open_label and waiting and len(text) <= _LONGEST:
            pairs = [(waiting, text)]
        for name, value in pairs:
            if name in _OF and value:
                values.setdefault(name, value)
        waiting = open_label
    if len(_TELLING & values.keys()) < least:
        return Document(), None
    values.setdefault("issuer", values.pop("authority", ""))
    names = {field.name for field in fields(Document)}
    made = {name: _value(name, value) for name, value in values.items() if name in names}
    return Document(**made), dates.first(values.get("published", ""), "label")


def _value(name: str, value: str) -> str:
    if name in _DATES:
        when = dates.first(value)
        return when.value[:10] if when else ""
    return value


def _pairs(raw: str) -> tuple[list[tuple[str, str]], str]:
    """Labels with values in a line, and the label at its end that waits for the next cell."""
    folded = fold(raw)
    whole = label_itself(folded)
    if whole:
        return [], whole
    marks: list[tuple[str, int, int]] = []
    for at, char in enumerate(folded):
        if char in ":】]":
            hit = label_before(folded, at)
            if hit is not None and (not marks or hit[1] >= marks[-1][2]):
                marks.append((hit[0], hit[1], at + 1))
    pairs = []
    for mark, end in zip(marks, [m[1] for m in marks[1:]] + [len(raw)], strict=False):
        value = clean(raw[mark[2] : end]).strip(" :：|【】[]")
        pairs.append((mark[0], value))
    if pairs and not pairs[-1][1]:
        return pairs[:-1], pairs[-1][0]
    return pairs, ""
