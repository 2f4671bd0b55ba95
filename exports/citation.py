"""Citations of an article: GB/T 7714—2015, BibTeX, RIS, CSL-JSON, and what Zotero reads on a page.

Every form names the original address, the outlet, the date of publication, the day it was looked
at (``accessed``) and the archive's identifier.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from html import escape
from typing import Any
from urllib.parse import quote, urlencode

from .record import Record

ARCHIVE = "他山 Tashan"
_MOST_AUTHORS = 3  # GB/T 7714 names three, then 等
_LANGUAGES = {"hant": "zh-Hant", "hans": "zh-Hans"}
_BREAKS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#", "&": r"\&",
    "$": r"\$", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_ADDRESS = "%:/?#[]@!$&'()*+,;=-._~"  # what may stand in an address as it is


def gbt7714(record: Record, accessed: date) -> str:
    """GB/T 7714—2015, electronic resource online:

    作者. 题名[EB/OL]. 出处, 年(发布日期)[引用日期]. 网址. 他山: 标识.
    The outlet is left out where it stands in the author's place.
    """
    names = record.responsible
    people = ", ".join(names[:_MOST_AUTHORS]) + (", 等" if len(names) > _MOST_AUTHORS else "")
    title = _line(record.title)
    if record.document_number and record.document_number not in title:
        title += f"：{_line(record.document_number)}"
    outlet = record.publisher if record.publisher not in names else ""
    where = f"{_line(outlet)}, {record.day[:4]}".rstrip(", ") if outlet else ""
    day = f"({record.day})" if record.day else ""
    head = f"{_line(people)}. " if people else ""
    return (
        f"{head}{title}[EB/OL]. {where}{day}[{accessed.isoformat()}]."
        f" {address(record)}. 他山: {record.key}."
    )


def bibtex(record: Record, accessed: date) -> str:
    """BibTeX: @misc, which old styles and biblatex both take; the entry's key is ASCII."""
    fields = {
        "author": " and ".join("{" + _tex(name) + "}" for name in record.responsible if name),
        "title": "{" + _tex(record.title) + "}",
        "year": record.day[:4],
        "month": str(int(record.day[5:7])) if record.day[5:7].isdecimal() else "",
        "date": record.day,
        "howpublished": _tex(record.publisher),
        "organization": _tex(_keeper(record)),
        "number": _tex(record.document_number),
        "url": address(record),
        "urldate": accessed.isoformat(),
        "language": "chinese",
        "note": _tex(f"{ARCHIVE}: {record.key}"),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@misc{{tashan-{record.key},\n{''.join(lines)}}}\n"


def ris(record: Record, accessed: date) -> str:
    """RIS: a web page (ELEC); lines end in CR LF."""
    day = record.day.split("-")
    pairs = [
        ("TY", "ELEC"),
        *(("AU", name) for name in record.responsible),
        ("TI", record.title),
        ("T2", record.publisher),
        ("PB", _keeper(record)),
        ("PY", day[0]),
        ("DA", "/".join([*day, "", "", ""][:4]) if day[0] else ""),
        ("Y2", accessed.strftime("%Y/%m/%d/")),
        ("M1", record.document_number),
        ("UR", address(record)),
        ("LA", language(record)),
        ("DB", ARCHIVE),
        ("AN", record.key),
        ("ID", f"tashan-{record.key}"),
    ]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in pairs if value) + "ER  - \r\n"


def csl_item(record: Record, accessed: date) -> dict[str, Any]:
    """One item of CSL-JSON."""
    item: dict[str, Any] = {
        "id": f"tashan-{record.key}",
        "type": "webpage",
        "title": _line(record.title),
        "author": [{"literal": _line(name)} for name in record.responsible if name],
        "container-title": _line(record.publisher),
        "publisher": _line(_keeper(record)),
        "number": _line(record.document_number),
        "issued": _date_parts(record.day),
        "accessed": _date_parts(accessed.isoformat()),
        "URL": address(record),
        "language": language(record),
        "archive": ARCHIVE,
        "archive_location": record.key,
    }
    return {name: value for name, value in item.items() if value}


def csl_json(record: Record, accessed: date) -> str:
    """CSL-JSON of one article: an array with one item."""
    return json.dumps([csl_item(record, accessed)], ensure_ascii=False, indent=2) + "\n"


def several(records: Iterable[Record], form: str, accessed: date) -> str:
    """The citations of several articles as one file; ``form`` is a key of FORMS."""
    if form == "csl-json":
        items = [csl_item(record, accessed) for record in records]
        return json.dumps(items, ensure_ascii=False, indent=2) + "\n"
    made = (FORMS[form](record, accessed) for record in records)
    return "".join(text if text.endswith("\n") else text + "\n" for text in made)


FORMS: Mapping[str, Callable[[Record, date], str]] = {
    "gbt7714": gbt7714,
    "bibtex": bibtex,
    "ris": ris,
    "csl-json": csl_json,
}


def coins(record: Record) -> str:
    """The article as a COinS element (an empty HTML span) for a page."""
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rfr_id", "info:sid/tashan"),
        ("rft.type", "webpage"),
        ("rft.title", _line(record.title)),
        *(("rft.creator", _line(name)) for name in record.responsible),
        ("rft.date", record.day),
        ("rft.source", _line(record.publisher)),
        ("rft.publisher", _line(_keeper(record))),
        ("rft.identifier", address(record)),
        ("rft.language", language(record)),
    ]
    query = urlencode([(name, value) for name, value in pairs if value], quote_via=quote)
    return f'<span class="Z3988" title="{escape(query)}"></span>'


def meta_tags(record: Record) -> list[tuple[str, str]]:
    """Names and contents of meta elements (Highwire Press, Dublin Core); not escaped."""
    pairs = [
        ("citation_title", record.title),
        *(("citation_author", name) for name in record.responsible),
        ("citation_publication_date", record.day.replace("-", "/")),
        ("citation_publisher", record.publisher),
        ("citation_language", language(record)),
        ("citation_public_url", address(record)),
        ("DC.type", "Text"),
        ("DC.title", record.title),
        *(("DC.creator", name) for name in record.responsible),
        ("DC.date", record.day),
        ("DC.publisher", record.publisher),
        ("DC.identifier", address(record)),
        ("DC.identifier", f"tashan:{record.key}"),
        ("DC.language", language(record)),
    ]
    return [(name, _line(value)) for name, value in pairs if value]


def language(record: Record) -> str:
    """The article's language as a BCP 47 tag, with its script where known."""
    return _LANGUAGES.get(record.script, "zh")


def address(record: Record) -> str:
    """The original address in ASCII, so that no reference manager breaks it."""
    text = _BREAKS.sub("", record.url).strip()
    head, slashes, rest = text.partition("//")
    host, slash, path = rest.partition("/")
    with suppress(UnicodeError):
        host = host.encode("idna").decode("ascii")
    return quote(head + slashes + host + slash + path, safe=_ADDRESS)


def _keeper(record: Record) -> str:
    """Who keeps the site, where the outlet is another."""
    return record.organisation if record.organisation != record.publisher else ""


def _line(text: str) -> str:
    return " ".join(_BREAKS.sub(" ", text).split())


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in _line(text))


def _date_parts(day: str) -> dict[str, Any]:
    parts = [int(part) for part in day.split("-") if part.isdecimal()]
    return {"date-parts": [parts]} if parts else {}
