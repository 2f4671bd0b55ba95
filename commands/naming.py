"""Whose site it is and what its column is called, from metas, title tag, foot and breadcrumb."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from crawler.pages import headline
from crawler.pages.address import absolute, canonical, host
from crawler.pages.fragment import text_of
from crawler.pages.page import Page
from model.article import Article
from model.errors import PageError
from pipelines.repair import repair

Kind = Literal["association", "government", "news"]

_HOST = re.compile(r"主[办辦](?:单位|單位)?\s*[:：]\s*([\u3400-\u9fff（）()]{4,60})")
_OWNER = re.compile(r"版[权權]所有\s*[:：]?\s*(?:©|\(c\))?\s*([\u3400-\u9fff（）()]{4,60})", re.I)
_FURTHER = re.compile(
    r"(?:承[办辦]|[协協][办辦]|主管|技[术術]|地址|[电電][话話]|[备備]案|[网網]站|版[权權]|未[经經]|保留).*"
)
_COMPANY = re.compile(r"公司$")
_OFFICE = re.compile(r"(?:人民政府|委员会|委員會|办公室|[局厅廳部委])$")
_PRESS = re.compile(r"(?:日报|晚报|报社|新闻网|通讯社|电视台|杂志社|[报報])$")
_BODY = re.compile(r"(?:协会|協會|学会|學會|联合会|商会|促进会|研究会)$")
_EDGES = " \t-—–_|｜·>»«<:：,，"
_LONGEST = 40  # signs of a name
_SHORTEST = 4
_LONGEST_COLUMN = 14
_PARTED = re.compile(r"\s+[-–—·>]\s+|[_|｜]")
_STEP = re.compile(r"页|頁|^\W*\d|更多|刷新|收藏|more", re.I)  # what pagers and menus say


@dataclass(frozen=True, slots=True)
class Named:
    """A value and what told it; both empty where nothing did."""

    value: str = ""
    by: str = ""


def organisation(pages: Sequence[Page]) -> Named:
    """Who publishes the site: its metas, the foot of its pages, the end of its title tag."""
    for page in pages:
        for meta in ("SiteName", "og:site_name", "application-name"):
            value = _clean(_meta(page, meta))
            if value:
                return Named(value, f"meta {meta}")
    named = _signed(pages, _HOST)
    if named:
        return Named(named, "foot of the page: 主办")
    tails = Counter(tail for page in pages if (tail := _tail(page)))
    if tails:
        return Named(tails.most_common(1)[0][0], "title tag")
    named = _signed(pages, _OWNER)
    if named and not _COMPANY.search(named):
        return Named(named, "foot of the page: 版权所有")
    return Named()


def column(listing: Page, articles: Sequence[Article]) -> Named:
    """What the site calls the column: the listing's meta, what all articles say, its title tag."""
    value = _clean(_meta(listing, "ColumnName"))
    if value:
        return Named(value, "meta ColumnName")
    said = {article.column for article in articles if article.column}
    if len(said) == 1 and (value := _clean(said.pop())):
        return Named(value, "the articles' column")
    value = _itself(listing)
    if value:
        return Named(value, "the page's link to itself")
    head = _head(listing)
    value = _clean(_PARTED.split(headline.without_site(head, listing))[0]) if head else ""
    if value and len(value) <= _LONGEST_COLUMN and not headline.site_name(value):
        return Named(value, "title tag")
    return Named()


def repaired(named: Named, listing: Page) -> Named:
    """A name as it was before conversion damaged the page, where the page shows such damage."""
    family = repair(_text(listing)).family
    if family not in ("A", "B", "AB") or not named.value:
        return named
    return replace(named, value=repair(named.value, family=family).text)


def kind(url: str, name: str) -> tuple[Kind, str]:
    """What kind of organisation it is, and what told it; an association where nothing does."""
    if re.search(r"(?:^|\.)gov(?:\.\w+)?$", host(url)):
        return "government", "guessed from the host"
    kinds: tuple[tuple[Kind, re.Pattern[str]], ...] = (
        ("association", _BODY),
        ("news", _PRESS),
        ("government", _OFFICE),
    )
    for made, pattern in kinds:
        if pattern.search(name):
            return made, "guessed from the name"
    return "association", "not found, a guess"


def _signed(pages: Sequence[Page], pattern: re.Pattern[str]) -> str:
    """The name after such a label, as it first stands on one of the pages."""
    for page in pages:
        for match in pattern.finditer(_text(page)):
            name = _clean(_FURTHER.sub("", match[1]))
            if len(name) >= _SHORTEST:
                return name
    return ""


def _itself(page: Page) -> str:
    """What a listing's links to its own address say, as in a breadcrumb or menu."""
    try:
        links = [(absolute(page.base, a.get("href") or ""), a) for a in page.root.iter("a")]
    except PageError:
        return ""
    here = canonical(page.url)
    texts = Counter(_clean(text_of(a)) for url, a in links if url and canonical(url) == here)
    for text, _ in texts.most_common():
        if 2 <= len(text) <= _LONGEST_COLUMN and not _STEP.search(text):
            return text
    return ""


def _meta(page: Page, name: str) -> str:
    try:
        return page.meta(name)
    except PageError:
        return ""


def _text(page: Page) -> str:
    try:
        return text_of(page.root)
    except PageError:
        return ""


def _head(page: Page) -> str:
    try:
        return headline.of_head(page)
    except PageError:
        return ""


def _tail(page: Page) -> str:
    """The site's name at the end of a title tag."""
    head = _head(page)
    if not head:
        return ""
    kept = headline.without_site(head, page)
    tail = _clean(head.rpartition(kept)[2]) if kept else _clean(head)
    tail = re.split(r"[-—_|｜·>»\s]+", tail)[-1]
    return tail if headline.site_name(tail) else ""


def _clean(text: str) -> str:
    """A name in one line of printable signs; '' where it is longer than names are."""
    made = "".join(sign for sign in " ".join(text.split()) if sign.isprintable()).strip(_EDGES)
    return made if len(made) <= _LONGEST else ""
