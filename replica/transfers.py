"""Answers that break on the way: cut, endless, packed, slow, garbled; by name."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, Response

from .raw import Later, Raw, head

if TYPE_CHECKING:
    from .ask import Ask
    from .column import Entry
    from .hosts.edge import Edge

_HTML = "Content-Type: text/html; charset=utf-8"


def slow(site: Edge, ask: Ask, entry: Entry) -> Response:
    """The answer comes, after ``seconds``."""
    return Later(site.plain(entry), site.on["seconds"])


def drip(site: Edge, ask: Ask, entry: Entry) -> Response:
    """A hundred pieces within ``seconds``."""
    body = bytes(site.plain(entry).body)
    size = -(-len(body) // 100)
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    top = head("200 OK", _HTML, f"Content-Length: {len(body)}")
    return Raw(site.web.connections, [top, *pieces], pause=site.on["seconds"] / 100)


def gzip_unasked(site: Edge, ask: Ask, entry: Entry) -> Response:
    """Compressed, whatever Accept-Encoding said."""
    body = gzip.compress(bytes(site.plain(entry).body))
    return Response(body, headers={"content-type": "text/html", "content-encoding": "gzip"})


def gzip_cut(site: Edge, ask: Ask, entry: Entry) -> Response:
    """Half of a gzip stream, with a Content-Length that fits the half."""
    body = gzip.compress(bytes(site.plain(entry).body))
    half = body[: len(body) // 2]
    return Response(half, headers={"content-type": "text/html", "content-encoding": "gzip"})


def gzip_bomb(site: Edge, ask: Ask, entry: Entry) -> Response:
    """200 MB of blanks in 200 kB."""
    packer = zlib.compressobj(9, wbits=31)
    blank = b" " * 1_000_000
    body = b"".join(packer.compress(blank) for _ in range(200)) + packer.flush()
    return Response(body, headers={"content-type": "text/html", "content-encoding": "gzip"})


def short(site: Edge, ask: Ask, entry: Entry) -> Response:
    """Fewer bytes than Content-Length promised, then the end."""
    body = bytes(site.plain(entry).body)
    top = head("200 OK", _HTML, f"Content-Length: {len(body)}")
    return Raw(site.web.connections, [top + body[: len(body) // 2]])


def reset(site: Edge, ask: Ask, entry: Entry) -> Response:
    """Half a page, no Content-Length, then RST."""
    body = bytes(site.plain(entry).body)
    top = head("200 OK", _HTML, "Connection: close")
    return Raw(site.web.connections, [top + body[: len(body) // 2]], reset=True)


def chunk_cut(site: Edge, ask: Ask, entry: Entry) -> Response:
    """Chunked, without the last chunk."""
    body = bytes(site.plain(entry).body)
    half = body[: len(body) // 2]
    top = head("200 OK", _HTML, "Transfer-Encoding: chunked")
    return Raw(site.web.connections, [top + b"%x\r\n%s\r\n" % (len(half), half)])


def nolength(site: Edge, ask: Ask, entry: Entry) -> Response:
    """Whole, without Content-Length; the close is its end."""
    body = bytes(site.plain(entry).body)
    return Raw(site.web.connections, [head("200 OK", _HTML, "Connection: close") + body])


def headers(site: Edge, ask: Ask, entry: Entry) -> Response:
    """Eight megabytes of response headers."""
    lines = [f"X-Pad-{n}: {'x' * 8000}" for n in range(1000)]
    return Raw(site.web.connections, [head("200 OK", _HTML, *lines, "Content-Length: 0")])


def gzip_twice(site: Edge, ask: Ask, entry: Entry) -> Response:
    """A gzip stream inside a gzip stream, and a header that says so."""
    body = gzip.compress(gzip.compress(bytes(site.plain(entry).body)))
    return Response(body, headers={"content-type": "text/html", "content-encoding": "gzip, gzip"})


def two_lengths(site: Edge, ask: Ask, entry: Entry) -> Response:
    """Two lengths that contradict each other, as in a smuggled answer."""
    body = bytes(site.plain(entry).body)
    lengths = (f"Content-Length: {len(body)}", f"Content-Length: {len(body) // 2}")
    return Raw(site.web.connections, [head("200 OK", _HTML, *lengths), body])


def garbage(site: Edge, ask: Ask, entry: Entry) -> Response:
    """Bytes that are no HTTP at all."""
    return Raw(site.web.connections, [b"\x16\x03\x01\x02\0" + bytes(range(256)) * 8 + b"\r\n\r\n"])


def silent(site: Edge, ask: Ask, entry: Entry) -> Response:
    """Takes the question and says nothing for ``seconds``, then hangs up."""
    return Raw(site.web.connections, [b""], pause=site.on["seconds"])


def interim(site: Edge, ask: Ask, entry: Entry) -> Response:
    """Interim answers (103) without end; the real one never comes."""
    hint = head("103 Early Hints", f"Link: </{'x' * 2000}>; rel=preload")
    return Raw(site.web.connections, _repeated(hint * 50))


def endless_body(site: Edge, ask: Ask, entry: Entry) -> Response:
    """Chunks that never come to an end."""
    top = head("200 OK", _HTML, "Transfer-Encoding: chunked")
    piece = b"<p>\xe5\xad\x97</p>\n" * 5000
    return Raw(site.web.connections, _repeated(b"%x\r\n%s\r\n" % (len(piece), piece), top))


def _repeated(piece: bytes, first: bytes = b"") -> Iterator[bytes]:
    yield first
    for _ in range(10_000):  # far beyond what anyone takes
        yield piece


def huge(site: Edge, ask: Ask, entry: Entry) -> Response:
    """A page of 24 MB."""
    return HTMLResponse("<html><body>" + "<p>同一句话。</p>" * 1_000_000)


TRANSFERS: Mapping[str, Callable[[Edge, Ask, Entry], Response]] = {
    face.__name__.replace("_", "-"): face
    for face in (
        slow, drip, silent, gzip_unasked, gzip_cut, gzip_twice, gzip_bomb, short, reset, chunk_cut,
        nolength, two_lengths, garbage, headers, interim, endless_body, huge,
    )
}  # fmt: skip
