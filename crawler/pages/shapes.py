"""Finds the rows of a listing for which nobody wrote a rule: links of one shape, many times."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice

from .address import absolute
from .dates import find as find_dates
from .fragment import opening, text_of
from .page import Page
from .parsing import Element

_HIGHEST = 6  # boxes around a link that may be its row
_MOST = 3_000  # links of a page that are looked at
_LONGEST = 600  # signs; a link that holds more holds half the page
_LARGE = 400_000  # signs of links that are read; links inside links hold the same ones again
_HAN = re.compile(r"[\u3400-\u9fff]")
_SHORT_DATE = re.compile(r"(?<![\d.])(?:0?[1-9]|1[0-2])[-/.月](?:0?[1-9]|[12]\d|3[01])日?(?![\d.])")


@dataclass(slots=True)
class _Group:
    """Links whose way up to their row looks the same, and the rows they stand in."""

    rows: list[Element] = field(default_factory=list)
    signs: int = 0
    dated: int = 0


def rows(page: Page, root: Element | None = None) -> list[Element]:
    """The elements that are most likely the rows of the main list of a page, or of a part of it."""
    groups: dict[tuple[object, ...], _Group] = defaultdict(_Group)
    left = _LARGE
    for link in islice((page.root if root is None else root).iter("a"), _MOST):
        href = (link.get("href") or "").strip()
        if not href or href.lower().startswith(("javascript:", "#", "mailto:")):
            continue
        if left < 0:
            break
        text = max(opening(link, _LONGEST), link.get("title") or "", key=len)
        left -= len(text)
        signs = len(_HAN.findall(text))
        if (signs < 4 and len(text) < 12) or len(text) >= _LONGEST:
            continue
        url = absolute(page.base, href).split("#")[0]
        if not url or url == page.url.split("#")[0]:
            continue
        row, shape = _row(link)
        group = groups[shape]
        group.rows.append(row)
        group.signs += min(signs, 40)
        said = text_of(row)
        left -= len(said)
        if len(said) < 600 and (find_dates(said) or _SHORT_DATE.search(said)):
            group.dated += 1
    best = max(groups.values(), key=_worth, default=None)
    if best is None or _worth(best) == 0:
        return []
    return list(dict.fromkeys(best.rows))


def _worth(group: _Group) -> float:
    count = len(dict.fromkeys(group.rows))
    if count < 3 and not group.dated:
        return 0.0
    average = group.signs / len(group.rows)
    share = group.dated / len(group.rows)
    return float(count**0.5 * average * (1 + 3 * share))


_ROWS = frozenset({"li", "tr", "dl", "article"})


def _row(link: Element) -> tuple[Element, tuple[object, ...]]:
    """The element that repeats around a link, and the shape of the way there."""
    shape: list[str] = []
    row = element = link
    for _ in range(6):
        shape.append(_sort(element))
        parent = element.getparent()
        if parent is None or not isinstance(parent.tag, str):
            break
        if element.tag in _ROWS or _repeats(element, parent):
            row = element
            shape.append(_sort(parent))
            grand = parent.getparent()
            around = grand if grand is not None else parent
            return row, (*shape, around)
        element = parent
    return _alone(link), (*shape, None)


def _alone(link: Element) -> Element:
    """The largest box around a link that holds no other, where nothing repeats."""
    row = link
    for parent in islice(link.iterancestors(), _HIGHEST):
        links = sum(1 for other in parent.iter("a") if other.get("href"))
        if parent.tag == "body" or links > 1:
            break
        row = parent
    return row


def _repeats(element: Element, parent: Element) -> bool:
    """Whether an element has siblings of its kind that hold links as well."""
    kind = _sort(element)
    same = 0
    for sibling in parent:
        if sibling is element or sibling.tag != element.tag or _sort(sibling) != kind:
            continue
        same += sibling.tag == "a" or sibling.find(".//a") is not None
        if same >= 2:
            return True
    return False


def _sort(element: Element) -> str:
    """Tag and class without numbers."""
    label = re.sub(r"\d+", "", element.get("class") or "").strip()
    return f"{element.tag}.{label}"
