"""Style sheets, scripts and pictures of the pages: in memory, packed, kept by browsers for ever."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from datasette import Response

_FOLDER = Path(__file__).with_name("static")
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
ROUTE = r"/-/tashan/(?P<version>[0-9a-f]{10})/(?P<name>[a-z0-9./-]+)$"


@dataclass(frozen=True, slots=True)
class _File:
    body: bytes
    packed: bytes
    type: str


@cache
def _files() -> tuple[str, dict[str, _File]]:
    """A version that changes with any of the files, and the files by name."""
    digest = hashlib.sha256()
    found = {}
    for path in sorted(_FOLDER.rglob("*")):
        if path.suffix in _TYPES:
            body = path.read_bytes()
            digest.update(body)
            packed = gzip.compress(body, 9, mtime=0)
            name = path.relative_to(_FOLDER).as_posix()
            found[name] = _File(body, packed, _TYPES[path.suffix])
    return digest.hexdigest()[:10], found


def address(datasette: Any, name: str) -> str:
    """Where a file is served."""
    version, _ = _files()
    base: str = datasette.setting("base_url")
    return f"{base}-/tashan/{version}/{name}"


async def send_file(request: Any) -> Response:
    """The answer to a request for a file; 404 where there is none of that name."""
    _, files = _files()
    found = files.get(request.url_vars["name"])
    if found is None:
        return Response.text("404", status=404)
    headers = {"cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}
    body = found.body
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        body = found.packed
    return Response(body, headers=headers, content_type=found.type)


send_file._datasette_static = True  # type: ignore[attr-defined]  # no cookie makes a file private
