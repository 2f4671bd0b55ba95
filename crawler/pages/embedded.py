"""Articles that stand in the page as data: application state, JSON-LD, variables of scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from model.article import When

from . import dates
from .fragment import fragment, plain_text
from .names import outlet_name, person_names
from .page import Page, loads
from .parsing import Element
from .words import in_order

_HAN = re.compile(r"[\u3400-\u9fff]")
_STATE = re.compile(r"(?:=|\()\s*(?=\{)")
_BODIES = in_order("content articlebody body text html detail contenthtml articlecontent maintext")
_TITLES = in_order("title headline name subject articletitle newstitle")
_DATES = in_order(
    """
    pubtime publishtime datepublished publishdate pubdate ptime newstime createtime releasetime
    publishedtime date time
    """
)
_OUTLETS = in_order("source sourcename medianame media origin copyfrom outlet")
_AUTHORS = in_order("author authorname writer reporter")
_EDITORS = in_order("editor responeditor dutyeditor editorname")
_ENOUGH = 100  # Han signs that make a text
_MOST = 50_000  # members of a document that are looked at
_LARGE = 2_000_000  # characters of scripts that are read as data


@dataclass(frozen=True, slots=True)
class Embedded:
    """An article found as data: its body as an element, and what stands beside it."""

    body: Element
    title: str = ""
    published: When | None = None
    outlet: str = ""
    author: str = ""
    editor: str = ""


def find(page: Page) -> Embedded | None:
    """The record with the longest Chinese text in the page's data; None where there is none."""
    best: tuple[int, Mapping[str, Any], str] | None = None
    for record in _records(page):
        for name in _BODIES:
            value = _member(record, name)
            if isinstance(value, str) and len(value) > _ENOUGH:
                size = len(_HAN.findall(value))
                if size >= _ENOUGH and (best is None or size > best[0]):
                    best = size, record, value
    if best is None:
        return None
    _, record, markup = best
    if "<" not in markup:
        markup = "".join(f"<p>{line}</p>" for line in markup.splitlines())
    return Embedded(
        fragment(markup),
        plain_text(_text(record, _TITLES)),
        _date(record),
        outlet_name(_text(record, _OUTLETS)),
        person_names(_text(record, _AUTHORS)),
        person_names(_text(record, _EDITORS)),
    )


def _records(page: Page) -> Iterator[Mapping[str, Any]]:
    waiting = list(_documents(page))
    seen = 0
    while waiting and seen < _MOST:
        value = waiting.pop()
        seen += 1
        if isinstance(value, Mapping):
            yield value
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value[:300])


def _documents(page: Page) -> Iterator[Any]:
    left = _LARGE
    for script in page.scripts:
        left -= len(script)
        if left < 0:
            return
        text = script.strip()
        if text[:1] in "{[":
            yield loads(text)
        elif len(_HAN.findall(text[:200_000])) >= _ENOUGH:
            match = _STATE.search(text)
            if match is not None:
                yield loads(text[match.end() :])


def _date(record: Mapping[str, Any]) -> When | None:
    for name in _DATES:
        when = dates.first(str(_member(record, name) or ""), "script")
        if when is not None and when.precision in ("day", "minute"):
            return when
    return None


def _text(record: Mapping[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        value = _member(record, name)
        if isinstance(value, Mapping):
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _member(record: Mapping[str, Any], name: str) -> Any:
    for key, value in record.items():
        if str(key).lower().replace("_", "") == name:
            return value
    return None
