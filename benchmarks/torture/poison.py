"""What may be written into an archive to run in a reader's browser, and an archive full of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite3

from benchmarks.torture.site import fill
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


def written(payload: str, address: str) -> str:
    """A payload with what it would run, and an address that it would ask."""
    return payload.replace("RUN", _RUN).replace("URL", address)


def poisoned(db: Path, chosen: list[str]) -> list[str]:
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
