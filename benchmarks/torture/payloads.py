"""What archived pages and visitors may write, in a real browser: none of it may run or load."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pysqlite3 import dbapi2 as sqlite3

from benchmarks.torture import Trial
from benchmarks.torture.site import Site, fill
from model.article import Article

# RUN stands for what tells that it ran, URL for an address that must not be asked.
PAYLOADS = (
    "<script>RUN</script>",
    "<ScRiPt >RUN</sCrIpT >",
    "<scr<script>ipt>RUN</scr</script>ipt>",
    "</title><script>RUN</script>",
    "</textarea><script>RUN</script>",
    "</script><script>RUN</script>",
    "</style><script>RUN</script>",
    "--><script>RUN</script><!--",
    "]]><script>RUN</script>",
    "<script src=URL></script>",
    "<script type=module>RUN</script>",
    "<img src=x onerror=RUN>",
    "<img src=URL>",
    '"><img src=x onerror="RUN">',
    "'><img src=x onerror='RUN'>",
    "` onerror=RUN x=`",
    '" autofocus onfocus=RUN x="',
    "' autofocus onfocus=RUN x='",
    '" onpointerenter=RUN style=position:fixed;inset:0 x="',
    "<svg onload=RUN>",
    "<svg/onload=RUN//",
    "<svg><script>RUN</script></svg>",
    "<svg><animate onbegin=RUN attributeName=x dur=1s>",
    "<svg><use href=URL#x></svg>",
    "<math><mtext></mtext><mglyph><svg><mtext><style><img src=x onerror=RUN></style>",
    "<noscript><p title='</noscript><img src=x onerror=RUN>'>",
    "<body onload=RUN>",
    "<iframe srcdoc='<script>parent.RUN</script>'></iframe>",
    "<iframe src=javascript:RUN></iframe>",
    "<iframe src=URL></iframe>",
    "<object data=URL></object>",
    "<embed src=URL>",
    "<video src=URL onerror=RUN></video>",
    "<audio src onerror=RUN>",
    "<details open ontoggle=RUN>x</details>",
    "<link rel=stylesheet href=URL>",
    "<style>@import 'URL';</style>",
    "<style>*{background:url(URL)}</style>",
    "<base href=URL>",
    "<meta http-equiv=refresh content='0;url=URL'>",
    "<form action=URL><input autofocus onfocus=RUN><button>x</button></form>",
    "<input type=image src=URL>",
    "<marquee onstart=RUN>x</marquee>",
    "javascript:RUN",
    "JaVaScRiPt:RUN//http://x.test/",
    "java\tscript:RUN",
    "\x01javascript:RUN",
    "data:text/html,<script>RUN</script>",
    "vbscript:RUN",
    "http://x.test/\"onmouseover='RUN'x=\"",
    "[点](javascript:RUN)",
    "![图](URL)",
    "{{constructor.constructor('RUN')()}}",
    "${RUN}",
    "{% raw %}<script>RUN</script>",
    "＜script＞RUN＜/script＞",
    "\u2028<script>RUN</script>\u2029",
    "<a href='java&#115;cript:RUN'>x</a>",
    "<!--as-is--><script>RUN</script><!--/as-is-->",
    "<mark>【<script>RUN</script>】</mark>",
    '{"href": "javascript:RUN", "label": "x"}',
    '{"img_src": "URL"}',
    '=HYPERLINK("URL","x")<script>RUN</script>',
    "\r\nContent-Type: text/html\r\n\r\n<script>RUN</script>",
)
_RUN = "((window.ran=1),alert(1),fetch('URL'))"
_KEPT = frozenset(
    {"key", "source", "article", "run", "revision", "wording", "packing", "sha256", "definition"}
)
_ROWS = ("article_urls", "attachments", "images", "repairs", "problems", "run_sources")
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
        chosen = [_written(p, canary.address) for p in PAYLOADS[:number]]
        for public in (True, False):
            db = folder / f"{public}" / "archive.db"
            db.parent.mkdir()
            keys = _poisoned(db, chosen)
            with Site(db, *(["--sql"] if public else []), public=public) as site:
                told["payloads"] = len(chosen)
                _visit(site, public, chosen, keys, places, told)
        told["loaded"] = len(canary.asked)
    return told


def _visit(
    site: Site,
    public: bool,
    chosen: list[str],
    keys: list[str],
    places: Sequence[str],
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
                    with suppress(Error):  # a download, which no page can start here
                        page.goto(site.address + target, wait_until="load")
                        page.mouse.move(300, 200)
                        armed, ran = page.evaluate(_COUNT)
                        told["armed"] += armed
                        told["ran"] += ran
                        told["opened"] += 1
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


def _written(payload: str, address: str) -> str:
    return payload.replace("RUN", _RUN).replace("URL", address)


def _poisoned(db: Path, chosen: list[str]) -> list[str]:
    """An archive with each payload in every text of one row of every table; the articles' keys."""

    def raw(number: int, article: Article) -> tuple[Article, bytes]:
        page = f'<html><body onload="{_RUN}"><p>{chosen[number]}</p></body></html>'
        return replace(article, title=f"第{number}条经验"), page.encode()

    fill(db, len(chosen), raw)
    with sqlite3.connect(db) as connection:
        execute = connection.execute
        tables = ("articles", "article_texts", "revisions", "snapshots", "sources", "runs", *_ROWS)
        for table in tables:
            columns = execute(f"PRAGMA table_info({table})").fetchall()
            texts = [c[1] for c in columns if c[2] == "TEXT" and not c[5] and c[1] not in _KEPT]
            for number, payload in enumerate(chosen):
                if table in _ROWS:
                    _insert(connection, table, columns, number, payload)
                elif texts:
                    sets = ", ".join(f"[{name}] = ?" for name in texts)
                    values = [payload] * len(texts)
                    execute(f"UPDATE {table} SET {sets} WHERE rowid = ?", [*values, number + 1])
        execute("INSERT INTO sources (id, title) VALUES (?, ?)", [chosen[0], chosen[-1]])
        for payload in chosen:
            if "]" in payload:
                continue  # Datasette 0.65 cannot read a database with such a table at all
            name = '"' + payload.replace('"', '""').replace("\0", "") + '"'
            execute(f"CREATE TABLE {name} ({name} TEXT)")
            execute(f"INSERT INTO {name} VALUES (?)", [payload])
        keys = [key for (key,) in execute("SELECT key FROM articles ORDER BY id")]
    connection.close()
    return keys


def _insert(connection: Any, table: str, columns: list[Any], number: int, payload: str) -> None:
    known: dict[str, Any] = {"source": "qinghe-jyjl", "article": number + 1, "run": 1}
    for _, _, _, column, *_ in connection.execute(f"PRAGMA foreign_key_list({table})"):
        known.setdefault(column, None)
    row = {
        name: known.get(
            name, number + 1 if kind == "INTEGER" else 0.5 if kind == "REAL" else payload
        )
        for _, name, kind, *_ in columns
        if name != "id"
    }
    if table == "run_sources" and number:
        return
    names, marks = ", ".join(f"[{name}]" for name in row), ", ".join("?" * len(row))
    connection.execute(
        f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})", list(row.values())
    )


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
