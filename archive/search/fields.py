"""Fields of a query: their names in Chinese and English, periods, and the columns they ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from .folding import fold

_NAMES = {
    "title": "标题 题目 题名 篇名 title",
    "source": "来源 source",
    "outlet": "媒体 outlet",
    "author": "作者 author",
    "region": "地区 region",
    "number": "文号 发文字号 number",
    "issuer": "机构 发文机关 发布机构 issuer organisation organization",
    "column": "栏目 column",
    "date": "年 年份 日期 时间 year date",
    "since": "自 从 since",
    "until": "至 到 until",
    "after": "之后 after",
    "before": "之前 before",
}
FIELDS = {fold(typed): name for name, typing in _NAMES.items() for typed in typing.split()}

# GB/T 2260: the first two digits of a region's code.
_PROVINCES = (
    "北京11 天津12 河北13 山西14 内蒙古15 辽宁21 吉林22 黑龙江23 上海31 江苏32 浙江33 安徽34 "
    "福建35 江西36 山东37 河南41 湖北42 湖南43 广东44 广西45 海南46 重庆50 四川51 贵州52 "
    "云南53 西藏54 陕西61 甘肃62 青海63 宁夏64 新疆65 台湾71 香港81 澳门82"
)
PROVINCES = {fold(name[:-2]): name[-2:] for name in _PROVINCES.split()}


@dataclass(frozen=True, slots=True)
class Period:
    """From one date to another, both included and each cut to a year, month or day; '' is open."""

    since: str = ""
    until: str = ""


_DATE = re.compile(
    r"(?P<y>\d{4})(?:\s*[-/.年]\s*(?P<m>\d{1,2})(?:\s*[-/.月]\s*(?P<d>\d{1,2}))?)?\s*[年月日号]?"
    r"|(?P<y2>\d{4})(?P<m2>\d{2})(?P<d2>\d{2})?"
)
_RANGE = re.compile(r"\s*(.*?)\s*(?:\.{2,3}|…|[~～至到—–]+)\s*(.*?)\s*")
_YEARS = re.compile(r"(\d{4})\s*-\s*(\d{4})")


def period(name: str, text: str) -> Period:
    """The period that field ``name`` (date, since, until, after, before) gives a date.

    Raises ValueError where the text is no date.
    """
    if name == "date":
        years = _YEARS.fullmatch(fold(text.strip()))
        between = Period(*map(_iso, years.groups())) if years else range_of(text, loose=True)
        return between or Period(_iso(text), _iso(text))
    day = _iso(text)
    if name == "since":
        return Period(since=day)
    if name == "until":
        return Period(until=day)
    return Period(since=_next(day)) if name == "after" else Period(until=_previous(day))


def range_of(text: str, loose: bool = False) -> Period | None:
    """``2019..2021``, ``2019-06..`` or ``..2021`` as a period; ``loose`` takes 至 and ~ as well."""
    found = _RANGE.fullmatch(text)
    if not found or not any(found.groups()) or not (loose or ".." in text):
        return None
    try:
        since, until = (_iso(side) if side else "" for side in found.groups())
    except ValueError:
        return None
    return Period(since, until)


def _iso(text: str) -> str:
    """A date as typed to ISO 8601, cut to what it says; raises ValueError."""
    found = _DATE.fullmatch(fold(text.strip()))
    if not found:
        raise ValueError(text)
    year, month, day = (found[k] or found[k + "2"] for k in "ymd")
    date(int(year), int(month or 1), int(day or 1))
    return "-".join([year, *(part.zfill(2) for part in (month, day) if part)])


def _next(day: str) -> str:
    """The year, month or day after one."""
    return _moved(day, 1)


def _previous(day: str) -> str:
    """The year, month or day before one."""
    return _moved(day, -1)


def _moved(day: str, step: int) -> str:
    year, *rest = (int(part) for part in day.split("-"))
    if len(rest) == 2:
        ordinal = date(year, *rest).toordinal() + step
        return date.fromordinal(min(max(ordinal, 1), date.max.toordinal())).isoformat()
    months = year * 12 + (rest[0] - 1 if rest else 0) + (step if rest else 12 * step)
    year, month = divmod(min(max(months, 12), 9999 * 12 + 11), 12)
    return f"{year:04}-{month + 1:02}" if rest else f"{year:04}"
