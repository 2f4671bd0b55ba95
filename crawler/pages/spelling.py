"""Titles cleaned of what templates leave in them, and what two spellings of one have in common."""

from __future__ import annotations

import html
import re
import unicodedata

_STAMP = re.compile(r"\s*[【\[(（]\s*\d{1,2}[:：]\d{2}\s*[】\])）]\s*$")
_CLOSERS = ("》", "】", "」", "』", "）", ")", "]", ">", "|", "：", ":")


def clean(text: str) -> str:
    """A title on one line, entities of careless templates resolved, a clock behind it cut."""
    if "&" in text:
        text = html.unescape(text)
    text = re.sub(r"<[^<>]{1,80}>", "", text)
    text = text.replace("\x1f", "").replace("\u200b", "").replace("\ufeff", "").replace("\xad", "")
    text = _STAMP.sub("", " ".join(text.split()))
    while text[:1] in _CLOSERS and text:
        text = text[1:].lstrip()
    return text


def squeezed(text: str) -> str:
    """What two spellings of one title share: letters and digits, compatibility forms resolved."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())
