"""One row of a listing to a link, a full title and a date, whatever shape the row has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from model.article import When
from model.source import Listing

from . import byline, dates, rules, spelling
from .address import absolute
from .fragment import opening
from .labels import SOFT, fold
from .outline import outline
from .page import Page
from .parsing import Element

_BULLET = re.compile(
    r"^[\s\u3000·•●◆■▪›»>\-*☆★◇□▶►]+(?=\S)|^\d{1,3}[、.．]\s*(?=[\u3400-\u9fff《“])"
)
_AROUND_DATE = re.compile(r"[\s\u3000\[\]（）()【】:：|/\-·\x1f]+$")
# A date in front (\0 stands for it) is no part of the title where a sign parts them.
_LEADING = re.compile(r"\s?[\[（(【]?\0.?[\s\]）)】|·]|\s?[\[（(【]\0[\]）)】]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ANY_YEAR = 2000  # a leap year: asks whether a row has a month and a day at all
_YEAR_HEADING = 8  # characters
_LONGEST_LINK = 200  # signs of a link that are read to compare it with others
_FAR = 60  # rows between a date without a year and the heading that states it
_YEAR = re.compile(r"((?:19|20)\d\d)\s*年?(?:度)?")
_YEAR_FOLDER = re.compile(r"/((?:19|20)\d\d)(?:\d\d)?/")
_TITLE_LABEL = re.compile(r"^(?:文章)?(?:标题|标\s*题|名称|题目|文章标题)\s*[:：]\s*")


@dataclass(frozen=True, slots=True)
class Row:
    """What a listing says about one article; ``url`` is absolute."""

    url: str
    title: str
    published: When | None = None


def of_elements(page: Page, listing: Listing, elements: Iterable[Element]) -> Iterable[Row]:
    """The rows that elements are, by the listing's rules; elements that are no rows give none."""
    for element in elements:
        link, target = _target(page, listing, element)
        url = absolute(page.base, target)
        if not url:
            continue
        title, _ = rules.first(page, listing.title, element)
        said = title or title_of(link, element)
        when = _date(page, listing, element, link, url)
        clean = clean_title(said)
        if clean and (when is not None or len(_HAN.findall(clean)) >= 4 or len(clean) >= 8):
            yield Row(url, clean, when)


def _target(page: Page, listing: Listing, element: Element) -> tuple[Element, str]:
    for value, _ in rules.values(page, listing.link, element):
        if not value.lower().startswith(("javascript:", "#")):
            found = rules.elements(page, listing.link, element)
            link = found[0][0] if found else anchor(element)
            href = link.get("href") if found and link is not None else value
            return (link if link is not None else element), (href or value).strip()
    link = anchor(element)
    return (element, "") if link is None else (link, link.get("href") or "")


def anchor(element: Element) -> Element | None:
    """The link of a row: the one with most text, the first of equals; the row itself may be it."""
    best, longest = None, -1
    for link in [element] if element.tag == "a" else element.iter("a"):
        href = (link.get("href") or "").strip()
        if not href or href.lower().startswith(("javascript:", "#", "mailto:")):
            continue
        size = max(len(opening(link, _LONGEST_LINK)), len(link.get("title") or ""))
        if size > longest:
            best, longest = link, size
    return best


def title_of(link: Element, row: Element | None = None) -> str:
    """The title a link names: its title attribute where that is fuller than its text."""
    lines = [line for line in outline(link, hidden=True).lines if line.size]
    text = max(lines, key=lambda line: line.size).text if lines else ""
    if len(lines) > 1:
        heading = next((line.text for line in lines if line.heading), "")
        text = heading or text
    said = _lines_of_title(link.get("title") or "")
    stem = re.sub(r"[.…]+$", "", clean_title(text)).strip()
    if said and (not stem or len(spelling.squeezed(said)) >= len(spelling.squeezed(stem))):
        return said
    return text


def _lines_of_title(value: str) -> str:
    """The title in a title attribute, which may list author, date and reads on lines of its own."""
    for line in re.split(r"[\r\n]+|<br\s*/?>", value):
        text = spelling.clean(_TITLE_LABEL.sub("", line.strip()))
        if text and not byline.read(text).found:
            return text
    return ""


def clean_title(text: str) -> str:
    """A title without bullets in front and without the row's date and label glued behind."""
    text = spelling.clean(text)
    for dated in reversed(dates.find(text)):
        tail = text[dated.end :].strip(" \u3000]）)】")
        if not tail and dated.start > 0:
            head = text[: dated.start]
            hit = re.search(r"(?:发布|更新|发表|添加)?(?:时间|日期)\s*[:：]?\s*$", fold(head))
            cut = head[: hit.start()] if hit else head
            if hit or re.search(r"[\s\u3000\[（(【:：]$", head) or _HAN.search(head[-1:]) is None:
                text = _AROUND_DATE.sub("", cut)
        elif tail and _LEADING.match(text[: dated.start] + "\0" + text[dated.end - 1 :]):
            text = text[dated.end :].lstrip(" \u3000]）)】|·")
        break
    return _BULLET.sub("", text).strip()


def _date(page: Page, listing: Listing, row: Element, link: Element, url: str) -> When | None:
    if listing.date:
        said = (in_row(text, url) for text, _ in rules.values(page, listing.date, row, marks=True))
        return next((when for when in said if when is not None), None)
    lines = [line.raw for line in outline(row, hidden=True).lines if line.size]
    whole, title = SOFT.join(lines), title_of(link)
    rest = whole.replace(title, SOFT, 1) if len(title) > 6 else whole
    when = in_row(rest, url)
    if when is None and dates.without_year(rest, _ANY_YEAR, "listing") is not None:
        year = _stated_year(row)
        when = in_row(rest, url, year) if year else None
    if when is None and clean_title(title) != title:
        when = in_row(title[len(clean_title(title)) :], url)
    if when is None and link.get("title"):
        told = byline.read(link.get("title") or "")
        when = told.published or told.dated.get("updated")
        when = When(when.value, when.precision, "listing") if when else None
    return when


def in_row(text: str, url: str = "", year: int = 0) -> When | None:
    """The date in a row's text.

    A date without a year counts only where the article's address knows the year, or the page
    states it over the rows (``year``).
    """
    found = [
        dated for dated in dates.find(text, "listing") if dated.when.precision in ("day", "minute")
    ]
    if found:
        return found[-1].when
    stamp = dates.first(text.strip(), "listing") if text.strip().isdecimal() else None
    if stamp is not None and stamp.precision in ("day", "minute"):
        return stamp
    told = dates.in_url(url)
    folder = _YEAR_FOLDER.search(url)
    known = int(told.value[:4]) if told else int(folder[1]) if folder else year
    return dates.without_year(text, known, "listing") if known else None


def _stated_year(row: Element) -> int:
    """The year that a heading over a row states, as in 2019年; 0 for none."""
    element: Element | None = row
    for _ in range(2):
        if element is None:
            break
        for before in islice(element.itersiblings(preceding=True), _FAR):
            match = _YEAR.fullmatch(fold(_opening(before)).strip())
            if match is not None:
                return int(match[1])
        element = element.getparent()
    return 0


def _opening(element: Element) -> str:
    """The text of an element as far as it tells a heading of a year from anything longer."""
    text = ""
    for piece in islice(element.itertext(), _FAR) if isinstance(element.tag, str) else ():
        text += str(piece).strip()
        if len(text) > _YEAR_HEADING:
            break
    return text
