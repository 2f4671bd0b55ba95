"""Clients that ask too much, and sockets that ask nothing, while others want to read."""

from __future__ import annotations

import random
import resource
import socket
import statistics
import threading
import time
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from urllib.parse import quote

from benchmarks.torture import Trial
from benchmarks.torture.site import Site, fill

SECONDS = 1.0  # in which somebody who reads must be answered
ARTICLES = 20_000
_GOOD = 5
_PAUSE = 0.5  # seconds between two pages of somebody who reads
_FILES = 1024


def abuse(
    number: int, seed: int, folder: Path, articles: int = ARTICLES, abusers: int = 50
) -> dict[str, int]:
    """``number`` seconds of slow SQL, facets and searches from many addresses, beside readers."""
    chance = random.Random(seed)
    db = folder / "archive.db"
    fill(db, articles, lambda n, article: (article, b"<p>x"))
    slow = [
        "/public/articles?_size=max&_facet=title&_facet=url&_facet=author&_facet=wording",
        "/public/article_texts?body__contains=zzz&_facet=body",
        "/public/article_texts?body__like=%25a%25b%25c%25d%25",
        "/public/articles.json?_size=max&title__contains=zzz&_facet=title",
        "/public.json?sql=" + quote("select count(*) from articles a, articles b, articles c"),
        "/public.json?sql=" + quote("select trim(hex(zeroblob(9000000)),hex(randomblob(100000)))"),
        f"/search?q={quote('养老 OR 物业 OR 电梯 OR 垃圾')}&page=40",
        f"/feed.atom?q={quote('工作')}",
    ]
    nice = ["/", f"/search?q={quote('垃圾分类')}", "/public/articles?_size=10", "/source", "/guide"]
    times: list[float] = []
    told = {"good pages": 0, "good refused": 0, "abusive requests": 0, "slow at 95 %": 0}
    over = threading.Event()
    with Site(db, "--sql") as site:

        def ask(address: str, targets: list[str], good: bool) -> None:
            own = random.Random(f"{seed} {address}")
            while not over.is_set():
                target = own.choice(targets)
                began = time.monotonic()
                status = 0
                with suppress(OSError, HTTPException):
                    status = site.get(target, source=address).status
                if over.is_set():
                    return
                told["good pages" if good else "abusive requests"] += 1
                if good:
                    times.append(time.monotonic() - began)
                    told["good refused"] += status != 200
                    over.wait(_PAUSE)

        threads = [
            threading.Thread(target=ask, args=(f"127.1.0.{n + 1}", slow, False))
            for n in range(abusers)
        ] + [
            threading.Thread(target=ask, args=(f"127.2.0.{n + 1}", nice, True))
            for n in range(_GOOD)
        ]
        chance.shuffle(threads)
        for thread in threads:
            thread.start()
        time.sleep(number)
        over.set()
        for thread in threads:
            thread.join()
    late = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else 99.0
    told["slow at 95 %"] = int(late >= SECONDS)
    told["median ms"] = round(1000 * statistics.median(times or [99.0]))
    told["ms at 95 %"] = round(1000 * late)
    return {**told, "slowest ms": round(1000 * max(times, default=99.0))}


def sockets(number: int, seed: int, folder: Path) -> dict[str, int]:
    """Half-open connections, more than the server has file descriptors, that are opened again."""
    chance = random.Random(seed)
    _more_files(number + 200)
    db = folder / "archive.db"
    fill(db, 50, lambda n, article: (article, b"<p>x"))
    starts = (
        b"",
        b"GET / HTTP/1.1\r\nHost: x\r\n",
        b"GET /search?q=",
        b"G",
        b"GET / HTTP/1.1\r\nX: ",
    )
    told = {"sockets": 0, "good pages": 0, "slow": 0, "slowest ms": 0}
    held: list[socket.socket] = []

    def half_open(site: Site) -> None:
        made = socket.socket()
        made.settimeout(5)
        with suppress(OSError):
            made.connect(("127.0.0.1", site.port))
            made.sendall(chance.choice(starts))
        held.append(made)
        told["sockets"] += 1

    try:
        with Site(db, files=_FILES) as site:
            for place in range(2 * number):  # all of them, then each again where it was dropped
                if place >= number:
                    held.pop(0).close()
                half_open(site)
                if place % 100 == 99:
                    began = time.monotonic()
                    status = 0
                    with suppress(OSError, HTTPException):
                        status = site.get(f"/search?q={quote('养老')}").status
                    taken = time.monotonic() - began
                    told["good pages"] += 1
                    told["slow"] += status != 200 or taken >= SECONDS
                    told["slowest ms"] = max(told["slowest ms"], round(1000 * taken))
    finally:
        for one in held:
            one.close()
    return told


def _more_files(number: int) -> None:
    """Lets this process open as many sockets."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < number:
        most = number if hard == resource.RLIM_INFINITY else min(number, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


TRIALS = (
    Trial("abuse", 60, abuse, ("good refused", "slow at 95 %")),
    Trial("sockets", 2000, sockets, ("slow",)),
)
