"""One page under one layout: its fields collected, rules first, evidence for what they leave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from model.article import Article, Document, When
from model.body import plain
from model.source import Layout, Rule

from . import (
    attachments,
    body,
    byline,
    dates,
    document,
    generic,
    names,
    onward,
    place,
    rules,
    titles,
    trimming,
)
from .address import absolute
from .endings import ended
from .fragment import fragment
from .kinds import LEAST, body_kind
from .labels import fold
from .outline import Line, outline
from .page import Page
from .parsing import Element

_TEXTS = ("title", "kicker", "subtitle")
_NAMES = ("outlet", "author", "editor")


@dataclass
class Reading:
    """One page under one layout, while its fields are collected."""

    page: Page
    layout: Layout
    made: dict[str, Any] = field(default_factory=dict)
    found: dict[str, str] = field(default_factory=dict)

    @cached_property
    def evidence(self) -> generic.Found:
        """What the page tells by itself; asked for when a rule leaves something open."""
        return generic.read(self.page)

    def article(self) -> Article:
        """The article, once every field has been asked for."""
        self.texts()
        self.row()
        self.date()
        self.body()
        self.where()
        self.counts()
        return Article(
            url=self.page.url,
            encoding=self.page.decoded.encoding,
            found_by=dict(sorted(self.found.items())),
            **self.made,
        )

    def put(self, name: str, value: Any, by: str) -> None:
        """The first value for a field stays."""
        if value and name not in self.made:
            self.made[name] = value
            self.found[name] = by

    def put_name(self, name: str, value: str, by: str) -> None:
        """The same for a name; who wrote an article is not its editor as well."""
        if name != "editor" or value != self.made.get("author"):
            self.put(name, value, by)

    def rule(self, name: str) -> tuple[str, str]:
        """The text of a field's rules and the rule."""
        return rules.first(self.page, getattr(self.layout, name))

    def texts(self) -> None:
        """Title, kicker and subtitle."""
        for name in _TEXTS:
            text, by = self.rule(name)
            self.put(name, body.clean(text.replace("\n", " ")), by)
        title = self.evidence.title
        if "title" not in self.made:
            self.put("title", title.text, title.by)
            kicker, subtitle = titles.around(self.evidence.made, title, self.evidence.first)
            self.put("kicker", kicker, "heading over the title")
            self.put("subtitle", subtitle, "heading under the title")

    def row(self) -> None:
        """Names from their own rules, then from the by-line, then from evidence."""
        for name in _NAMES:
            for text, by in rules.values(self.page, getattr(self.layout, name), marks=True):
                self.put(name, _name(name, text), by)
        ruled = rules.elements(self.page, self.layout.byline)
        self.line = byline.Byline()
        if ruled:
            raws = [
                line.raw for element, _ in ruled for line in outline(element, hidden=True).lines
            ]
            self.line = byline.read("\n".join(raw for raw in raws if raw))
            for name in _NAMES:
                by = f"{ruled[0][1]}, label {self.line.found.get(name, '')}"
                self.put_name(name, getattr(self.line, name), by)
        for name in _NAMES:
            value, by = self.evidence.names.get(name, ("", ""))
            self.put_name(name, value, by)

    def date(self) -> None:
        """The day of publication, from its own rules, the by-line, then evidence."""
        for text, by in rules.values(self.page, self.layout.published, marks=True):
            when = dates.first(text, _origin(by))
            if when is not None:
                self.put("published", when, by)
        when = self.line.published
        if when is None and self.line.bare:
            when = When(self.line.bare[0].value, self.line.bare[0].precision, "row")
        self.put("published", when, "byline " + self.line.found.get("published", "without label"))
        self.put("published", self.evidence.published, self.evidence.by.get("published", ""))

    def body(self) -> None:
        """Body, pictures, files, the document table and what kind of body it is."""
        lines, elements, by = self.container()
        layout = self.layout
        table_lines: list[Line] = []
        for element, _ in rules.elements(self.page, layout.document):
            table_lines += outline(element, hidden=True).lines
        self.document(table_lines, lines)
        files = attachments.find(elements, self.page.base)
        self.put("attachments", files, "links of the body")
        shown = trimming.readable(lines, (file.name for file in files))
        made, images = body.blocks(shown, self.page.base)
        self.put("body", made, by)
        self.put("images", images, by)
        text = plain(made)
        kind, more = body_kind(self.page, text, images, files, elements)
        self.made["body_kind"] = kind
        if more:
            self.made["attachments"] = tuple(dict.fromkeys([*files, *more]))
        self.onward(text)

    def onward(self, text: str) -> None:
        """Where the article goes on, or where its text is when it is not here."""
        url, by = rules.first(self.page, self.layout.next_page)
        self.put("next_page", absolute(self.page.base, url), by)
        self.put("next_page", onward.next_page(self.page), "link to the next page")
        if self.made["body_kind"] == "text" and len(text) < LEAST:
            self.put("next_page", onward.framed(self.page), "frame that holds the text")

    def container(self) -> tuple[list[Line], list[Element], str]:
        """The lines of the body, the elements in which its files are named, and the rule."""
        ruled = self.ruled_body()
        extra = [item for item, _ in rules.elements(self.page, self.layout.attachments)]
        if not ruled:
            found = self.evidence
            return found.lines, [*found.links, *_links(extra)], found.by.get("body", "")
        skip = {
            item
            for css in self.layout.remove
            for item, _ in rules.elements(self.page, (Rule(css=css),))
        }
        lines: list[Line] = []
        for element, _ in ruled:
            made = outline(element, skip=skip)
            if not made.lines:
                made = outline(element, hidden=True, skip=skip)
            first, last = trimming.trimmed(made, 0, len(made.lines))
            lines += made.lines[first:last]
        lines = ended(lines, self.layout.end)
        elements = _links([element for element, _ in ruled])
        if not self.layout.attachments:
            elements += self.evidence.links
        return lines, [*elements, *_links(extra)], ruled[0][1]

    def ruled_body(self) -> list[tuple[Element, str]]:
        """The elements that hold the body by rule; markup that a rule finds in JSON is read."""
        ruled = rules.elements(self.page, self.layout.body)
        if not ruled:
            markup, by = rules.first(self.page, [r for r in self.layout.body if r.json_])
            ruled = [(fragment(markup), by)] if markup else []
        return ruled

    def document(self, table: list[Line], lines: list[Line]) -> None:
        """The document table, from its rule or from the lines above the body."""
        by = "document table"
        made, published = document.read(table, least=1)
        if made == Document() and not table:
            made, published = document.read(self.evidence.head)
        if made != Document():
            self.put("document", made, by)
            if published is not None and not self.layout.published:
                self.put("published", published, by)

    def where(self) -> None:
        """Breadcrumb and column."""
        text, by = self.rule("breadcrumb")
        parts = place.of_line(text.replace("\n", ">"), self.made.get("title", "")) if text else ()
        if not parts:
            parts, by = self.evidence.breadcrumb, "breadcrumb line"
        self.put("breadcrumb", parts, by)
        text, by = self.rule("column")
        self.put("column", body.clean(text), by)
        self.put("column", self.page.meta("ColumnName"), "meta ColumnName")
        self.put("column", place.column(parts), self.found.get("breadcrumb", ""))
        self.put("column", self.line.column, "label " + self.line.found.get("column", ""))

    def counts(self) -> None:
        """How often the page says it was read."""
        text, by = self.rule("read_count")
        digits = "".join(char for char in fold(text) if char.isdecimal())
        count = int(digits[:12]) if digits else self.line.read_count
        by = by or "byline " + self.line.found.get("read_count", "")
        if count is None:
            count = self.evidence.row.read_count
            by = "label " + self.evidence.row.found.get("read_count", "")
        if count is not None:
            self.made["read_count"] = count
            self.found["read_count"] = by


def _name(field_name: str, text: str) -> str:
    """A name from a rule's text, which may be the bare name or a labelled row."""
    row = byline.read(text)
    value = getattr(row, field_name)
    if value or row.found:
        return str(value)
    return names.outlet_name(text) if field_name == "outlet" else names.person_names(text)


def _origin(rule: str) -> str:
    kind = rule.split(" ", 1)[0]
    return {"meta": "meta", "label": "label", "json": "script"}.get(kind, "row")


def _links(elements: Iterable[Element]) -> list[Element]:
    return [
        link
        for element in elements
        for link in element.iter("a", "file", "iframe", "embed", "object", "video", "source")
    ]
