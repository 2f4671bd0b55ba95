"""When an article was published: every date the page tells, weighed; the best supported wins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from model.article import When

from . import byline, content, dates, stamps
from .labels import fold
from .outline import Line
from .page import Page

if TYPE_CHECKING:
    from .generic import Found

Told = tuple[When, float, str]  # a date, its weight, what told it

_LABEL, _ROW, _TIME, _DATA, _URL = 10.0, 7.0, 6.0, 8.0, 5.5
_UPDATED, _SIGNED, _BELOW, _MONTH = 3.5, 1.0, 1.0, 0.1
_FAR = 40  # lines below the text
_SIGNATURE = 15  # last lines of the text, among which it may be signed
_SHORT = 60  # signs; no longer line is a signature or a by-line under the text
# Dates in what follows are those of other articles, of comments, of the site.
_OTHERS = re.compile(
    r"[\W\d\0\x1f]*(?:我要|发表|网友|全部|文章|用户|精彩)?(?:评论|留言|跟帖|网友|回复|相关|推荐|热门|排行|最新|"
    "[上下]一?[篇条则]|更多|猜你|延伸|往期)"
)
_PRINTED = re.compile("印发|抄送|废止|施行|截止|有效期|附件|会议|实施")


def choose(page: Page, found: Found) -> tuple[When | None, str]:
    """The date of publication and what told it; None where the page tells none."""
    told = list(_told(page, found))
    if not told:
        return _late(found)
    weights: dict[str, float] = {}
    best: dict[str, tuple[float, When, str]] = {}
    minutes: dict[str, str] = {}
    for when, weight, by in told:
        day = when.value[:10]
        weights[day] = weights.get(day, 0.0) + weight
        if when.precision == "minute":
            minutes.setdefault(day, when.value)
            weight += 0.5
        if day not in best or weight > best[day][0]:
            best[day] = (weight, when, by)
    day = max(weights, key=lambda day: (weights[day], best[day][0]))
    _, when, by = best[day]
    if when.precision == "day" and day in minutes:
        when = When(minutes[day], "minute", when.origin)
    return when, by


def _late(found: Found) -> tuple[When | None, str]:
    """A date with its minute further below the text, where nothing else tells one."""
    for line in _below(found, _FAR):
        for when in _of_row(line):
            if when.precision == "minute":
                return When(when.value, "minute", "row"), "date below the text"
    return None, ""


def _told(page: Page, found: Found) -> Iterator[Told]:
    row = found.zone.row
    if row.published is not None:
        yield row.published, _LABEL, "label " + row.found["published"]
    for number, when in enumerate(row.bare[:3]):
        yield When(when.value, when.precision, "row"), _ROW - 2 * number, "date beside the title"
    if "updated" in row.dated:
        yield row.dated["updated"], _UPDATED, "label " + row.found["updated"]
    yield from stamps.metas(page)
    for element in islice(page.root.iter("time"), 3):
        when_time = dates.first(element.get("datetime") or "", "row")
        if when_time is not None:
            yield when_time, _TIME, "time element"
            break
    if found.data is not None and found.data.published is not None:
        yield found.data.published, _DATA, "data in a script"
    yield from stamps.scripts(page)
    url = dates.in_url(page.url)
    if url is not None:
        yield url, _URL, "address"
    month = dates.month_in_url(page.url)
    if url is None and month is not None:
        yield month, _MONTH, "folder of the address"
    yield from _signature(found)
    for line in _below(found, 6):
        for when in _of_row(line):
            yield When(when.value, when.precision, "signature"), _BELOW, "below the text"


def _signature(found: Found) -> Iterator[Told]:
    """The day under a text: last of all what is signed, not what was printed or takes effect."""
    for line in found.lines[-2:]:
        row = byline.read(line.raw) if line.size <= 120 else byline.Byline()
        if row.published is not None:
            yield row.published, _BELOW, "label " + row.found["published"] + " under the text"
    for line in reversed(found.lines[-_SIGNATURE:]):
        if line.image is not None or line.linked or line.size > _SHORT:
            continue
        if _PRINTED.search(line.raw) or re.search("[，。；,;]", line.raw):
            continue
        dated = dates.find(line.raw, "signature")
        if len(dated) == 1 and not fold(line.raw)[dated[0].end :].strip(" \0\x1f()日"):
            yield dated[0].when, _SIGNED, "signature"
            return


def _below(found: Found, reach: int) -> Iterator[Line]:
    """The lines below a text that may still be about it."""
    for line in found.made.lines[found.last : found.last + reach]:
        if line.image is not None:
            continue
        if _OTHERS.match(fold(line.raw)) or (
            line.linked * 2 > line.size and content.headline(line)
        ):
            return
        if line.size <= _SHORT:
            yield line


def _of_row(line: Line) -> list[When]:
    """The days that a line of its own tells of a publication."""
    row = byline.read(line.raw)
    return [row.published] if row.published else row.bare
