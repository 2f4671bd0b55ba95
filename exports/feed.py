"""Atom feeds (RFC 4287) of articles new in the archive."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from uuid import UUID, uuid5
from xml.etree import ElementTree

from . import citation
from .citation import ARCHIVE, language
from .record import Record

ATOM = "http://www.w3.org/2005/Atom"
_NAMES = UUID("1d7c1c44-52a1-5f0e-8a1e-6a5d3f2b9c70")  # ours, so that no other id is the same
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CHINA = timezone(timedelta(hours=8))
_BEFORE_TIME = "1970-01-01T00:00:00Z"


def atom(
    records: Iterable[Record], title: str, *, about: str = "", address: str = "", site: str = ""
) -> bytes:
    """A feed of the records, in their order.

    ``about`` tells feeds of one archive apart (a source, a search) and makes the feed's id.
    ``address`` is where the feed itself is read. With ``site``, the address of the archive's
    pages, entries lead there by key, and to the original as well.
    """
    entries = list(records)
    feed = ElementTree.Element("feed", {"xmlns": ATOM, _XML_LANG: "zh"})
    _add(feed, "id", identifier(f"feed {about}"))
    _add(feed, "title", title)
    newest = max((entry.changed for entry in entries), default="") or _BEFORE_TIME
    _add(feed, "updated", newest)
    _add(_add(feed, "author"), "name", ARCHIVE)
    _add(feed, "generator", "Tashan")
    if address:
        _add(feed, "link", rel="self", href=address, type="application/atom+xml")
    if site:
        _add(feed, "link", rel="alternate", href=site, type="text/html")
    for record in entries:
        _entry(feed, record, site)
    ElementTree.indent(feed)
    made: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def identifier(key: str) -> str:
    """The id of an article's entry, for ever the same: made from its key."""
    return f"urn:uuid:{uuid5(_NAMES, key)}"


def _entry(feed: ElementTree.Element, record: Record, site: str) -> None:
    entry = _add(feed, "entry", **{_XML_LANG: language(record)})
    _add(entry, "id", identifier(record.key))
    _add(entry, "title", record.title)
    _add(entry, "updated", record.changed or _BEFORE_TIME)
    published = _moment(record.published)
    if published:
        _add(entry, "published", published)
    for name in record.responsible:
        _add(_add(entry, "author"), "name", name or ARCHIVE)
    if site:
        _add(entry, "link", rel="alternate", href=site.rstrip("/") + "/" + record.key)
    _add(entry, "link", rel="via" if site else "alternate", href=citation.address(record))
    _add(entry, "category", term=record.source, label=record.source_title or record.source)
    _add(entry, "summary", record.opening)


def _moment(published: str) -> str:
    """A date of publication, which is China's time, as RFC 3339; '' where the day is unknown."""
    try:
        moment = datetime.fromisoformat(published) if len(published) >= len("2019-08-16") else None
    except ValueError:
        moment = None
    return moment.replace(tzinfo=_CHINA).isoformat(timespec="seconds") if moment else ""


def _add(
    parent: ElementTree.Element, name: str, text: str = "", **attributes: str
) -> ElementTree.Element:
    clean = {key: _NOT_XML.sub("\ufffd", value) for key, value in attributes.items()}
    made = ElementTree.SubElement(parent, name, clean)
    if text:
        made.text = _NOT_XML.sub("\ufffd", text)
    return made
