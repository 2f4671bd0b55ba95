"""What archived pages and visitors may write, in a real browser: none of it may run or load."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks.torture import Trial
from benchmarks.torture.poison import PAYLOADS, poisoned, written
from benchmarks.torture.site import Site

_COUNT = """() => {
  let armed = 0;
  for (const one of document.querySelectorAll('*')) {
    for (const {name, value} of one.attributes) {
      if (name.startsWith('on')) armed++;
      if (['href', 'src', 'action', 'formaction', 'xlink:href', 'data'].includes(name)
          && /^[\\s\\x00-\\x20]*(java\\s*script|vbscript|data:text)/i.test(value)) armed++;
    }
  }
  for (const one of document.querySelectorAll('[autofocus]')) one.focus();
  return [armed, window.ran ? 1 : 0];
}"""
_PLACES = (
    "/", "/search?q=%E7%BB%8F%E9%AA%8C", "/search?q=P", "/search?q=a&source=P&outlet=P&year=P",
    "/search?q=%E7%BB%8F%E9%AA%8C&_lang=en&_script=tw&sort=P", "/search?page=P", "/feed.atom?q=P",
    "/feed.atom", "/article/KEY", "/article/KEY?q=P", "/article/KEY?images=all",
    "/article/KEY/changes", "/article/KEY/snapshot/1/0", "/article/KEY/cite/ris",
    "/article/KEY/cite/bibtex", "/article/P", "/source", "/source/qinghe-jyjl", "/source/P",
    "/runs", "/problems", "/problems?kind=P", "/guide?q=P", "/P", "/-/P", "/-/databases-index",
    "/DB?_x=P", "/DB?sql=select+'P'+as+%22P%22", "/DB?sql=P", "/DB.json?sql=select+'P'",
    "/DB.csv?sql=select+'P'", "/DB/articles?_search=P", "/DB/articles?_sort=P",
    "/DB/articles?title=P&_facet=P", "/DB/articles?_size=max&_facet=title&_facet=outlet",
    "/DB/articles?_where=P", "/DB/articles?_filter_column=P&_filter_op=P&_filter_value=P",
    "/DB/articles.json?_shape=P", "/DB/articles.json?title=P", "/DB/articles.csv?_size=max",
    "/DB/articles.csv?_size=5&_trace=1", "/DB/articles.csv?_header=off&_size=1&title=P",
    "/DB/articles/ID", "/DB/articles/P", "/DB/articles/ID.json", "/DB/article_texts/ID",
    "/DB/snapshots/ID", "/DB/snapshots/ID.blob?_blob_column=body", "/DB/snapshots?_size=5",
    "/DB/article_texts?_size=5", "/DB/article_urls", "/DB/attachments", "/DB/images",
    "/DB/repairs", "/DB/problems", "/DB/run_sources", "/DB/sources", "/DB/revisions?_size=5",
    "/DB/P", "/DB/P.json", "/download/sources.csv", "/search.jsonl?q=P", "/search.csv?q=P",
    "/DB/%E6%A3%80%E7%B4%A2%E6%96%87%E7%AB%A0?%E6%A3%80%E7%B4%A2%E8%AF%8D=P",
)  # fmt: skip


@dataclass
class _Canary:
    """An address of this machine that nobody may ask."""

    address: str = ""
    asked: list[bytes] = field(default_factory=list)


def payloads(
    number: int, seed: int, folder: Path, places: Sequence[str] = _PLACES
) -> dict[str, int]:
    """Payloads in every column, in names of tables and in addresses, with and without a policy."""
    told = dict.fromkeys(
        ("payloads", "visits", "opened", "ran", "loaded", "armed", "unguarded", "failed"), 0
    )
    with _canary() as canary:
        chosen = [written(p, canary.address) for p in PAYLOADS[:number]]
        for public in (True, False):
            db = folder / f"{public}" / "archive.db"
            db.parent.mkdir()
            keys = poisoned(db, chosen)
            with Site(db, *(["--sql"] if public else []), public=public) as site:
                told["payloads"] = len(chosen)
                _visit(site, public, chosen, keys, places, canary, told)
        told["loaded"] = len(canary.asked)
    return told


def _visit(
    site: Site,
    public: bool,
    chosen: list[str],
    keys: list[str],
    places: Sequence[str],
    canary: _Canary,
    told: dict[str, int],
) -> None:
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        # What is written right holds without a policy as well.
        for unguarded in (True, False) if public else (True,):
            context = browser.new_context(bypass_csp=unguarded, accept_downloads=False)
            page: Any = context.new_page()
            page.set_default_timeout(10_000)
            page.on("dialog", lambda dialog: (told.update(ran=told["ran"] + 1), dialog.dismiss()))
            page.on("response", lambda answer: _look(answer, site, told))
            for place, (payload, key) in enumerate(zip(chosen, keys, strict=True)):
                for path in places if place % 8 == 0 else [p for p in places if _own(p)]:
                    target = path.replace("P", quote(payload, safe="")) if "P" in path else path
                    target = target.replace("KEY", key).replace("ID", str(place + 1))
                    target = target.replace("DB", site.name)
                    told["visits"] += 1
                    before = len(canary.asked)
                    with suppress(Error):  # a download, which no page can start here
                        page.goto(site.address + target, wait_until="load")
                        page.mouse.move(300, 200)
                        armed, ran = page.evaluate(_COUNT)
                        told["armed"] += armed
                        told["ran"] += ran
                        told["opened"] += 1
                    if "images=all" in path:
                        del canary.asked[before:]  # the reader asked for pictures
            context.close()
        browser.close()


def _own(path: str) -> bool:
    """Whether a page differs from payload to payload."""
    return any(sign in path for sign in ("P", "KEY", "ID"))


def _look(answer: Any, site: Site, told: dict[str, int]) -> None:
    if not answer.url.startswith(site.address):
        return
    headers = answer.headers
    policy = headers.get("content-security-policy", "")
    told["failed"] += answer.status >= 500
    told["unguarded"] += (
        headers.get("x-content-type-options") != "nosniff"
        or "frame-ancestors" not in policy
        or "unsafe-" in policy
    )
    if "/snapshot" in answer.url:  # a raw page is a file, text, or a page that may do nothing
        html = headers.get("content-type", "").startswith("text/html")
        told["unguarded"] += html and "/snapshot/" in answer.url and "sandbox" not in policy


@contextmanager
def _canary() -> Iterator[_Canary]:
    """Listens, and remembers whoever asks."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        canary = _Canary(f"http://127.0.0.1:{listening.getsockname()[1]}/canary")

        def hear() -> None:
            with suppress(OSError):
                while True:
                    one, _ = listening.accept()
                    with one:
                        one.settimeout(1)
                        with suppress(OSError):
                            if asked := one.recv(200):  # a browser also connects to ask nothing
                                canary.asked.append(asked)
                            one.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")

        threading.Thread(target=hear, daemon=True).start()
        yield canary
        listening.shutdown(socket.SHUT_RDWR)


def chromium() -> str | None:
    """A Chromium of this machine; None where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


TRIALS = (
    Trial("payloads", len(PAYLOADS), payloads, ("ran", "loaded", "armed", "unguarded", "failed")),
)
