"""Where an article goes on: its next page, or the frame that holds its text."""

from __future__ import annotations

import re

from .address import absolute, host, split, suffix
from .attachments import MEDIA, TYPES
from .labels import bare, fold
from .page import Page
from .parsing import Element
from .words import words

_NEXT = re.compile(
    r"^[\[【(<>\s]*(?:下一?页|后一?页|下一章节|下页|next(?:page)?|>>?|»)[\]】)>\s]*$", re.IGNORECASE
)
_DRAWN = re.compile(r"next_?page|next\.|下一?页|xia_?ye")
PLAYERS = re.compile(r"video|player|/embed/|\.(?:mp4|flv|m3u8|swf)", re.IGNORECASE)
_LONGEST = 40  # characters of a link that says 下一页
_TRIES = 20  # links that say so
_NUMBER = re.compile(r"[-_](\d{1,3})(?=\.[a-z]+$|$)", re.IGNORECASE)
_PAGE_NAMES = words(
    "page p pn pageno pagenum pageindex curpage currentpage cur_page nowpage pageid"
)


def framed(page: Page) -> str:
    """The address of the frame of this site that holds the text; empty for none."""
    for element in page.root.iter("iframe"):
        url = absolute(page.base, element.get("src") or "").split("#")[0]
        ours = bool(url) and host(url) == host(page.url) and url != page.url.split("#")[0]
        if (
            ours
            and not PLAYERS.search(url)
            and "viewer" not in url
            and suffix(url) not in MEDIA | TYPES
        ):
            return url
    return ""


def next_page(page: Page) -> str:
    """The address of the next page of the same article: a link 下一页 in the same directory.

    A link to the next article (下一篇) is none; neither is one to another article's page.
    """
    here, tried = split(page.url), 0
    for element in page.root.iter("a"):
        href = element.get("href") or ""
        if not href or href.lower().startswith(("javascript:", "#")):
            continue
        said = "".join(map(str, element.itertext()))
        if len(said) > _LONGEST:
            continue
        text = bare(fold(said))
        image = element.find(".//img") if not text else None
        if not (_NEXT.match(text) if text else image is not None and _next_image(image)):
            continue
        tried += 1
        if tried > _TRIES:
            break
        url = absolute(page.base, href).split("#")[0]
        if (
            url
            and url != page.url.split("#")[0]
            and _same_article(here.path, here.query, url, host(page.url))
        ):
            return url
    return ""


def _next_image(image: Element) -> bool:
    said = f"{image.get('src') or ''} {image.get('alt') or ''} {image.get('title') or ''}".lower()
    return _DRAWN.search(said) is not None


def _same_article(path: str, query: str, url: str, site: str) -> bool:
    """Whether an address differs from ours in a page number only."""
    there = split(url)
    folder, other_folder = path.rsplit("/", 1)[0], there.path.rsplit("/", 1)[0]
    if host(url) != site or folder.lower() != other_folder.lower():
        return False
    if there.path.lower() == path.lower():
        ours = dict(part.partition("=")[::2] for part in query.lower().split("&") if part)
        theirs = dict(part.partition("=")[::2] for part in there.query.lower().split("&") if part)
        shared = (ours.keys() & theirs.keys()) - _PAGE_NAMES
        same = all(ours[name] == theirs[name] for name in shared)
        return same and bool(shared) and any(name in _PAGE_NAMES for name in theirs)
    stem, other = _stem(path), _stem(there.path)
    return bool(stem) and (stem == other)


def _stem(path: str) -> str:
    name = path.rsplit("/", 1)[-1]
    return _NUMBER.sub("", name)
