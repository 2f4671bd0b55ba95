"""Which family of CMS a page comes from: fingerprints and shapes of addresses counted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from model.errors import PageError
from model.source import Family, Rule

from . import rules
from .address import absolute
from .page import Page

_OWN_ADDRESS = 2.0  # the page's address is one of the family's articles
_LINKED = 1.5  # so are several of its links
_ENOUGH = 3
_MOST = 400  # links that are looked at


def recognise(page: Page, families: Iterable[Family]) -> list[tuple[str, float]]:
    """The families a page may belong to, most likely first, with their scores.

    A fingerprint counts 1, the page's own address 2, links to articles 1.5; families that show
    nothing are left out.
    """
    links = _links(page)
    scores = []
    for family in families:
        score = float(sum(_shows(page, rule) for rule in family.recognise))
        patterns = [re.compile(pattern) for pattern in family.addresses]
        if any(pattern.search(page.url) for pattern in patterns):
            score += _OWN_ADDRESS
        if sum(any(p.search(link) for p in patterns) for link in links) >= _ENOUGH:
            score += _LINKED
        if score:
            scores.append((family.id, score))
    return sorted(scores, key=lambda pair: (-pair[1], pair[0]))


def _links(page: Page) -> set[str]:
    try:
        hrefs = (element.get("href") or "" for element in islice(page.root.iter("a"), _MOST))
        return {absolute(page.base, href) for href in hrefs} - {""}
    except PageError:
        return set()


def _shows(page: Page, rule: Rule) -> bool:
    try:
        return bool(rules.items(page, (rule,)))
    except PageError:
        return False
