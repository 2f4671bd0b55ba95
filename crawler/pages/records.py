"""Rows of a listing that are data: members of JSON documents and literals in scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

from model.article import When
from model.source import Listing

from . import dates, literals, rules
from .address import absolute
from .fragment import plain_text
from .literals import unescaped
from .page import Page, loads
from .rows import Row, clean_title, in_row
from .words import in_order

Record = Mapping[str, Any]

# What platforms call these three, in lower case without _ and -, most telling first.
_LINKS = in_order(
    """
    publishurl docpuburl puburl linkurl titleurl posturl docurl arturl articleurl detailurl
    pageurl targeturl weburl url link href path
    """
)
_TITLES = in_order(
    """
    showtitle doctitle articletitle infotitle newstitle title subject name caption topic
    """
)
_DATES = in_order(
    """
    publishtime displaypublishtime docreltime pubdate pubtime publishdate releasetime
    releasedate docrelpubtime showtime docpubtime updatetime createtime createdate crtime
    addtime inputtime date time
    """
)
_TEXT = r"""(?:"(?:\\.|[^"\\]){0,600}+"|'(?:\\.|[^'\\]){0,600}+')"""
_PAIR = re.compile(rf"""["']?([A-Za-z_][\w-]{{0,40}})["']?\s*:\s*({_TEXT}|-?\d[\d.]{{0,20}})""")
_OBJECT = re.compile(r"\{[^{}]{5,6000}\}")
_ARRAY = re.compile(r"(?:=|\(|\[|,)\s*(?=\[\s*[\[{\"'])")
_MOST = 20_000
_TRIES = 20  # places of a script where an array may begin
_LARGE = 400_000  # characters of a script that are read


def in_document(page: Page, listing: Listing, document: Any) -> Iterator[Row]:
    """The rows of a JSON document: where the rules say, else its longest list of records."""
    named = _fields(listing)
    found = rules.items(page, listing.rows, document) if listing.rows else longest(document, named)
    for record in islice(found, _MOST):
        if isinstance(record, Mapping):
            row = of_record(page, listing, record)
            if row is not None:
                yield row


def longest(document: Any, named: Iterable[str] = ()) -> list[Record]:
    """The list of a document that has most members with a title and a link.

    Instead of a link the members may have the fields ``named``, of which one can be made.
    """
    best: list[Record] = []
    waiting, seen = [document], 0
    while waiting and seen < _MOST:
        value = waiting.pop()
        seen += 1
        if isinstance(value, Mapping):
            waiting.extend(value.values())
        elif isinstance(value, list):
            records = [member for member in value if isinstance(member, Mapping)]
            good = [
                member for member in records if _named(member, _TITLES) and _linked(member, named)
            ]
            if len(good) > len(best):
                best = good
            waiting.extend(value[:200])
    return best


def markup(document: Any) -> str:
    """The longest text of a JSON document that is markup with links."""
    best, waiting, seen = "", [document], 0
    while waiting and seen < _MOST:
        value = waiting.pop()
        seen += 1
        if isinstance(value, Mapping):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value[:200])
        elif isinstance(value, str) and len(value) > len(best) and "<a" in value.lower():
            best = value
    return best


def of_record(page: Page, listing: Listing, record: Record) -> Row | None:
    """The row that a record is; None where it has no address or no title."""
    template = str(listing.options.get("address", ""))
    link = template.format_map(_Fields(record)) if template else ""
    url = absolute(page.base, link or _value(page, listing.link, record, _LINKS))
    markup = _value(page, listing.title, record, _TITLES)
    title = clean_title(plain_text(markup))
    if not url or not title:
        return None
    return Row(url, title, _date(page, listing, record, url))


class _Fields(dict[str, str]):
    """The plain members of a record, for an address template; what is missing is empty."""

    def __init__(self, record: Record) -> None:
        super().__init__({k: str(v) for k, v in record.items() if isinstance(v, str | int)})

    def __missing__(self, key: str) -> str:
        return ""


def _fields(listing: Listing) -> list[str]:
    """The fields that the listing's address template needs."""
    return re.findall(r"\{(\w+)\}", str(listing.options.get("address", "")))


def _linked(record: Record, named: Iterable[str]) -> bool:
    fields = list(named)
    if fields:
        return all(record.get(name) not in (None, "") for name in fields)
    return bool(_named(record, _LINKS))


def _date(page: Page, listing: Listing, record: Record, url: str) -> When | None:
    if listing.date:
        said = [text for text, _ in rules.values(page, listing.date, record)]
    else:
        keys = _keys(tuple(record))
        said = [str(record[keys[name]] or "") for name in _DATES if name in keys]
    for text in said:
        when = in_row(text, url) if text else None
        if when is None and re.fullmatch(r"\d{10}(?:\d{3})?", text):
            when = dates.from_unix(int(text), "listing")
        if when is not None:
            return When(when.value, when.precision, "listing")
    return None


def _value(page: Page, rule: Any, record: Record, names: Iterable[str]) -> str:
    if rule:
        return rules.first(page, rule, record)[0]
    return _named(record, names)


def _named(record: Record, names: Iterable[str]) -> str:
    keys = _keys(tuple(record))
    for name in names:
        value = record[keys[name]] if name in keys else None
        if isinstance(value, str | int) and str(value).strip():
            return str(value).strip()
    return ""


@lru_cache(maxsize=256)
def _keys(keys: tuple[Any, ...]) -> dict[str, Any]:
    """The keys of a record by their names in lower case without _ and -; the first of doubles."""
    folded = ((str(key).lower().replace("_", "").replace("-", ""), key) for key in keys)
    made: dict[str, Any] = {}
    for name, key in folded:
        made.setdefault(name, key)
    return made


def in_scripts(page: Page) -> list[Record]:
    """The records that inline scripts hold as object literals or arrays, in order."""
    best: list[Record] = []
    for script in page.scripts:
        for found in (_arrays(script), _objects(script), literals.records(script)):
            good = [
                record for record in found if _named(record, _LINKS) and _named(record, _TITLES)
            ]
            if len(good) > len(best):
                best = good
    return best


def _arrays(script: str) -> list[Record]:
    """Records of arrays that are JSON, or of documents that are strings of it."""
    for document in literals.documents(script):
        if found := longest(document):
            return found
    for match in islice(_ARRAY.finditer(script), _TRIES):
        value = loads(script[match.end() : match.end() + _LARGE])
        if isinstance(value, list) and value and (found := longest(value)):
            return found
    return []


def _objects(script: str) -> list[Record]:
    """Records of literals that are no JSON: bare keys, single quotes, trailing commas."""
    found: list[Record] = []
    for match in _OBJECT.finditer(script[:_LARGE]):
        pairs = {key: unescaped(value) for key, value in _PAIR.findall(match[0])}
        if pairs:
            found.append(pairs)
        if len(found) >= _MOST:
            break
    return found
