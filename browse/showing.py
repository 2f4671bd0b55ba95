"""How values of the archive are shown: dates, moments, numbers, regions, kinds, addresses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from urllib.parse import urlsplit

from archive.search.fields import PROVINCES

_CHINA = timezone(timedelta(hours=8))
_MONTH_NAMES = """
    January February March April May June July August September October November December
"""
_MONTHS = _MONTH_NAMES.split()

# Each value of a column: its Chinese name, a key of the catalogue.
KINDS: Mapping[str, str] = {"association": "协会", "government": "政府部门", "news": "新闻媒体"}
FORMS: Mapping[str, str] = {
    "text": "文字",
    "attachment": "附件",
    "image": "图片",
    "video": "视频",
    "external": "外链",
}
VERDICTS: Mapping[str, str] = {
    "healthy": "正常",
    "thin": "偏少",
    "broken": "失灵",
    "refused": "被拒",
    "quiet": "沉寂",
    "moved": "搬家",
    "good": "正常",
    "bad": "要看",
    "running": "进行中",
    "": "尚未抓取",
}
_NAMES = {code: name for name, code in PROVINCES.items()}


def day(lang: str, value: str | None) -> str:
    """A date as far as it is known: 2019年8月16日, 2019年8月; '' for none."""
    if not value:
        return ""
    date, _, clock = value.partition("T")
    parts = date.split("-")
    if not all(part.isdecimal() for part in parts) or len(parts) > 3:
        return value
    year, *rest = (int(part) for part in parts)
    if lang == "zh":
        units = "年月日"
        shown = "".join(f"{n}{unit}" for n, unit in zip((year, *rest), units, strict=False))
    else:
        month = [_MONTHS[rest[0] - 1]] if rest and 0 < rest[0] < 13 else []
        shown = " ".join([*(str(n) for n in rest[1:]), *month, str(year)])
    return f"{shown} {clock[:5]}" if clock else shown


def moment(lang: str, value: str | None) -> str:
    """A moment that the archive wrote (UTC) as China's clocks show it; '' for none."""
    if not value:
        return ""
    try:
        there = datetime.fromisoformat(value).astimezone(_CHINA)
    except ValueError:
        return value
    return f"{there:%Y-%m-%d %H:%M}"


def region(lang: str, code: str | None) -> str:
    """The province of an administrative code, with the code where it says more; '' for none."""
    if not code:
        return ""
    name = _NAMES.get(code[:2], "")
    if not name:
        return code
    return name if code[2:].strip("0") == "" else f"{name} {code}"


def count(number: int | float | None) -> str:
    """A number with its thousands set apart."""
    return "" if number is None else f"{number:,}"


def safe_url(address: str | None) -> str:
    """An address that may be a link; '' for anything but http and https."""
    if not address:
        return ""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return address.strip() if parts.scheme.lower() in ("http", "https") and parts.netloc else ""


def host(address: str | None) -> str:
    """The host of an address, '' where there is none."""
    try:
        return urlsplit(address or "").hostname or ""
    except ValueError:
        return ""


def origin(address: str | None) -> str:
    """Scheme, host and port of an http address as a policy names them; '' for none."""
    if not safe_url(address):
        return ""
    parts = urlsplit(str(address).strip())
    plain = parts.netloc.rpartition("@")[2]
    fit = all(char.isalnum() or char in ".-:[]" for char in plain) and plain.isascii()
    return f"{parts.scheme.lower()}://{plain}" if fit else ""
