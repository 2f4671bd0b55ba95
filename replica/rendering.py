"""The templates of the replica web."""

from __future__ import annotations

import functools
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_CHINA = timezone(timedelta(hours=8))
_TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, **words: Any) -> str:
    """A template with its words filled in and escaped."""
    return _environment().get_template(template).render(**words)


@functools.cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["day"] = _day
    made.filters["rfc822"] = _rfc822
    return made


def _day(value: str, form: str) -> str:
    """A date in another form: Y, m, d padded, M, D unpadded, y two digits."""
    year, month, day = value[:10].split("-")
    parts = {"Y": year, "m": month, "d": day, "y": year[2:]}
    parts |= {"M": str(int(month)), "D": str(int(day))}
    return "".join(parts.get(letter, letter) for letter in form)


def _rfc822(value: str) -> str:
    """A day as feeds write it."""
    return format_datetime(datetime.fromisoformat(value[:10]).replace(hour=8, tzinfo=_CHINA))
