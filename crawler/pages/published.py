"""When an article was published: every date the page tells, weighed; the best supported wins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from model.article import When

from . import byline, dates
from .page import Page

if TYPE_CHECKING:
    from .generic import Found

# name: trust. Metas named for publication tell it; bare names are often the template's.
_METAS = {
    "pubdate": 9.0,
    "publishdate": 9.0,
    "publish_time": 9.0,
    "publishtime": 9.0,
    "publish-date": 9.0,
    "pub_date": 9.0,
    "firstpublishedtime": 9.0,
    "article:published_time": 9.0,
    "og:article:published_time": 9.0,
    "og:release_date": 8.0,
    "datepublished": 9.0,
    "weibo: article:create_at": 8.0,
    "_pubtime": 8.0,
    "apub:time": 8.0,
    "releasedate": 8.0,
    "createdate": 6.0,
    "dc.date": 5.0,
    "dc.date.issued": 7.0,
    "date": 4.0,
    "filetime": 3.0,
}
_FAR = 40  # lines below the text
_LABEL, _ROW, _TIME, _DATA, _URL, _UPDATED, _TAIL = 10.0, 7.0, 6.0, 8.0, 5.5, 3.5, 1.0


def choose(page: Page, found: Found) -> tuple[When | None, str]:
    """The date of publication and what told it; None where the page tells none."""
    weights: dict[str, float] = {}
    best: dict[str, tuple[float, When, str]] = {}
    for when, weight, by in _told(page, found):
        day = when.value[:10]
        weights[day] = weights.get(day, 0.0) + weight
        rank = weight + (0.5 if when.precision == "minute" else 0.0)
        if day not in best or rank > best[day][0]:
            best[day] = (rank, when, by)
    if not weights:
        return _late(found)
    day = max(weights, key=lambda day: (weights[day], best[day][0]))
    _, when, by = best[day]
    minute = next(
        (w for w, _, _ in _told(page, found) if w.value[:10] == day and w.precision == "minute"),
        None,
    )
    if when.precision == "day" and minute is not None:
        when = When(minute.value, "minute", when.origin)
    return when, by


def _late(found: Found) -> tuple[When | None, str]:
    """A date with its minute further below the text, where nothing else tells one."""
    for line in found.made.lines[found.last : found.last + _FAR]:
        if line.size <= 80:
            row = byline.read(line.raw)
            for when in ([row.published] if row.published else []) + row.bare:
                if when.precision == "minute":
                    return When(when.value, "minute", "row"), "date below the text"
    return None, ""


def _told(page: Page, found: Found) -> Iterator[tuple[When, float, str]]:
    row = found.zone.row
    if row.published is not None:
        yield row.published, _LABEL, "label " + row.found["published"]
    for number, when in enumerate(row.bare[:3]):
        yield When(when.value, when.precision, "row"), _ROW - 2 * number, "date beside the title"
    if "updated" in row.dated:
        yield row.dated["updated"], _UPDATED, "label " + row.found["updated"]
    for name, weight in _METAS.items():
        for value in page.metas.get(name, ())[:1]:
            when_meta = dates.first(value, "meta")
            if when_meta is not None:
                yield when_meta, weight, f"meta {name}"
    for element in list(page.root.iter("time"))[:3]:
        when_time = dates.first(element.get("datetime") or "", "row")
        if when_time is not None:
            yield when_time, _TIME, "time element"
            break
    if found.data is not None and found.data.published is not None:
        yield found.data.published, _DATA, "data in a script"
    url = dates.in_url(page.url)
    if url is not None:
        yield url, _URL, "address"
    for line in found.tail:
        if line.size <= 60:
            tail = byline.read(line.raw)
            for when in ([tail.published] if tail.published else []) + tail.bare:
                yield When(when.value, when.precision, "signature"), _TAIL, "below the text"
