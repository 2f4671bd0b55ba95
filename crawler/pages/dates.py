"""Dates as Chinese pages write them; what a page does not say, such as a year, stays unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from model.article import Precision, When

from .labels import fold
from .words import in_order

CHINA = timezone(timedelta(hours=8))
FIRST_YEAR, LAST_YEAR = 1949, 2099

_G = r"[ \t\r\n\0\x1f]{0,60}"  # what may stand between the parts of one date
_TIME = rf"""(?:{_G}(?:[(（]?(?:星期|週|周)[一二三四五六日天][)）]?)?{_G}[T,-]?{_G}
    (?:(?P<noon>上午|下午|凌晨|晚上|早上|中午|晚间|早间|AM|PM)?{_G})
    (?P<hour>[0-2]?\d)\s?[:时時點点]\s?(?P<minute>[0-5]\d)(?:\s?[:分]\s?(?P<second>[0-5]\d))?
    (?:\.\d{{1,6}})?(?:{_G}(?P<noon2>AM|PM)\b)?(?:{_G}(?P<zone>Z|[+-][01]\d:?[0-5]\d)\b)?)?"""
_FULL = re.compile(
    rf"""(?<![\d.-])(?:(?:(?P<roc>(?:中[华華])?民[国國]){_G})?(?P<year>\d{{2,4}})){_G}
    (?P<sep>[-/.·年]){_G}(?P<month>\d{{1,2}}){_G}(?:[-/.·月]){_G}(?P<day>\d{{1,2}})
    (?!\d*[.-]?\d*%)(?:(?!\d)|(?=\d\d?:\d\d)){_G}[日号]?[)\]】]?{_TIME}""",
    re.VERBOSE | re.IGNORECASE,
)
_MONTH = re.compile(
    rf"(?<!\d)(?P<year>(?:19|20)\d\d){_G}(?:年{_G}(?P<month>\d{{1,2}}){_G}月|[-/.](?P<month2>\d\d)(?![\d/.-]))"
)
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*年?(?!\d)")
_NUMERAL = "〇○零Ｏ０O0一二三四五六七八九十廿卅"
_HAN = re.compile(
    rf"(?P<year>[{_NUMERAL}]{{4}}){_G}年{_G}(?P<month>[{_NUMERAL}元]{{1,3}}){_G}月"
    rf"{_G}(?:(?P<day>[{_NUMERAL}]{{1,4}}){_G}[日号])?"
)
_US = re.compile(r"(?<!\d)(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<year>(?:19|20)\d\d)(?!\d)")
_NAME = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_CLOCK = (
    r"(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"(?:\s(?P<zone>GMT|UTC|CST|[+-][01]\d:?[0-5]\d))?"
)
_ENGLISH = re.compile(  # also as C and PHP print a moment: Mon Sep 18 10:27:33 CST 2017
    rf"\b{_NAME}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?:{_CLOCK}\s+)?(?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_BRITISH = re.compile(  # also as HTTP writes it: Mon, 18 Sep 2017 06:23:00 GMT
    rf"(?<!\d)(?P<day>\d{{1,2}})[\s-]{_NAME}[\s,-]+(?P<year>(?:19|20)\d\d)(?:\s+{_CLOCK})?",
    re.IGNORECASE,
)
_REVERSED = re.compile(
    r"(?<!\d)(?P<day>[0-3]?\d)[\s\x1f/|]{1,12}(?P<year>(?:19|20)\d\d)[-/.年]\s?(?P<month>[01]?\d)月?(?![\d/-])"
)
_COMPACT = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
    r"(?:(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?:[0-5]\d)?\d{0,3})?(?!\d)"
)
_SPREAD = re.compile(
    rf"(?<!\d)(?P<year>(?:19|20)\d\d)[\s\x1f]+(?P<month>\d{{1,2}}){_G}[/-]{_G}(?P<day>\d{{1,2}})(?![\d/-]){_TIME}",
    re.VERBOSE,
)
_ZONES = {"Z": "+0000", "GMT": "+0000", "UTC": "+0000", "CST": "+0800"}  # CST: China's
_MONTHS = in_order("jan feb mar apr may jun jul aug sep oct nov dec")
_DAY_OF_YEAR = re.compile(
    rf"(?<![\d.-])(?P<month>\d{{1,2}})(?:[-/.]|{_G}月{_G})(?P<day>\d{{1,2}})日?(?![\d.-])"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text and where it stands; ``sure`` is False for forms that could be others."""

    when: When
    start: int
    end: int
    sure: bool = True


def find(text: str, origin: str = "") -> list[Dated]:
    """All dates with a year in a text, in order; the longest reading of each place."""
    folded = fold(text)
    found: list[Dated] = []
    if any(char.isdecimal() for char in folded):
        found += _numeric(folded, origin)
    if "年" in folded:
        found += _han(folded, origin)
    found.sort(key=lambda dated: (dated.start, -dated.end))
    kept: list[Dated] = []
    for dated in found:
        if not kept or dated.start >= kept[-1].end:
            kept.append(dated)
    return kept


def first(text: str, origin: str = "") -> When | None:
    """The first date of a text, to be used where a date is expected; a bare year will do."""
    dated = find(text, origin)
    if dated:
        return dated[0].when
    folded = fold(text).strip()
    for match in _COMPACT.finditer(folded):
        when = _when(match, origin)
        if when is not None:
            return when
    if re.fullmatch(r"1\d{9}(?:\d{3})?", folded):
        return from_unix(int(folded), origin)
    year = _YEAR.fullmatch(folded)
    return When(year["year"], "year", origin) if year else None


