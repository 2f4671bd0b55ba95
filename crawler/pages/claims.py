"""What a page's head claims its title to be, and how much a line of the page is like it."""

from __future__ import annotations

from dataclasses import dataclass

from .headline import inner_titles, of_head, site_name, without_site
from .outline import Outline
from .page import Page
from .spelling import clean, squeezed

_METAS = (
    "articletitle",
    "og:title",
    "twitter:title",
    "dc.title",
    "headline",
    "title",
    "weibo: article:title",
)
_MARKS = "_|｜-–—·>»<«~:：/＿"
_SHORT = 10  # signs; names of columns are not longer


@dataclass(frozen=True, slots=True)
class Claims:
    """What a page's head says its title is: in full, without the site's name, and squeezed."""

    wholes: list[str]
    heads: list[str]
    keys: list[str]
    cores: list[str]

    def parts(self, text: str) -> bool:
        """Whether marks part a text from the rest of a claim, as they part a site's name."""
        return any(_parted(text, whole) for whole in self.wholes)

    def likeness(self, key: str, whole: str, parted: bool) -> float:
        """How much a line is the title that the head names: 6 for itself, 0 for not at all.

        ``key`` is the squeezed line, ``whole`` one of the keys, ``parted`` what parts() says.
        """
        cores = self.cores
        if key in cores or key == whole:
            return 6.0 if len(key) >= 4 else 3.0
        core = next((core for core in cores if core and (core.startswith(key) or key in core)), "")
        if core:  # a piece of it
            if len(key) < 4 or len(key) < 0.2 * len(core):
                return 0.3
            if not parted:
                return 1.0
            return 1.5 + 3.0 * len(key) / len(core) + (0.5 if core.startswith(key) else 0.0)
        if any(len(core) >= 8 and (key.startswith(core) or core in key) for core in cores):
            return 4.5 if len(key) <= 3 * len(whole) else 0.0
        if len(key) >= 6 and key in whole:
            return 2.0 + len(key) / len(whole)
        if len(key) >= 8 and _common(key, whole) >= 0.8 * len(key):
            return 3.0
        return 0.0


def of(page: Page, made: Outline) -> Claims:
    """What title tag, metas and inner documents of a page claim."""
    texts = [of_head(page)]
    texts += [clean(value) for name in _METAS for value in page.metas.get(name, ())[:1]]
    texts += map(clean, inner_titles(page))
    links = {squeezed(a.text) for a in made.anchors if len(a.text) <= _SHORT}
    pairs = [(text, without_site(text, page)) for text in dict.fromkeys(texts) if text]
    pairs = [(whole, head) for whole, head in pairs if not _of_site(head, links)]
    return Claims(
        [whole for whole, _ in pairs],
        [head for _, head in pairs],
        list(dict.fromkeys(squeezed(whole) for whole, _ in pairs)),
        list(dict.fromkeys(squeezed(head) for _, head in pairs)),
    )


def _of_site(head: str, links: set[str]) -> bool:
    """Whether what a head says names site or column: an office, or a link of the navigation."""
    return site_name(head) or (len(head) <= _SHORT and squeezed(head) in links)


def _parted(text: str, whole: str) -> bool:
    """Whether a text stands in a longer one between marks that part a title from a site's name."""
    at = whole.find(text)
    if at < 0:
        return True  # spelt otherwise; nothing can be said
    before, behind = whole[:at].rstrip(), whole[at + len(text) :].lstrip()
    return (not before or before[-1] in _MARKS) and (not behind or behind[0] in _MARKS)


def _common(key: str, whole: str) -> int:
    """Length of the longest beginning of ``key`` found in ``whole``."""
    low, high = 0, len(key)
    while low < high:
        middle = (low + high + 1) // 2
        if key[:middle] in whole:
            low = middle
        else:
            high = middle - 1
    return low
