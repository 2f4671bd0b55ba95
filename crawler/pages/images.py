"""Pictures of a body: where they are, what they are called, what stands under them."""

from __future__ import annotations

import re
from urllib.parse import unquote

from model.article import Image

from .address import absolute
from .labels import SOFT, fold
from .parsing import Element
from .words import either, in_order

# Lazily loaded pictures keep their address beside src.
_SOURCES = in_order("data-src data-original data-lazy-src original _src data-url src oldsrc")
_NOWHERE = ("data:", "file:", "blob:", "javascript:", "about:")
_FILE = re.compile(r"^\S{1,120}\.(?:jpe?g|png|gif|bmp|webp|tiff?)$", re.IGNORECASE)
_EMPTY = re.compile(r"^(?:图片|image|img|pic|photo|\d+)\d*$", re.IGNORECASE)
_ICON = re.compile(
    either(
        r"""
        icon logo spacer blank\. pixel qrcode erweima loading placeholder /dot\. /line\. arrow btn
        button share avatar emoji smil /ico[_/] filetypeimages grey\.gif 1x1 clear\.gif transparent
        /ad/ /ads/ print\.(?:gif|png) close\.(?:gif|png) next_?page
        /(?:doc|pdf|xls|zip|rar|file|attach)\w*\.(?:gif|png|jpg)$
        """
    ),
    re.IGNORECASE,
)
_SMALLEST = 24  # pixels; what is not larger is decoration
_LONGEST = 60  # signs of a caption


def read(element: Element, base: str) -> Image | None:
    """The picture of an img element; None for icons, spacers and pasted data.

    Editors put a picture's file name into alt or title: that is its name and no caption.
    """
    url = _address(element, base)
    if not url:
        return None
    name = unquote(url.split("?")[0].rstrip("/").rsplit("/", 1)[-1])
    caption = ""
    for attribute in ("alt", "title"):
        text = " ".join((element.get(attribute) or "").replace(SOFT, "").split())
        if _FILE.match(text):
            name = text
        elif not caption and 1 < len(text) <= _LONGEST and not _EMPTY.match(fold(text)):
            caption = text
    return Image(url, name, caption)


def _address(element: Element, base: str) -> str:
    for attribute in _SOURCES:
        value = (element.get(attribute) or "").strip()
        if value and not value.lower().startswith(_NOWHERE):
            url = absolute(base, value)
            if url and not _ICON.search(value) and not _small(element):
                return url
    return ""


def _small(element: Element) -> bool:
    for side in ("width", "height"):
        match = re.match(r"\s*(\d{1,4})(?!\d|\s*%)", element.get(side) or "")
        if match and int(match[1]) <= _SMALLEST:
            return True
    return False
