"""Rows in data islands, as jcms pages and its dataproxy write them: <record><![CDATA[…]]>."""

from __future__ import annotations

import re
from collections.abc import Iterable

from model.source import Listing

from . import rows
from .address import absolute
from .fragment import fragment
from .page import Page
from .rows import Row
from .steps import Options, Step

_RECORD = re.compile(
    r"<record>\s*(?:<!\[CDATA\[)?((?:(?!<record>).){1,20000}?)(?:\]\]>)?\s*</record>",
    re.DOTALL | re.IGNORECASE,
)
_NUMBER = r"\b%s\s*['\"]?\s*[:=]\s*['\"]?(\d+)"
_PROXY = re.compile(r"\bproxyUrl\s*:\s*['\"]([^'\"]+)['\"]")
_PARAMS = re.compile(r"\bparams\s*:\s*\{(.*?)\}", re.DOTALL)
_PAIR = re.compile(r"['\"]?(\w+)['\"]?\s*:\s*(?:'([^']*)'|\"([^\"]*)\"|([^,'\"}\s]+))")
_MOST = 2_000  # records of one answer
_GROUP = 3  # pages a request; what jpage itself asks for


def read(page: Page, listing: Listing) -> Iterable[Row]:
    """The rows of all records in the page or in dataproxy's answer.

    The island is no XML: it is found by pattern, and each record is a piece of markup.
    """
    records = _RECORD.findall(page.text)[:_MOST]
    if records:
        root = fragment("".join(f'<div class="record">{record}</div>' for record in records))
        yield from rows.of_elements(page, listing, root.findall(".//div[@class='record']"))


def steps(page: Page, options: Options) -> Iterable[Step]:
    """The rest of the records, group by group, from the proxy that the page's script names."""
    proxy = _PROXY.search(page.text)
    params = _PARAMS.search(page.text, proxy.start()) if proxy else None
    if proxy is None or params is None:
        return
    fields = {name: a or b or c for name, a, b, c in _PAIR.findall(params[1])}
    per_page = _number(page.text, "perPage") or 15
    total = _number(page.text, "totalRecord") or _tag(page.text, "totalrecord")
    known = page.text.lower().count("<record>")
    size = per_page * (_number(page.text, "groupSize") or _GROUP)
    headers = (("Referer", page.url), ("X-Requested-With", "XMLHttpRequest"))
    url = absolute(page.base, proxy[1])
    for first in range(known + 1, min(total, 100_000) + 1, size):
        window = {
            "startrecord": first,
            "endrecord": min(first + size - 1, total),
            "perpage": per_page,
        }
        form = {**fields, **{name: str(value) for name, value in window.items()}}
        yield Step(url, "POST", tuple(form.items()), headers)


def _number(text: str, name: str) -> int:
    match = re.search(_NUMBER % name, text)
    return int(match[1]) if match else 0


def _tag(text: str, name: str) -> int:
    match = re.search(rf"<{name}>\s*(\d+)\s*</{name}>", text, re.IGNORECASE)
    return int(match[1]) if match else 0
