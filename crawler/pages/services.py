"""Pagers of listings that come from a service: jpaas build/unit, gkmlpt, any JSON with a page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlunsplit

from . import numbering
from .address import absolute, split
from .page import Page, loads
from .records import longest
from .steps import MOST, Options, Step

_PAIR = re.compile(r"['\"](\w+)['\"]\s*:\s*(?:'([^']*)'|\"([^\"]*)\"|(\w+))")
_TOTALS = (
    "total",
    "totalcount",
    "totalrecord",
    "totalrecords",
    "count",
    "totalnum",
    "recordcount",
    "totalelements",
)
_SIZES = ("pagesize", "size", "rows", "perpage")
_NUMBERED = re.compile(r"(?:cur(?:rent)?_?|now_?)?page_?(?:no|num|number|index)?$|^(?:p|pn)$", re.I)
_PAGES = ("totalpage", "totalpages", "pagecount", "pages", "pagetotal")


def jpaas(page: Page, options: Options) -> Iterator[Step]:
    """build/unit of jpaas: what the page's script element asks for, with each page's number.

    Only paramJson.pageNo counts there. Page and answers say how many rows there are in all.
    """
    if page.json is not None:
        yield from _next_unit(page)
        return
    for element in page.root.iter("script"):
        url, query = element.get("url") or "", element.get("querydata") or ""
        if "build/unit" not in url or not query:
            continue
        fields = {name: a or b or c for name, a, b, c in _PAIR.findall(query)}
        paging = {name: a or b or c for name, a, b, c in _PAIR.findall(element.get("paging") or "")}
        total, size = _attribute(page, "totalcount"), _attribute(page, "pagesize")
        size = size or int(paging.get("pageSize") or 20)
        last = -(-total // size)
        for number in range(2, min(last, MOST) + 1) if total else (1,):
            yield _unit(absolute(page.base, url), fields, number, size)
        return


def _next_unit(page: Page) -> Iterator[Step]:
    """The page after an answer of build/unit."""
    parts = split(page.url)
    fields = dict(parse_qsl(parts.query, keep_blank_values=True))
    paging = loads(fields.pop("paramJson", "")) or {}
    number, size = int(paging.get("pageNo", 1)), int(paging.get("pageSize", 20))
    found = re.search(r"totalcount\W{1,3}(\d+)", page.text, re.IGNORECASE)
    if found is not None and number * size < int(found[1]) and number < MOST:
        url = urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
        yield _unit(url, fields, number + 1, size)


def _unit(url: str, fields: Mapping[str, str], number: int, size: int) -> Step:
    asked = json.dumps({"pageNo": number, "pageSize": size}, separators=(",", ":"))
    return Step(url + "?" + urlencode({**fields, "paramJson": asked}))


def _attribute(page: Page, name: str) -> int:
    for element in page.root.iter("div", "input", "span", "ul"):
        value = element.get(name) or ""  # libxml2 has made the names lower-case
        if value.isdecimal():
            return int(value)
    return 0


_LOADED = re.compile(
    r"""(?:getJSON|fetch|ajax|axios(?:\.get)?)\s*\(\s*(?:\{[^}]{0,200}?url\s*:\s*)?['"]([^'"]{1,200}\.json)['"]"""
)


def datasource(page: Page, options: Options) -> Iterator[Step]:
    """The JSON files beside the page that hold its rows: data="datasource:<id>", getJSON(…)."""
    if page.json is not None:
        return
    for script in page.scripts:
        for match in _LOADED.finditer(script):
            yield Step(absolute(page.base, match[1]))
    for element in page.root.iter():
        name = element.get("data") or ""
        if name.startswith("datasource:"):
            for part in name.removeprefix("datasource:").split(","):
                yield Step(absolute(page.base, f"ds_{part.strip()}.json"))


def gkmlpt(page: Page, options: Options) -> Iterable[Step]:
    """The catalogue service of gkmlpt: from its page the first page of each category that the
    configuration lists (option ``category`` picks one), from an answer the next page."""
    if page.json is not None:
        return _next_page(page, "page")
    return catalogue(page, options) or numbering.links(page, options)  # a plain column


def catalogue(page: Page, options: Options) -> list[Step]:
    """The first page of each category of gkmlpt that the page's configuration lists."""
    config = page.data("_CONFIG")
    if not isinstance(config, Mapping) or "SID" not in config:
        return []
    picked = str(options.get("category", "")) or split(page.url).fragment
    leaves = [str(leaf) for leaf in _leaves(config.get("TREE"))]
    chosen = [picked] if picked and picked.isdecimal() else leaves
    start = page.url.split("#")[0]
    return [
        Step(absolute(start, f"/gkmlpt/api/all/{leaf}?page=1&sid={config['SID']}"))
        for leaf in chosen
    ]


def _leaves(tree: Any) -> Iterator[Any]:
    waiting = list(tree) if isinstance(tree, list) else [tree]
    while waiting:
        node = waiting.pop(0)
        if not isinstance(node, Mapping):
            continue
        children = node.get("children") or []
        if isinstance(children, list) and children:
            waiting = [*children, *waiting]
        elif node.get("id") is not None:
            yield node["id"]


def json_pages(page: Page, options: Options) -> Iterable[Step]:
    """A service whose address has the page's number in a parameter (option ``parameter``)."""
    return _next_page(page, str(options.get("parameter", "page")))


def numbered(page: Page) -> list[Step]:
    """The next page of an answer whose address names its own number."""
    names = [name for name, value in parse_qsl(split(page.url).query) if value.isdecimal()]
    parameter = next((name for name in names if _NUMBERED.match(name)), "")
    return _next_page(page, parameter) if parameter else []


def service(page: Page, options: Options) -> Iterator[Step]:
    """A service that is posted a page's number: option ``service`` is its address.

    ``parameter`` names the number's field, ``fields`` is a pattern whose named groups pick
    further fields from the listing's address; the first page's data (option ``data``) or the
    service's answer tell how many pages there are.
    """
    document = page.json if page.json is not None else page.data(str(options.get("data", "")))
    total, size = _counted(document, _TOTALS), _counted(document, _SIZES)
    pages = _counted(document, _PAGES) or (-(-total // size) if size else 0)
    match = re.search(str(options.get("fields", "^")), page.url)
    if match is None or page.json is not None:
        return
    fields = {name: value or "" for name, value in match.groupdict().items()}
    parameter = str(options.get("parameter", "page"))
    url = absolute(page.base, str(options.get("service", "")))
    for number in range(2, min(pages, MOST) + 1):
        yield Step(url, "POST", tuple({**fields, parameter: str(number)}.items()))


def _next_page(page: Page, parameter: str) -> list[Step]:
    """The page after this one, while there are records and the count is not reached."""
    records = longest(page.json)
    if not records:
        return []
    parts = split(page.url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    here = next((int(value) for name, value in pairs if name == parameter and value.isdecimal()), 1)
    pages = _counted(page.json, _PAGES)
    if (pages and here >= pages) or here >= MOST:
        return []
    following = [(name, value) for name, value in pairs if name != parameter]
    query = urlencode([*following, (parameter, str(here + 1))])
    return [Step(urlunsplit((parts.scheme, parts.netloc, parts.path, query, "")))]


def _counted(document: Any, names: Iterable[str]) -> int:
    """A count that a document states near its top."""
    waiting = [(document, 0)]
    while waiting:
        value, depth = waiting.pop(0)
        if not isinstance(value, Mapping):
            continue
        for key, member in value.items():
            if str(key).lower().replace("_", "") in names and str(member).isdecimal():
                return int(member)
            if depth < 4:
                waiting.append((member, depth + 1))
    return 0