def from_unix(seconds: float, origin: str = "") -> When | None:
    """A moment in seconds or milliseconds since 1970 as a Chinese clock shows it."""
    if seconds > 1e11:
        seconds /= 1000
    try:
        moment = datetime.fromtimestamp(seconds, CHINA)
    except (ValueError, OverflowError, OSError):
        return None
    if not 1990 <= moment.year <= LAST_YEAR:
        return None
    return When(moment.strftime("%Y-%m-%dT%H:%M"), "minute", origin)


def in_url(url: str) -> When | None:
    """The date that an article's address carries, as in t20190816_1.html or /2019/0816/."""
    path = _path(url)
    for pattern in _IN_URL:
        matches = [match for match in pattern.finditer(path) if _when(match, "url")]
        if matches:
            when = _when(matches[-1], "url")
            return (
                When(when.value[:10], "day", "url") if when and when.precision == "minute" else when
            )
    return None


def month_in_url(url: str) -> When | None:
    """The month that a folder of an article's address names, as in /201908/ or /2019-08/."""
    match = re.search(r"/(?P<year>(?:19|20)\d\d)[-_/]?(?P<month>0[1-9]|1[0-2])/", _path(url))
    return _when(match, "url") if match else None


def _path(url: str) -> str:
    return url.split("://", 1)[-1].partition("/")[2].split("?")[0].split("#")[0]


_IN_URL = tuple(
    map(
        re.compile,
        (
            r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_/](?P<month>\d{1,2})[-_/](?P<day>\d{1,2})(?!\d)",
            r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_/]?(?P<month>0[1-9]|1[0-2])[-_/]?(?P<day>0[1-9]|[12]\d|3[01])(?=\D|$|\d{4,9}\b)",
        ),
    )
)


def without_year(text: str, year: int, origin: str = "") -> When | None:
    """A date such as 08-16 in a context that states its year."""
    match = _DAY_OF_YEAR.search(fold(text))
    if match is None:
        return None
    return _made(year, int(match["month"]), int(match["day"]), origin)


def _numeric(folded: str, origin: str) -> Iterator[Dated]:
    for match in _FULL.finditer(folded):
        when = _when(match, origin)
        if when is not None:
            start = match.start("roc" if match["roc"] else "year")
            yield Dated(when, start, match.end(), len(match["year"]) == 4)
    for pattern in (_US, _ENGLISH, _BRITISH, _SPREAD, _REVERSED, _MONTH):
        for match in pattern.finditer(folded):
            when = _when(match, origin)
            if when is not None:
                yield Dated(when, match.start(), match.end())


def _han(folded: str, origin: str) -> Iterator[Dated]:
    for match in _HAN.finditer(folded):
        year = "".join(str(max(_digit(char), 0)) for char in match["year"])
        month = 1 if match["month"] == "元" else _number(match["month"])
        day = _number(match["day"]) if match["day"] else None
        when = _made(int(year), month, day, origin)
        if when is not None:
            yield Dated(when, match.start(), match.end())


def _digit(char: str) -> int:
    return "〇一二三四五六七八九".find(char) if char in "一二三四五六七八九" else 0


def _number(text: str) -> int:
    """Chinese numerals up to 39, also written digit by digit or in part with 十 廿 卅."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.partition("十")
    if not ten:
        return int("".join(str(_digit(char)) for char in text) or 0)
    return (_digit(tens) if tens else 1) * 10 + (_digit(ones[-1]) if ones else 0)


def _when(match: re.Match[str], origin: str) -> When | None:
    parts = match.groupdict()
    if "a" in parts:
        a, b = int(parts["a"]), int(parts["b"])
        return _made(int(parts["year"]), *((a, b) if a <= 12 else (b, a)), origin)
    year = _year(parts)
    month = parts.get("month") or parts.get("month2") or ""
    number = int(month) if month.isdecimal() else _MONTHS.index(month.lower()) + 1
    day = parts.get("day")
    made = _made(year, number, int(day) if day else None, origin)
    if made is None or not parts.get("hour"):
        return made
    return _timed(made, parts)


def _year(parts: dict[str, str | None]) -> int:
    digits = parts["year"] or "0"
    year = int(digits)
    if parts.get("roc"):
        return year + 1911
    if len(digits) == 2 and parts.get("sep") in ("-", "/", ".", "·"):
        return 2000 + year if year < 70 else 1900 + year
    if len(digits) == 3 and 80 <= year <= 150:
        return year + 1911  # years of the Republic, as Taiwan's pages count
    return year


def _timed(made: When, parts: dict[str, str | None]) -> When:
    hour, minute = int(parts["hour"] or 0), int(parts["minute"] or 0)
    noon = (parts.get("noon") or parts.get("noon2") or "").upper()
    if noon in ("下午", "晚上", "晚间", "PM") and hour < 12:
        hour += 12
    if hour > 23 or (hour == 0 and minute == 0 and (parts.get("second") or "00") == "00"):
        return made  # midnight sharp is what software writes when it knows the day only
    moment = datetime.fromisoformat(f"{made.value}T{hour:02}:{minute:02}")
    zone = (parts.get("zone") or "").upper().replace(":", "")
    if zone:
        there = datetime.strptime(_ZONES.get(zone, zone), "%z").tzinfo
        moment = moment.replace(tzinfo=there).astimezone(CHINA)
    return When(moment.strftime("%Y-%m-%dT%H:%M"), "minute", made.origin)


def _made(year: int, month: int, day: int | None, origin: str) -> When | None:
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        return None
    precision: Precision = "day"
    if day is None:
        return When(f"{year}-{month:02}", "month", origin)
    try:
        value = date(year, month, day).isoformat()
    except ValueError:
        return None
    return When(value, precision, origin)
