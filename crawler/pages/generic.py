"""Reads an article page for which nobody wrote a rule, by what its lines look like and say."""

from __future__ import annotations

from dataclasses import dataclass, field

from model.article import When

from . import (
    byline,
    content,
    embedded,
    intruders,
    place,
    published,
    reporters,
    sparse,
    titles,
    trimming,
    zone,
)
from .names import outlet_name
from .outline import Line, Outline, outline
from .page import Page
from .parsing import Element

_HEAD = 150  # lines above the text that may belong to the article
_MOST = 2_000  # links of an article that are looked at
_EMBEDDED = ("iframe", "embed", "object", "video", "source")
_SPARSE = 60  # signs of prose; with less the by-line says where the article is
_LITTLE = 120  # signs; with less prose what is styled away may be the article
_META_OUTLETS = (
    "contentsource",
    "source",
    "article:source",
    "mediaid",
    "og:source",
    "weibo:article:source",
)


@dataclass(slots=True)
class Found:
    """What was found on a page and by what; an empty field was not found."""

    page: Page
    made: Outline
    title: titles.Title
    first: int = 0
    last: int = 0
    data: embedded.Embedded | None = None
    zone: zone.Zone = field(default_factory=lambda: zone.Zone(byline.Byline(), ()))
    published: When | None = None
    names: dict[str, tuple[str, str]] = field(default_factory=dict)  # field: name, evidence
    by: dict[str, str] = field(default_factory=dict)

    @property
    def lines(self) -> list[Line]:
        """The lines of the body."""
        if self.data is not None:
            return outline(self.data.body).lines
        return intruders.without(self.made, self.first, self.last)

    @property
    def tail(self) -> list[Line]:
        """The last lines of the text and a few below it."""
        return self.made.lines[max(self.first, self.last - 2) : self.last + 6]

    @property
    def row(self) -> byline.Byline:
        """The by-line."""
        return self.zone.row

    @property
    def head(self) -> list[Line]:
        """The lines above the body, as far as a document table may reach."""
        return self.made.lines[max(0, self.first - _HEAD) : self.first]

    @property
    def links(self) -> list[Element]:
        """Links and embedded things from the title down to a little below the body."""
        start = max(self.title.line, 0)
        near = [a.element for a in self.made.anchors if start <= a.line < self.last + 12]
        return [*near, *self.page.root.iter(*_EMBEDDED)][:_MOST]

    @property
    def breadcrumb(self) -> tuple[str, ...]:
        """The steps from the home page to here."""
        return place.breadcrumb(self.made, max(self.first, 1), self.title.text)


def read(page: Page) -> Found:
    """All that evidence tells about an article page."""
    made = outline(page.root)
    title = titles.find(page, made)
    where = content.find(made, title.line if title.sure else -1)
    if where is None or where.weight < _LITTLE:
        more = outline(page.root, hidden=True)
        shown = content.find(more)
        if shown is not None and shown.weight > 3 * (where.weight if where else 0) + _LITTLE:
            made, where = more, shown
            title = titles.find(page, made)
    data = embedded.find(page) if where is None or where.weight < _LITTLE else None
    if where is None or where.weight < _SPARSE or data is not None:
        title, first, last = sparse.find(page, made, title)
        found = Found(page, made, title, first, last)
        found.by["body"] = "what stands under the by-line"
        _from_data(found, data)
    else:
        if not title.sure:
            title = titles.find(page, made, (where.first, where.last))
        first, last = _bounds(made, title, where)
        found = Found(page, made, title, first, last)
        element = made.boxes[where.box].element
        found.by["body"] = f"most prose: {element.tag} {content.names(element)}".strip()
    found.zone = zone.read(page, made, title, found.first, found.last)
    _names(found)
    found.published, found.by["published"] = published.choose(page, found)
    return found


def _from_data(found: Found, data: embedded.Embedded | None) -> None:
    """What the page's data say where its markup holds no text."""
    if data is None:
        return
    found.data = data
    found.by["body"] = "data in a script"
    if data.title and not found.title.sure:
        found.title = titles.Title(data.title, found.title.line, "data in a script")
    for name in ("outlet", "author", "editor"):
        if getattr(data, name):
            found.names[name] = (getattr(data, name), "data in a script")


def _names(found: Found) -> None:
    """Outlet, author and editor by falling trust: labels, bare names, the text's own reporters."""
    row, put = found.zone.row, found.names.setdefault
    for name in ("outlet", "author", "editor"):
        if getattr(row, name):
            put(name, (getattr(row, name), "label " + row.found[name]))
    if found.zone.outlet:
        put("outlet", (found.zone.outlet, "bare name beside the date"))
    tail = byline.read("\n".join(line.raw for line in found.tail if line.size <= 120))
    for name in ("outlet", "author", "editor"):
        if getattr(tail, name):
            put(name, (getattr(tail, name), f"label {tail.found[name]} under the text"))
    names, where = reporters.reporter([line.raw for line in found.lines if line.size])
    if names:
        put("author", (names, where))
    said = [found.made.lines[at].raw for at in found.zone.lines if at != found.title.line]
    names = reporters.in_row(said)
    if names:
        put("author", (names, "beside the date"))
    if found.zone.author:
        put("author", (found.zone.author, "bare name beside the date"))
    for name in _META_OUTLETS:
        told = byline.read(found.page.meta(name))
        value = told.outlet if told.marks else outlet_name(found.page.meta(name))
        if value:
            put("outlet", (value, f"meta {name}"))


def _running(line: Line) -> bool:
    """Whether a line can be nothing of a by-line: a sentence, or a picture."""
    return line.image is not None or (line.size >= 25 and content.prose(line))


def _bounds(made: Outline, title: titles.Title, where: content.Content) -> tuple[int, int]:
    """The lines of the body: below title and by-line, above the tail."""
    first, last = where.first, where.last
    if first <= title.line < last - 1:
        first = title.line + 1
    probe = first
    stop = min(last - 1, first + _HEAD)
    while probe < stop:
        if zone.matter(made, probe, title):
            first = probe + 1
        elif _running(made.lines[probe]) or probe >= first + 3:
            break
        probe += 1
    return trimming.trimmed(made, first, last)
