"""Dates of publication that a page states for machines: metas, JSON-LD, variables of scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from model.article import When

from . import dates
from .page import Page

# Names of metas without anything but letters, and how far they are believed.
_NAMES = (
    (re.compile(r"expir|valid|offline|crawl|render|make|now"), 0.0),
    (re.compile(r"modif|updat"), 3.0),  # a later change
    (re.compile(r"publi(?:sh|c)|pubd|pubt|pdate|ptime|issued|original|firstp"), 9.0),
    (re.compile(r"releas|createat"), 8.0),
    (re.compile(r"creat|articledate|displaydate|articletime|newstime|newsdate"), 6.0),
    (re.compile(r"^dcdate$|^dctermsdate$|^sailthrudate$"), 5.0),
    (re.compile(r"^(?:date|time|articledate)$"), 4.0),
    (re.compile(r"^filetime$"), 3.0),
)
_NO_DATE = re.compile(r"publisher|publication(?!.?date)|title|author|url|id$|name$|type$|place")
_SCRIPT, _LINKED_DATA = 5.0, 8.0
_STAMPED = re.compile(
    r"""(?P<name>(?:publish|pub|release|issue)(?:ed|d)?_?(?:date|time|at))["']?
    \s{0,9}[:=]\s{0,9}["'](?P<value>[^"'<>]{8,40})["']""",
    re.IGNORECASE | re.VERBOSE,
)
_LINKED = re.compile(r""""(?:datePublished|pubDate)"\s*:\s*"([^"]{8,40})\"""")
_LARGE = 400_000  # characters of scripts that are read

Told = tuple[When, float, str]


def metas(page: Page) -> Iterator[Told]:
    """What metas say, each with its weight."""
    for name, values in page.metas.items():
        weight = _trust(name)
        when = dates.first(values[0], "meta") if weight else None
        if when is not None:
            yield when, weight, f"meta {name}"


def _trust(name: str) -> float:
    if _NO_DATE.search(name):
        return 0.0
    key = "".join(char for char in name if char.isalpha())
    return next((weight for pattern, weight in _NAMES if pattern.search(key)), 0.0)


def scripts(page: Page) -> Iterator[Told]:
    """What JSON-LD says, else the one moment that variables of scripts name for publication."""
    found: dict[str, Told] = {}
    left = _LARGE
    for element in page.root.iter("script"):
        text = (element.text or "")[:left]
        left -= len(text)
        if "json" in (element.get("type") or "") and (match := _LINKED.search(text)):
            when = dates.first(match[1], "script")
            if when is not None:
                yield when, _LINKED_DATA, "JSON-LD"
                return
        for match in _STAMPED.finditer(text):
            when = dates.first(match["value"], "script")
            if when is not None and when.precision in ("day", "minute"):
                found[when.value[:10]] = when, _SCRIPT, f"variable {match['name']}"
    if len(found) == 1:
        yield from found.values()
