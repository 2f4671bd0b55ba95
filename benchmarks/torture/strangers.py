"""Strange requests: addresses, parameters, search syntax and bytes that no page of ours sends."""

from __future__ import annotations

import hashlib
import random
import re
import socket
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, quote_from_bytes

from benchmarks.torture import Trial
from benchmarks.torture.night import ROOT
from benchmarks.torture.site import COOKIE, Site, fill

_PARAMETERS = """
    q sort page source kind outlet region year month form _script _lang images from to run
    _search _sort _sort_desc _facet _facet_size _facet_array _facet_date _next _size _where
    _through _col _nocol _labels _label _shape _nl _json _trace _ttl _nofacet _nocount
    _searchmode _search_title _fts_table _fts_pk _filter_column _filter_op _filter_value
    _filter_column_1 sql id id__gt id__in title__contains title__arraycontains published__date
    title__nonsense body__like _stream _dl _blob_column _blob_hash _extra _header _timelimit
    _json_infinity _debug
"""
_NAMES = _PARAMETERS.split()
_VALUES = (
    "", "0", "1", "-1", "x", "养老", "NULL", '"', "'", "%", "[]", "{}", "[1", "1e999", "NaN", "on",
    "9" * 30, "articles", "title", "rowid", "select 1", "1=1", "a,b", "../../etc/passwd", "\0",
    "\u202e", "😀", "max", ";", "\r\nSet-Cookie: a=b", "<script>", "${7*7}", "{{7*7}}", "hant",
    "en", '"没有合上', "NEAR(a b, 3)", "a AND", "OR", "NOT", "^", "*", "a*", "(a", "a)", "标题:",
    "年:2019..", "自:昨天", "-", "--", "a:b:c", "{a b}:c", "+a", "id", "body", "key",
    '{"table":"articles"}',
    '{"table":"article_texts","column":"body","value":"1"}', '{"table":1}',
    "//example.org/", "/\\example.org", "file:///etc/passwd", "K" * 3000,
)  # fmt: skip
_PATHS = (
    "/", "/search", "/search.csv", "/search.jsonl", "/feed.atom", "/source", "/source/qinghe-jyjl",
    "/runs", "/runs/1", "/problems", "/guide", "/article/1", "/article/1/changes", "/robots.txt",
    "/article/1/snapshot/1/0", "/article/1/cite/ris", "/article/1/cite/bibtex", "/public",
    "/public.json", "/public.csv", "/public.db", "/public.blob", "/public/articles",
    "/public/articles.json", "/public/articles.csv", "/public/articles.jsono", "/public/articles/1",
    "/public/articles/1.json", "/public/articles/1.blob", "/public/snapshots/1.blob",
    "/public/article_texts", "/public/article_texts.csv", "/public/sources", "/public/snapshots",
    "/public/problems", "/public/run_sources", "/public/run_sources/1,x", "/download/articles.csv",
    "/public/articles_fts", "/public/articles_fts_data", "/public/frontier", "/public/listings",
    "/public/sqlite_master", "/public/_sqlite_migrations", "/public/每年篇数", "/public/检索文章",
    "/public/检索文章.json", "/_internal", "/_internal/tables", "/_memory", "/_memory.json",
    "/-/versions", "/-/versions.json", "/-/plugins.json", "/-/databases.json", "/-/threads",
    "/-/threads.json", "/-/settings.json", "/-/metadata.json", "/-/actor.json", "/-/config",
    "/-/permissions", "/-/patterns", "/-/messages", "/-/allow-debug", "/-/logout", "/-/auth-token",
    "/-/databases-index", "/-/databases-index.json", "/-/static/app.css", "/-/static/../app.py",
    "/-/static/%2e%2e/app.py", "/-/tashan/0000000000/../../plugin.py", "/-/nothing", "/favicon.ico",
    "/-/static-plugins/tashan/x", "//example.org/..", "/\\example.org", "/public/articles/~2F",
    "/public/~2E~2E~2Fetc", "/a/b/c/d/e", "/public/", "/:memory:", "/.json", "/.git/config",
)  # fmt: skip
_HIDDEN = ("frontier", "listings", "_sqlite_migrations", "articles_fts_data", "search_state")
# Words of a stack trace, a folder of ours, or a version of what we are made of.
_LEAKS = re.compile(
    rb"Traceback \(most recent|File \"/|site-packages|\.py\", line|/published/|"
    + re.escape(str(ROOT)).encode()
    + rb"|/etc/passwd:|root:x:0|(?i:uvicorn|datasette|python|sqlite|pysqlite3?)[ /:v]*\d+\.\d+"
)


