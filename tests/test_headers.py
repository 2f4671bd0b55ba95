"""What servers say beside the page is bounded, and unpacked pages too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.torture.bombs import KINDS, PAGE, bombs, fetched


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("headers of 900 MB", "256 kB of headers"),
        ("103 Early Hints", "1000 header lines"),
        ("chunks of one byte", "mostly packing"),
        ("zstd, then gzip", "packed as zstd, gzip"),
    ],
)
def test_a_flood_is_refused_with_a_reason(kind: str, why: str) -> None:
    got = fetched(KINDS[kind])
    assert got["got"] == []
    assert why in str(got["why"])


def test_a_flood_takes_no_memory(tmp_path: Path) -> None:
    told = bombs(1, 7, tmp_path)
    assert (told["bombs"], told["taken"], told["too large"]) == (1, 0, 0)
    assert told["plain pages lost"] == 0


@pytest.mark.parametrize("cut", [PAGE[:40]])
def test_a_page_without_length_and_end_is_cut(cut: bytes) -> None:
    def answer() -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n" + cut

    got = fetched(answer)
    assert got["got"] == []
    assert "cut short" in str(got["why"])


def test_ordinary_oddities_are_read() -> None:
    lines = b"".join(b"X-Odd-%d: %s\r\n" % (n, b"v" * 100) for n in range(300))
    chunks = b"".join(b"4\r\n%s\r\n" % PAGE[n : n + 4].ljust(4) for n in range(0, len(PAGE), 4))

    def answer() -> Iterator[bytes]:
        yield b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
        yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + lines + b"\r\n"
        yield chunks + b"0\r\nX-Trail: 1\r\n\r\n"

    assert fetched(answer)["got"] == [-(-len(PAGE) // 4) * 4]
