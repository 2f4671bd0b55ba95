"""An association's page as a browser copies it (plain text), taken apart for the template."""

from __future__ import annotations

import re
from typing import Any

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PICTURE = re.compile(r"\S+\.(?:png|jpe?g|gif)", re.IGNORECASE)
_FOOTER = ("contact", "visitors", "copyright", "place", "record")


def take_apart(copied: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Fields of the article, and what the template must say around it.

    Lines, in this order: welcome; phone; column and breadcrumb; title; the row with date, outlet
    and read count; the body, pictures by their names; five lines of footer. ValueError where there
    are fewer.
    """
    lines = [line.strip() for line in copied.splitlines() if line.strip()]
    if len(lines) < 11:
        raise ValueError(f"a copied page has at least 11 lines, not {len(lines)}")
    welcome, phone, head, title, meta = lines[:5]
    body, footer = lines[5:-5], lines[-5:]
    section, _, here = head.partition(" ")
    dated = _DATE.search(meta)
    article = {
        "title": title,
        "date": dated[0] if dated else "2019-01-01",
        "images": [line for line in body if _PICTURE.fullmatch(line)],
        "paragraphs": [line for line in body if not _PICTURE.fullmatch(line)],
    }
    words = {"welcome": welcome, "phone": phone, "section": section, "here": here, "meta": meta}
    words |= dict(zip(_FOOTER, footer, strict=True), homepage="", favourite="")
    return article, words
