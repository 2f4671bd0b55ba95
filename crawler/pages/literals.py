"""Rows that inline scripts hold in other ways than as objects: arrays of texts, parallel arrays,
JSON written as a string, markup that is written later."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

from . import dates
from .page import Page, loads

_TEXT = r"""(?:"(?:\\.|[^"\\]){0,2000}+"|'(?:\\.|[^'\\]){0,2000}+')"""
_TUPLE = re.compile(
    rf"(?:\[|\bArray\s*\()\s*({_TEXT}(?:\s*,\s*(?:{_TEXT}|-?[\d.]{{1,20}})){{1,20}})\s*[\])]"
)
_PART = re.compile(_TEXT)
_INDEXED = re.compile(rf"\b([A-Za-z_]\w{{0,30}})\s*\[\s*(\d{{1,4}})\s*\]\s*=\s*({_TEXT})")
_PARSED = re.compile(r"""JSON\.parse\(\s*("(?:\\.|[^"\\])*+"|'(?:\\.|[^'\\])*+')""")
_STRING = re.compile(r"\"(?:\\.|[^\"\\]){0,20000}+\"|'(?:\\.|[^'\\]){0,20000}+'")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "", "b": "", "f": ""}
_ADDRESS = re.compile(r"^(?:https?:/|\.{0,2}/|\w[\w./-]*\.(?:s?html?|jsp|aspx?|php|do)\b)\S*$")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LARGE = 400_000  # characters of a script that are read
_MOST = 5_000  # records of a page
_FEW = 10  # strings of one script that are tried as JSON


def records(script: str) -> list[dict[str, Any]]:
    """The records that a script's arrays of texts make: title, url, date."""
    script = script[:_LARGE]
    found = [made for made in islice(_tuples(script), _MOST) if made]
    rows: dict[str, dict[str, Any]] = defaultdict(dict)
    for name, index, value in islice(_INDEXED.findall(script), 4 * _MOST):
        rows[index][re.sub(r"s$|list$|arr(?:ay)?$", "", name.lower())] = unescaped(value)
    return max(found, list(rows.values()), key=len)


def _tuples(script: str) -> Iterator[dict[str, Any]]:
    for match in _TUPLE.finditer(script):
        texts = [unescaped(part) for part in _PART.findall(match[1])]
        url = next((text for text in texts if _ADDRESS.match(text)), "")
        title = max(texts, key=lambda text: len(_HAN.findall(text)))
        if url and title != url and len(_HAN.findall(title)) >= 4:
            said = next((t for t in texts if t not in (url, title) and dates.first(t)), "")
            yield {"title": title, "url": url, "date": said}


def documents(script: str) -> Iterator[Any]:
    """The JSON documents that a script holds as strings."""
    for match in islice(_PARSED.finditer(script), _FEW):
        yield loads(unescaped(match[1]))


def markup(page: Page) -> str:
    """The markup that inline scripts write or keep as a template, or a hidden field holds."""
    parts: list[str] = []
    for element in page.root.iter("script", "textarea"):
        text = (element.text or "")[:_LARGE]
        if "<a" not in text.lower():
            continue
        if element.tag == "textarea" or text.lstrip().startswith("<"):
            parts.append(text)
            continue
        strings = (unescaped(match[0]) for match in _STRING.finditer(text))
        parts += [text for text in strings if "<" in text or parts]
    return "".join(parts)


def unescaped(text: str) -> str:
    """The value of a script's literal; a number stays as it is written."""
    if text[:1] not in "\"'":
        return text
    return _ESCAPE.sub(_escaped, text[1:-1])


def _escaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _PLAIN.get(match[3], match[3])
