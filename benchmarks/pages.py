"""Reading pages: CPU time of all fields without rules, beside a bare parse and other readers.

``python -m benchmarks pages``. Reads the real pages beside the checkout where there are any, else
pages of the replica web. trafilatura is measured in the same run where it is installed.
``extract`` is the adapter that ../shared/pages/score.py asks for.
"""

from __future__ import annotations

import importlib
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from bs4 import BeautifulSoup
from lxml import etree

from crawler.pages import read_article
from crawler.pages.decoding import decode
from model.errors import PageError
from replica.server import Replica

REAL = Path(__file__).resolve().parent.parent.parent / "shared" / "pages"
ROUNDS = 3
_ADDRESS = "http://a.test/article/1.html"


def extract(body: bytes, url: str) -> dict[str, Any]:
    """One page's fields as the scorer compares them."""
    try:
        article = read_article(body, url)
    except PageError:
        return dict.fromkeys(("title", "date", "author", "source", "body", "images"))
    return {
        "title": article.title,
        "date": article.published.value[:10] if article.published else None,
        "author": article.author,
        "source": article.outlet,
        "body": article.text,
        "images": [image.url for image in article.images],
    }


def main() -> None:
    """Prints a table: milliseconds of CPU a page, and the ratio to a bare parse."""
    pages = real() or made()
    size = statistics.median(map(len, pages)) / 1000
    print(f"{len(pages)} pages, median {size:.0f} kB, best of {ROUNDS} rounds")
    readers: dict[str, Callable[[bytes], object]] = {
        "bare parse (decode, lxml)": parse,
        "all fields, no rules": lambda body: extract(body, _ADDRESS),
        "BeautifulSoup, whole page": soup,
    }
    readers |= others()
    baseline = 0.0
    print(f"{'':28}{'median':>9}{'mean':>9}{'ratio':>8}")
    for name, read in readers.items():
        times = best(read, pages)
        mean = statistics.mean(times)
        baseline = baseline or mean
        print(f"{name:28}{statistics.median(times):>7.2f}ms{mean:>7.2f}ms{mean / baseline:>7.1f}x")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def best(read: Callable[[bytes], object], pages: list[bytes]) -> list[float]:
    """Milliseconds of CPU for each page, the best of several rounds."""
    times = [float("inf")] * len(pages)
    for _ in range(ROUNDS):
        for number, body in enumerate(pages):
            start = time.process_time()
            read(body)
            times[number] = min(times[number], 1000 * (time.process_time() - start))
    return times


def parse(body: bytes) -> object:
    """What every reader needs at least."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    return etree.fromstring(decode(body).text.encode("utf-8"), parser)


def soup(body: bytes) -> object:
    """The whole page in BeautifulSoup, which we use on fragments only."""
    return BeautifulSoup(decode(body).text, "lxml")


def others() -> dict[str, Callable[[bytes], object]]:
    """Readers of others that happen to be installed."""
    try:
        trafilatura = importlib.import_module("trafilatura")
    except ImportError:
        print("trafilatura is not installed and not compared")
        return {}

    def read(body: bytes) -> object:
        return trafilatura.bare_extraction(body, with_metadata=True, include_comments=False)

    return {"trafilatura, with metadata": read}


def real() -> list[bytes]:
    """Real article pages, where there are any."""
    return [path.read_bytes() for path in sorted(REAL.glob("*_zh/pages/*.html"))]


def made() -> list[bytes]:
    """Article pages of the replica web."""
    bodies = []
    with Replica() as replica, httpx.Client(base_url=f"http://{replica.address}") as client:
        for host in ("assoc.test", "gov.test", "jcms.test", "people.test"):
            for told in replica.truth(host):
                parts = urlsplit(told["url"])
                path = f"{parts.path}?{parts.query}"
                bodies.append(client.get(path, headers={"host": host}).content)
    return bodies
