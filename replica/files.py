"""The bytes of pictures and attachments: small, and true to their type."""

from __future__ import annotations

import functools
import io
import struct
import zipfile
import zlib

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of doc, xls, ppt and wps
_ZIPPED = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
    "ofd": "OFD.xml",
    "zip": "readme.txt",
}
_GIF = bytes.fromhex(  # one point
    "4749463839610100010080000000ff00000021f90400000000002c00000000010001000002024401003b"
)
TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "zip": "application/zip",
    "js": "application/x-javascript",
    "css": "text/css",
}


def suffix(name: str) -> str:
    """The suffix of a file name in lower case, without the dot."""
    return name.rpartition(".")[2].lower()


@functools.lru_cache(maxsize=256)
def content(name: str) -> bytes:
    """The bytes of a file of this name: pdf, office formats, ofd, pictures; else plain text."""
    kind = suffix(name)
    if kind in _ZIPPED:
        return _zip(_ZIPPED[kind], name)
    if kind in ("doc", "xls", "ppt", "wps"):
        return _OLE + name.encode("utf-16-le").ljust(2040, b"\0")
    if kind == "pdf":
        return _pdf()
    if kind in ("png", "jpg", "jpeg"):
        return _png()
    return _GIF if kind == "gif" else name.encode()


def media_type(name: str) -> str:
    """The Content-Type a common server gives for such a name."""
    return TYPES.get(suffix(name), "application/octet-stream")


def _zip(member: str, name: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(zipfile.ZipInfo(member, (2026, 1, 1, 0, 0, 0)), f"<text>{name}</text>")
    return held.getvalue()


@functools.cache
def _png() -> bytes:
    """A grey picture of 32 by 20 points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", 32, 20, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xc8" * 32) * 20)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", header), chunk(b"IDAT", rows), chunk(b"IEND", b""))
    )


@functools.cache
def _pdf() -> bytes:
    """One empty page."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, body)
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    return out + table + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)
