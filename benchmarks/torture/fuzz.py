"""Pages, dates and feeds that nobody meant to write: each is read, or refused with a PageError."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.torture import Trial
from crawler.pages import read_article, read_listing
from crawler.pages.dates import find
from model.article import Article, Refusal
from model.errors import PageError
from pipelines.chain import derive

SLOW = 2.0  # seconds of CPU
_ODD = (
    "<", ">", "</", "<!--", "-->", "<![CDATA[", "]]>", "&#0;", "&#xD800;", "&#99999999;", "\0",
    "\ud800", "\ufeff", "\ufffe", "\u202e", "<table>", "<td>", "</div>", "<script>", "</script>",
    "<a href='", '" onclick="', "<base href=//x>", "{", "[", '"', "'", "\\", "\r", "\t", "　",
    "9" * 40, "2026-02-31", "０年０月", "(ā)", "<p>", "<br>", "<b><i>", "</b>", "<svg>", "<math>",
)  # fmt: skip
_PAGE = (
    "<html><head><meta charset='utf-8'><title>某市推行物业服务公开</title></head><body>"
    "<div class='nav'><a href='/'>首页</a></div><h1>某市推行物业服务公开</h1>"
    "<div class='info'>发布时间：2026-08-16 10:20 来源：某报 作者：张三 浏览：108次</div>"
    "<div class='content'><p>近日，某市要求小区公开服务标准和收费情况。</p><p><img src='a.jpg'></p>"
    "<table><tr><td>甲</td><td>乙</td></tr></table><p>其余将在年底以前完成。</p></div></body></html>"
)
_FEED = (
    "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>某栏</title>"
    "<item><title>某市推行物业服务公开</title><link>http://a.test/1.html</link>"
    "<pubDate>Sun, 16 Aug 2026 10:20:00 +0800</pubDate></item></channel></rss>"
)
_DATES = (
    "2026-08-16 10:20", "2026年8月16日", "二〇二六年八月十六日", "民国115年8月16日", "16/08/2026",
    "Aug 16, 2026", "20260816102000", "2026.8.16 下午3时5分", "08-16", "2026",
)  # fmt: skip


def _mutated(text: str, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 12)):
        at, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        kind = chance.randrange(5)
        if kind == 0:
            text = text[:at] + chance.choice(_ODD) * chance.choice((1, 1, 1, 50)) + text[at:]
        elif kind == 1:
            text = text[:at] + text[min(end, at + 40) :]
        elif kind == 2:
            text = text[:at] + text[at : at + 200] * chance.randint(1, 4) + text[at:]
        elif kind == 3:
            text = text[:at] + chr(chance.randrange(0x110000)) + text[at:]
        else:
            text = text[:end] + text[at:end][::-1] + text[end:]
        text = text[:60_000] or "x"
    encoding = chance.choice(("utf-8", "utf-8", "gb18030", "big5", "utf-16"))
    made = bytearray(text.encode(encoding, "surrogatepass" if "utf" in encoding else "replace"))
    for _ in range(chance.choice((0, 0, 3, 30))):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _tried(
    number: int, make: Callable[[], bytes], read: Callable[[bytes], object], folder: Path
) -> dict[str, int]:
    told = {"tried": 0, "read": 0, "uncaught": 0, "slow": 0}
    for turn in range(number):
        made = make()
        began = time.process_time()
        try:
            told["read"] += bool(read(made))
        except PageError:
            pass
        except Exception as error:
            told["uncaught"] += 1
            (folder / f"{type(error).__name__}-{turn}").write_bytes(made)
        if time.process_time() - began > SLOW:
            told["slow"] += 1
            (folder / f"slow-{turn}").write_bytes(made)
        told["tried"] += 1
    return told


def pages(number: int, seed: int, folder: Path) -> dict[str, int]:
    """Article pages, through the chain as well."""
    chance = random.Random(seed)

    def read(body: bytes) -> Article | Refusal:
        return derive(read_article(body, "http://a.test/art/2026/8/16/art_1_2.html"))

    return _tried(number, lambda: _mutated(_PAGE, chance), read, folder)


def dates(number: int, seed: int, folder: Path) -> dict[str, int]:
    """Texts in which a date is looked for."""
    chance = random.Random(seed)

    def make() -> bytes:
        return _mutated(" ".join(chance.choices(_DATES, k=chance.randint(1, 3))), chance)

    return _tried(number, make, lambda body: find(body.decode("utf-8", "replace")), folder)


def feeds(number: int, seed: int, folder: Path) -> dict[str, int]:
    """RSS and what is left of it."""
    chance = random.Random(seed)
    url = "http://a.test/rss.xml"
    return _tried(
        number, lambda: _mutated(_FEED, chance), lambda body: read_listing(body, url), folder
    )


_BAD = ("uncaught", "slow")
TRIALS = (
    Trial("fuzzed-pages", 100_000, pages, _BAD),
    Trial("fuzzed-dates", 20_000, dates, _BAD),
    Trial("fuzzed-feeds", 10_000, feeds, _BAD),
)
