"""Article, the one record that crosses every seam: as a page gave it, then as the chain made it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Literal, TypeVar

from .body import Block, markdown, plain

Precision = Literal["minute", "day", "month", "year"]
BodyKind = Literal["text", "attachment", "image", "video", "external"]
Script = Literal["hans", "hant", "mixed", "none"]
Family = Literal["A", "B", "AB", "wreck", "unsure"]


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as the page tells it.

    ``value`` is ISO 8601 cut to the precision, in the page's own time (China, UTC+8):
    ``2019-08-16T10:27``, ``2019-08-16``, ``2019-08`` or ``2019``.
    ``origin`` says what told it: meta, label, row, url, listing, signature, script.
    """

    value: str
    precision: Precision = "day"
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture in the body; never fetched, only named."""

    url: str
    name: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file offered with the article; ``type`` is its suffix in lower case where known."""

    url: str
    name: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The table of a government document (政府信息公开); dates as ISO 8601 where they are dates."""

    index_number: str = ""  # 索引号
    number: str = ""  # 发文字号
    issuer: str = ""  # 发布机构
    signed: str = ""  # 成文日期
    in_force: str = ""  # 施行日期
    topics: str = ""  # 主题词
    classification: str = ""  # 分类
    validity: str = ""  # 有效性


@dataclass(frozen=True, slots=True)
class Edit:
    """One change repair made: ``before`` at ``offset`` of the field as read is now ``after``."""

    field: str
    offset: int
    before: str
    after: str
    sure: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Damage:
    """What repair found: the family of damage and how far the repaired text can be trusted.

    ``trust`` runs from 1.0 (every edit certain) down to 0.0 (a wreck).
    """

    family: Family
    trust: float
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article of one page. Text fields are as read until the chain has made them whole."""

    url: str
    title: str = ""
    body: tuple[Block, ...] = ()
    kicker: str = ""
    subtitle: str = ""
    published: When | None = None
    outlet: str = ""  # 来源
    author: str = ""  # 作者; several names are separated by 、
    editor: str = ""  # 责任编辑
    column: str = ""  # 栏目
    breadcrumb: tuple[str, ...] = ()
    document: Document = Document()
    images: tuple[Image, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    body_kind: BodyKind = "text"
    read_count: int | None = None
    next_page: str = ""  # where the same article goes on
    encoding: str = ""  # the codec that read the page
    found_by: Mapping[str, str] = field(default_factory=dict)  # field: the rule that found it

    # made by the chain
    title_original: str | None = None  # the title as read, where it differs
    body_original: str | None = None  # the plain body as read, where it differs
    title_traditional: str = ""
    script: Script = "none"
    damage: Damage | None = None
    wording: str = ""  # fingerprint: same wording, same value

    @property
    def text(self) -> str:
        """The body as plain text, one paragraph a line."""
        return plain(self.body)

    @property
    def markdown(self) -> str:
        """The body as Markdown."""
        return markdown(self.body)

    def map_text(self, change: Callable[[str, str], str]) -> Article:
        """This article with ``change(field, text)`` applied to every text a person wrote.

        The same object comes back when nothing changed. A body is given whole, its blocks
        joined by newlines (field ``body``, images' captions left out); ``change`` must keep
        the number of newlines and, inside tables, of tabs.
        """
        made: dict[str, object] = {}
        body = _map_body(self.body, change)
        if body is not self.body:
            made["body"] = body
        for name in _PLAIN_FIELDS:
            old = getattr(self, name)
            new = change(name, old) if old else old
            if new is not old and new != old:
                made[name] = new
        for name in _GROUPS:
            old = getattr(self, name)
            new = tuple(_map_record(item, name, change) for item in old)
            if new != old:
                made[name] = new
        document = _map_record(self.document, "document", change)
        if document != self.document:
            made["document"] = document
        return replace(self, **made) if made else self  # type: ignore[arg-type]


_PLAIN_FIELDS = ("title", "kicker", "subtitle", "outlet", "author", "editor", "column")
_GROUPS = ("breadcrumb", "images", "attachments")
T = TypeVar("T")
_ADDRESSES = frozenset({"url", "type"})


def _map_body(blocks: tuple[Block, ...], change: Callable[[str, str], str]) -> tuple[Block, ...]:
    old = plain(blocks)
    new = change("body", old) if old else old
    lines = iter(new.split("\n"))
    made = []
    for block in blocks:
        if block.kind == "image" or not block.text:
            caption = change("caption", block.text) if block.text else ""
            made.append(block if caption == block.text else replace(block, text=caption))
            continue
        text = "\n".join(next(lines) for _ in range(block.text.count("\n") + 1))
        made.append(block if text == block.text else replace(block, text=text))
    return blocks if tuple(made) == blocks else tuple(made)


def _map_record(record: T, name: str, change: Callable[[str, str], str]) -> T:
    if isinstance(record, str):
        return change(name, record) if record else record  # type: ignore[return-value]
    made = {}
    for part in fields(record):  # type: ignore[arg-type]
        old = getattr(record, part.name)
        if part.name in _ADDRESSES or not old:
            continue
        new = change(f"{name}.{part.name}", old)
        if new != old:
            made[part.name] = new
    return replace(record, **made) if made else record  # type: ignore[type-var]


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a stage gives instead of an Article that is none; a signal with a reason, no error."""

    reason: str  # one word for counting: empty, gone, restricted, navigation, damaged
    detail: str = ""
