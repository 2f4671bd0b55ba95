"""Pagers that post: ASP.NET's __doPostBack, and forms with a field for the page number."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .address import absolute
from .fragment import text_of
from .labels import bare, fold
from .numbering import total_pages
from .page import Page
from .parsing import Element
from .steps import MOST, Options, Step

_BACK = re.compile(
    r"__doPostBack\s*\(\s*(?:'|\"|&#39;)([^'\"&]*)(?:'|\"|&#39;)\s*,\s*(?:'|\"|&#39;)([^'\"&]*)"
)
_FORWARD = re.compile(r"^(?:下一?页|后页|next|[>»›]+|\d{1,4}|\.\.\.)$", re.IGNORECASE)
_PAGE_FIELDS = re.compile(
    r"^(?:go_?page|page_?(?:num|no|index|number)?|cur_?page|current_?page|p|pn|nowpage)$",
    re.IGNORECASE,
)


def postback(page: Page, options: Options) -> Iterable[Step]:
    """Links that call __doPostBack: the form with its state, target and argument filled in."""
    made: list[Step] = []
    for element in page.root.iter("a"):
        called = _BACK.search(f"{element.get('href') or ''} {element.get('onclick') or ''}")
        if called is None or not _FORWARD.match(bare(fold(text_of(element)))):
            continue
        form = next(element.iterancestors("form"), None)
        if form is None:
            continue
        fields = _fields(form)
        fields.update({"__EVENTTARGET": called[1], "__EVENTARGUMENT": called[2]})
        made.append(_posted(page, form, fields))
    return made


def form(page: Page, options: Options) -> Iterable[Step]:
    """A form with a field for the page number, posted once for every page that follows.

    Option ``field`` names that field where its name does not tell. A form that lists no count
    of pages gives the next page only.
    """
    named = str(options.get("field", ""))
    for element in page.root.iter("form"):
        fields = _fields(element)
        pagers = [
            name for name in fields if name == named or (not named and _PAGE_FIELDS.match(name))
        ]
        if not pagers:
            continue
        numbers = [int(fields[name]) for name in pagers if fields[name].isdecimal()]
        here = max([1, *numbers])
        last = total_pages(page) or here + 1
        for number in range(here + 1, min(last, MOST) + 1):
            yield _posted(page, element, {**fields, **dict.fromkeys(pagers, str(number))})
        return


def _fields(form_element: Element) -> dict[str, str]:
    """The values a browser would send, buttons left out."""
    made: dict[str, str] = {}
    for field in form_element.iter("input", "select", "textarea"):
        name, kind = field.get("name") or "", (field.get("type") or "text").lower()
        if not name or kind in ("submit", "button", "image", "reset", "file", "checkbox", "radio"):
            continue
        if field.tag == "select":
            chosen = field.find(".//option[@selected]")
            chosen = chosen if chosen is not None else field.find(".//option")
            made[name] = "" if chosen is None else chosen.get("value") or text_of(chosen)
        else:
            made[name] = field.get("value") or (field.text or "" if field.tag == "textarea" else "")
    return made


def _posted(page: Page, form_element: Element, fields: dict[str, str]) -> Step:
    url = absolute(page.base, form_element.get("action") or page.url) or page.url
    headers = (("Referer", page.url),)
    return Step(url.split("#")[0], "POST", tuple(fields.items()), headers)
