"""Pages that break off, in seven ways and anywhere: none may be taken for a page."""

from __future__ import annotations

import gzip
import random
import socketserver
import struct
import threading
from pathlib import Path
from socket import SO_LINGER, SOL_SOCKET

from benchmarks.torture import Trial
from benchmarks.torture.asking import asked

KINDS = ("length", "gzip", "gzip, no length", "chunked", "chunked gzip", "close", "reset")
_TEXT = "<p>首批六十二个小区已经完成公示，其余小区将在年底以前完成。</p>"
PAGE = f"<html><head><title>公示</title></head><body>{_TEXT * 40}</body></html>\n".encode()


class _Cutter(socketserver.StreamRequestHandler):
    """/KIND/BYTES.html: a page of that kind, of which so many bytes come; -1: all of it."""

    def handle(self) -> None:
        path = self.rfile.readline().split()[1].decode()
        while self.rfile.readline().strip():
            continue
        if path == "/robots.txt":
            self.wfile.write(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return
        _, kind, count = path.removesuffix(".html").split("/")
        name = KINDS[int(kind)]
        body = gzip.compress(PAGE) if "gzip" in name else PAGE
        kept = body if count == "-1" else body[: int(count) % len(body)]
        lines = ["HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8", "Connection: close"]
        if "gzip" in name:
            lines.append("Content-Encoding: gzip")
        if name == "length":
            lines.append(f"Content-Length: {len(body)}")
        elif name == "gzip":
            lines.append(f"Content-Length: {len(kept)}")
        elif "chunked" in name:
            lines.append("Transfer-Encoding: chunked")
            kept = b"%x\r\n" % len(kept) + kept + b"\r\n" if kept else b""
            # a chunk that is cut, or chunks without the last
            kept = kept + b"0\r\n\r\n" if count == "-1" else kept[: len(kept) - int(count) % 2]
        self.wfile.write("\r\n".join((*lines, "", "")).encode() + kept)
        if name == "reset" and count != "-1":
            self.connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))


def cuts(number: int, seed: int, folder: Path) -> dict[str, int]:
    """So many pages cut at random places, and one whole page of each kind."""
    chance = random.Random(seed)
    wholes = [f"http://whole{n}.test/{n}/-1.html" for n in range(len(KINDS))]
    broken = [
        f"http://cut{n % 40}.test/{n % len(KINDS)}/{chance.randrange(len(PAGE) - 9)}.html"
        for n in range(number)
    ]
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Cutter) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"127.0.0.1:{server.server_address[1]}"
        got = asked(wholes + broken, address)
        server.shutdown()
    return {
        "cut pages": len(broken),
        "kinds": len(KINDS),
        "taken for whole": sum(isinstance(got[url], int) for url in broken),
        "whole pages lost": sum(got[url] != len(PAGE) for url in wholes),
    }


TRIALS = (Trial("cuts", 700, cuts, ("taken for whole", "whole pages lost")),)
