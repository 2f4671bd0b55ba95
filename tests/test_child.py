"""A page that hangs or swells ends the child, not the crawl; the next one is read at once."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import Any

import pytest

from crawler import child
from model.errors import PageError
from model.snapshot import Snapshot
from model.source import Source

PAGE = (
    "<html><head><title>清河市推行物业服务公开</title></head><body><h1>清河市推行物业服务公开</h1>"
    "<div><p>发布时间：2026-08-16</p><p>首批六十二个小区已经完成公示，"
    "其余小区将在年底以前完成。</p></div></body></html>"
).encode()


def hang(*_: Any) -> None:
    while True:
        pass


def swell(*_: Any) -> int:
    return len(bytearray(2 << 30))


@pytest.mark.parametrize(("bad", "why"), [(hang, "s of CPU"), (swell, "memory")])
def test_a_bad_page_is_ended_and_the_next_is_read(
    bad: Any, why: str, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Snapshot("http://qinghe.test/a/1.html", PAGE, "2026-11-25T02:00:00Z")

    async def night() -> float:
        reader = child.PageReader(1.0)
        try:
            await reader.part(source, page)
            with pytest.raises(PageError, match=why) as caught:
                await reader._call(page.url, bad)
            assert caught.value.field == "unparsed"
            began = time.monotonic()
            assert (await reader.part(source, page)).text
            return time.monotonic() - began
        finally:
            reader.close()

    assert asyncio.run(night()) < 3  # a second on a machine that does nothing else


def test_of_those_that_wait_listings_are_read_first_then_the_smallest(source: Source) -> None:
    reader, order = child.PageReader(), list[str]()

    async def one(size: int, name: str) -> None:
        body = PAGE + b" " * size
        read = reader.listing if name == "listing" else reader.part
        with suppress(PageError):  # it names nothing
            await read(source, Snapshot(f"http://qinghe.test/{name}", body, ""))
        order.append(name)

    async def all_at_once() -> None:
        sizes = (("first", 0), ("large", 2_000_000), ("listing", 90_000), ("small", 1_000))
        await asyncio.gather(*(one(size, name) for name, size in sizes))

    try:
        asyncio.run(all_at_once())
    finally:
        reader.close()
    assert order == ["first", "listing", "small", "large"]
