"""WARC (ISO 28500) of the raw pages, for replay and for the tools of web archives.

One response record a page, as it was fetched, with status, headers, time and digests. The bytes are
those kept, with any content or transfer coding undone, so such headers are renamed; identifiers
come from hashes, and no time is now: the same archive gives the same file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from io import BytesIO
from uuid import UUID, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.reading import Reading
from model.snapshot import Snapshot

from .rows import Told

_NAMES = UUID("5f0f1f0e-6c0b-5d8b-9a55-7a0f6a1c2d11")  # ours, so that no other id is the same
_BEFORE_TIME = "1970-01-01T00:00:00Z"
_UNDONE = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, 5.6.2
_BREAKS = re.compile(r"[\r\n\0]+")


def encode(
    reading: Reading, told: Told, *, newest: bool = True, packed: bool = True
) -> Iterator[bytes]:
    """The file in pieces: warcinfo, then the pages of the chosen articles.

    ``newest``: only those of each article's newest revision. ``packed``: each record by itself
    compressed (.warc.gz). ``told`` hears of every article revision written.
    """
    sink = BytesIO()
    writer = WARCWriter(sink, gzip=packed, warc_version="1.1")
    writer.write_record(_info(writer, reading))
    for key, number, pages in reading.pages(newest):
        for place, page in enumerate(pages):
            writer.write_record(_response(writer, f"{key}/{number}/{place}", page))
            yield _taken(sink)
        told(1)
    yield _taken(sink)


def _info(writer: WARCWriter, reading: Reading) -> object:
    """What the file is; its time is when the last of the articles was last seen."""
    rows = reading.ask("SELECT max(a.last_seen) FROM temp.chosen c JOIN articles a ON a.id = c.id")
    newest = next(rows)[0] or _BEFORE_TIME
    headers = {"WARC-Record-ID": _identifier("warcinfo", newest), "WARC-Date": newest}
    text = "software: Tashan\r\nformat: WARC File Format 1.1\r\n"
    payload = text.encode()
    return writer.create_warc_record(
        "",
        "warcinfo",
        payload=BytesIO(payload),
        length=len(payload),
        warc_headers_dict=headers,
        warc_content_type="application/warc-fields",
    )


def _response(writer: WARCWriter, name: str, page: Snapshot) -> object:
    fetched = page.fetched or _BEFORE_TIME
    headers = {"WARC-Record-ID": _identifier(name, page.url, fetched), "WARC-Date": fetched}
    return writer.create_warc_record(
        _BREAKS.sub("", page.url),
        "response",
        payload=BytesIO(page.body),
        length=len(page.body),
        warc_headers_dict=headers,
        http_headers=StatusAndHeaders(
            _status_line(page.status), list(_headers(page)), protocol="HTTP/1.1"
        ),
    )


def _headers(page: Snapshot) -> Iterable[tuple[str, str]]:
    for name, value in page.headers.items():
        if not _TOKEN.fullmatch(name):
            continue
        kept = f"X-Archive-Orig-{name}" if name.lower() in _UNDONE else name
        yield kept, _BREAKS.sub(" ", value).strip()
    yield "Content-Length", str(len(page.body))


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} Unknown"


def _identifier(*parts: str) -> str:
    return f"<urn:uuid:{uuid5(_NAMES, chr(10).join(parts))}>"


def _taken(sink: BytesIO) -> bytes:
    made = sink.getvalue()
    sink.seek(0)
    sink.truncate()
    return made
