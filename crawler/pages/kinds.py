"""What an article's body is when it is not text: a file, a picture, a film, a page elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable

from model.article import Attachment, BodyKind, Image

from . import attachments, onward
from .address import absolute
from .onward import PLAYERS
from .page import Page
from .parsing import Element

_LITTLE = 60  # signs: a sentence such as 详见附件 does not make a body of text
LEAST = 20  # signs: with less, such as 正在跳转, the content is elsewhere
_MOVED = re.compile(
    r"""(?:window\.|self\.|top\.|document\.)?location(?:\.href|\.replace)?\s*[=(]\s*"""
    r"""['"]([^'"]{4,500})['"]|_cofing1\s*=\s*\{\s*href\s*:\s*['"]([^'"]{4,500})['"]"""
)
_REFRESH = re.compile(r"url\s*=\s*['\"]?([^'\">\s]+)", re.IGNORECASE)


def body_kind(
    page: Page,
    text: str,
    images: tuple[Image, ...],
    files: tuple[Attachment, ...],
    elements: Iterable[Element],
) -> tuple[BodyKind, tuple[Attachment, ...]]:
    """What carries the content, and the files that only a body without text names."""
    if len(text) > _LITTLE:
        return "text", ()
    players = [
        element
        for element in elements
        if element.tag in ("video", "embed", "object", "iframe", "source")
    ]
    if any(
        PLAYERS.search(element.get("src") or element.get("data") or element.tag)
        for element in players
    ):
        return "video", ()
    if files:
        return "attachment", ()
    if images:
        return "image", ()
    if len(text) < LEAST and not onward.framed(page):
        target = moved_to(page)
        if target:
            if attachments.file_type(target):
                return "attachment", (
                    Attachment(
                        target, attachments.file_name(target), attachments.file_type(target)
                    ),
                )
            return "external", ()
    return "text", ()


def moved_to(page: Page) -> str:
    """The address that a page without content sends its readers to; empty for none."""
    for element in page.root.iter("meta"):
        if (element.get("http-equiv") or "").lower() == "refresh":
            match = _REFRESH.search(element.get("content") or "")
            if match is not None:
                return absolute(page.base, match[1])
    for script in page.scripts:
        match = _MOVED.search(script)
        if match is not None:
            return absolute(page.base, match[1] or match[2])
    frames = (absolute(page.base, e.get("src") or "") for e in page.root.iter("iframe", "frame"))
    return next(filter(None, frames), "")