def strangers(number: int, seed: int, folder: Path) -> dict[str, int]:
    """Requests that make no sense: each gets its status, none a look behind, nothing changes."""
    chance = random.Random(seed)
    db = folder / "archive.db"
    fill(db, 200, lambda n, article: (article, b"<p>x"))
    told = dict.fromkeys(
        ("requests", "5xx", "unanswered", "leaks", "unguarded", "hidden", "redirected away",
         "changed", "cookies kept", "stopped"), 0,
    )  # fmt: skip
    with Site(db) as site:
        before = hashlib.sha256(site.copy.read_bytes()).digest()
        told["cookies kept"] = site.copy.read_bytes().count(COOKIE.encode())
        for place in range(number):
            sent = _request(chance)
            answer = _ask(site, sent, f"127.3.0.{place % 200 + 1}")
            head, _, _body = answer.partition(b"\r\n\r\n")
            told["requests"] += 1
            told["unanswered"] += not head.startswith(b"HTTP/1.1 ")
            told["5xx"] += head[9:10] == b"5"
            # What was asked may come back; it is not ours.
            told["leaks"] += bool(_LEAKS.search(answer.replace(b"/etc/passwd", b"")))
            told["leaks"] += str(folder).encode() in answer
            told["unguarded"] += _unguarded(head)
            told["redirected away"] += _away(head)
        for table in _HIDDEN:
            for tail in ("", ".json", ".csv", "/1", "/1.json", "?_size=max"):
                told["hidden"] += site.get(f"/public/{table}{tail}").status == 200
        told["stopped"] = not site.alive or site.get("/").status != 200
        told["changed"] = int(hashlib.sha256(site.copy.read_bytes()).digest() != before)
        told["changed"] += len(list(site.copy.parent.iterdir())) - 1
    return told


def _request(chance: random.Random) -> bytes:
    """The bytes of one request."""
    parts = []
    for _ in range(chance.choice((0, 1, 1, 2, 2, 3, 5, 9))):
        kind: Callable[[random.Random], bytes] = chance.choice((_sensible, _sensible, _mixed))
        parts.append(f"{chance.choice(_NAMES)}=".encode() + kind(chance))
    path = chance.choice(_PATHS)
    target = quote(path, safe="/%\\.~:").encode()
    if chance.random() < 0.1:
        target += b"/" + _mixed(chance)
    if chance.random() < 0.05:
        target += bytes(chance.choice(b"abc/.%~-_") for _ in range(chance.randint(1, 9000)))
    target += b"?" + b"&".join(parts) if parts else b""
    method = chance.choice((b"GET",) * 30 + (b"HEAD", b"POST", b"PUT", b"OPTIONS", b"TRACE", b"X"))
    headers = [b"Host: room.test", b"Connection: close"]
    if chance.random() < 0.2:
        name = chance.choice(
            (b"Cookie: tashan_script=", b"Accept-Encoding: ", b"X-Forwarded-For: ", b"Range: ",
             b"Cookie: ds_actor=", b"Authorization: Bearer ", b"If-None-Match: ", b"Accept: ",
             b"X-Forwarded-Proto: ", b"Upgrade: websocket\r\nConnection: ", b"Expect: ",
             b"Content-Length: ", b"Transfer-Encoding: ")
        )  # fmt: skip
        headers.append(name + _mixed(chance))
    return b"%s %s HTTP/1.1\r\n%s\r\n\r\n" % (method, target, b"\r\n".join(headers))


def _sensible(chance: random.Random) -> bytes:
    return quote(chance.choice(_VALUES), safe="").encode()


def _mixed(chance: random.Random) -> bytes:
    """Bytes of any kind, percent-encoded or as they are."""
    raw = chance.randbytes(chance.choice((1, 3, 12, 80)))
    if chance.random() < 0.9:
        return quote_from_bytes(raw).encode()
    return bytes(byte for byte in raw if byte not in b" \r\n")


def _ask(site: Site, sent: bytes, source: str) -> bytes:
    """Everything that comes back, '' for nothing."""
    with socket.socket() as asking:
        asking.settimeout(20)
        asking.bind((source, 0))
        asking.connect(("127.0.0.1", site.port))
        asking.sendall(sent)
        pieces = []
        try:
            while piece := asking.recv(1 << 16):
                pieces.append(piece)
        except OSError:
            pass
        return b"".join(pieces)


def _unguarded(head: bytes) -> bool:
    """Whether an answer lacks what guards the browser."""
    told = head.lower()
    policy = re.search(rb"\r\ncontent-security-policy: ([^\r]*)", told)
    return not (
        b"\r\nx-content-type-options: nosniff" in told
        and policy
        and b"frame-ancestors" in policy[1]
        and b"unsafe-" not in policy[1]
        and b"\r\nserver:" not in told
    )


def _away(head: bytes) -> bool:
    """Whether an answer leads to another site."""
    place = re.search(rb"\r\nlocation: ([^\r]*)", head, re.IGNORECASE)
    return bool(place and re.match(rb"[a-z]+:|[/\\]{2}|/\\", place[1], re.IGNORECASE))


TRIALS = (
    Trial(
        "strangers", 10_000, strangers,
        ("5xx", "unanswered", "leaks", "unguarded", "hidden", "redirected away", "changed",
         "cookies kept", "stopped"),
    ),
)  # fmt: skip
