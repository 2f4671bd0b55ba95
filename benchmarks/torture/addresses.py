"""Addresses that lead inside, by every way in: nothing may be connected to, opened or listened on.

A real crawl in a process of its own, with the real guard and resolver. One public name is led to
our server; every other connection is noted at the socket, and not made.
"""

from __future__ import annotations

import http.server
import json
import os
import random
import re
import subprocess
import sys
import threading
from html import escape
from pathlib import Path

from archive import Archive
from benchmarks.torture import Trial
from benchmarks.torture.night import ROOT

HOSTS = (  # asked for, none of them bound
    "127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.1",
    "0x7f.0x0.0x0.0x1", "0177.0.0.1", "017700000001", "0", "0.0.0.0", "localhost", "LOCALHOST",  # noqa: S104
    "localhost.", "127.0.0.1.", "①②⑦.⓪.⓪.①", "１２７.０.０.１", "127。0。0。1", "[::1]", "[::]",
    "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]",
    "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::a00:1]",
    "[2001:0:7f00:1::]", "[fe80::1]", "[fe80::1%25lo]", "[fe80::1%lo]", "[fc00::1]",
    "[fd12:3456::1]", "[fec0::1]", "[ff02::1]", "[2001:db8::1]", "[3fff::1]", "[100::1]",
    "[5f00::1]", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.0.1",
    "192.168.255.1", "0xc0a80001", "3232235521", "169.254.169.254", "169.254.0.1", "2852039166",
    "0xa9fea9fe", "0251.0376.0251.0376", "100.64.0.1", "100.127.255.254", "192.0.0.1",
    "192.0.0.170", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.19.255.254", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
)  # fmt: skip
OTHERS = (
    "file:///etc/hostname", "FILE:///etc/hostname", "file://localhost/etc/hostname",
    "data:text/html,<h1>x</h1>", "ftp://8.8.8.8/x.html", "s3://bucket/x.html",
    "gopher://127.0.0.1/x", "http://8.8.8.8:22/x.html", "http://user@127.0.0.1/x.html",
    "http://site.test:word@127.0.0.1/x.html", "http://site.test@127.0.0.1/x.html",
    "http://127.0.0.1:80\\@site.test/x.html", "http://127.0.0.1%2f@site.test:25/x.html",
    "http://8.8.8.8:6379/%0d%0aPING", "//127.0.0.1/x.html", "http:127.0.0.1/x.html",
    "http:///127.0.0.1/x.html", "http://127.0.0.1#@site.test/",
)  # fmt: skip
_PUBLIC = "101.6.6.6"  # what site.test is told to be

_CRAWL = """
import json, os, socket, sys
told = {"inside": [], "opened": [], "listening": 0, "public": 0}
PORT, NAMES, PUBLIC = int(os.environ["OURS"]), json.loads(os.environ["NAMES"]), "101.6.6.6"
real = socket.getaddrinfo

def answered(host, port, *more, **words):
    name = host.decode() if isinstance(host, bytes) else host
    if name.endswith("site.test"):
        host = PUBLIC
    elif name in NAMES:
        host = NAMES[name]
    elif name.endswith(".test"):
        raise socket.gaierror(-2, "no such name")
    return real(host, port, *more, **words)

socket.getaddrinfo = answered

def seen(event, values):
    if event == "socket.connect" and isinstance(values[1], tuple):
        where = values[1][:2]
        if where != ("127.0.0.1", PORT) and os.getpid() == OWN:
            told["inside"].append(where)
            raise OSError("not in this trial")
    elif event == "open" and "/etc/hostname" in str(values[0]):
        told["opened"].append(str(values[0]))

OWN = os.getpid()
listen = socket.socket.listen

def listening(self, *more):
    told["listening"] += self.family in (socket.AF_INET, socket.AF_INET6)
    return listen(self, *more)

socket.socket.listen = listening
from twisted.internet import tcp
connect = tcp.Client.__init__

def led(self, host, port, *more):
    if host == PUBLIC:
        told["public"] += 1
        host, port = "127.0.0.1", PORT
    connect(self, host, port, *more)

tcp.Client.__init__ = led
sys.addaudithook(seen)
if os.environ.get("DOOR") == "open":
    from crawler import guard, resolver
    resolver.is_public = lambda host: True
    guard.objection = lambda url, longest: None
from pathlib import Path
from archive import Archive
from crawler import run
from model.catalogue import Catalogue
from crawler.settings import ROOT
with Archive.write(Path(os.environ["DB"])) as archive:
    sources = Catalogue(Path(os.environ["FOLDER"]), ROOT / "sources" / "families").sources()
    run.crawl(archive, sources, command="trial",
              overrides={"TASHAN_DELAY": 0, "DOWNLOAD_TIMEOUT": 8, "RETRY_TIMES": 0})
Path(os.environ["TOLD"]).write_text(json.dumps(told))
"""
_SOURCE = """id: {id}
title: {id}
organisation: {{name: 某协会, kind: association}}
column: 某栏
family: other
start: {start}
evidence: {{seen: 2026-11-20, where: trial, certainty: certain}}
status: enabled
expect: {{silence_days: 36500}}
"""


def forms() -> list[str]:
    """Every address that must not be asked."""
    return [f"http://{host}/article/x.html" for host in HOSTS] + list(OTHERS)


def _site(bad: list[str], names: dict[str, str]) -> type[http.server.BaseHTTPRequestHandler]:
    """Listings that link, articles that redirect and refresh, a feed."""

    def row(url: str, number: int) -> str:
        title = f"关于第{number}号事项办理情况的说明"
        return f'<li><a href="{escape(url)}">{title}</a><span>2026-01-{number % 28 + 1:02}</span>'

    def rows(urls: list[str]) -> str:
        made = "".join(row(url, number) for number, url in enumerate(urls))
        return f"<html><head><title>某栏</title></head><body><ul>{made}</ul></body></html>"

    def item(url: str, number: int) -> str:
        title = f"关于第{number}号事项办理情况的说明"
        return f"<item><title>{title}</title><link>{escape(url)}</link></item>"

    places = range(len(bad))
    pages = {
        "/link/": rows(bad),
        "/redirect/": rows([f"/to/{n}.html" for n in places]),
        "/refresh/": rows([f"/meta/{n}.html" for n in places]),
        "/dns/": rows([f"http://{name}/article/x.html" for name in names]),
        "/feed/": '<?xml version="1.0"?><rss version="2.0"><channel><title>某栏</title>'
        + "".join(item(url, number) for number, url in enumerate(bad))
        + "</channel></rss>",
    }

    class Site(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            kind, _, name = self.path.strip("/").partition("/")
            page = pages.get(self.path, "")
            number = name.removesuffix(".html")
            kind = kind if number.isdigit() else ""
            if kind == "to":
                self.send_response(302)
                where = bad[int(number)].encode().decode("latin-1").replace("\r", "")
                self.send_header("Location", where)
            else:
                self.send_response(200 if page or kind == "meta" else 404)
            if kind == "meta":
                where = escape(bad[int(number)])
                page = f'<html><head><meta http-equiv="refresh" content="0;url={where}"></head>'
                page += "<body><h1>正在跳转</h1></body></html>"
            body = page.encode()
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Site


def addresses(number: int, seed: int, folder: Path, door: str = "") -> dict[str, int]:
    """So many forms of addresses, each by link, redirect, refresh, feed, DNS and as a start.

    ``door`` "open" lays guard and resolver aside: it shows that the trial can fail.
    """
    bad = forms()
    random.Random(seed).shuffle(bad)
    bad = bad[:number]
    literal = [host.strip("[]") for host in HOSTS if host.isascii() and "%" not in host]
    names = {f"n{n}.test": host for n, host in enumerate(literal[:number])}
    sources = folder / "sources"
    sources.mkdir()
    starts = {way: f"http://site.test/{way}/" for way in ("link", "redirect", "refresh", "feed")}
    starts["dns"] = "http://site.test/dns/"
    http_forms = [url for url in bad if re.match(r"https?://\S+$", url)]
    starts |= {f"start-{n}": url for n, url in enumerate(http_forms)}
    for name, start in starts.items():
        path = sources / f"{name}.yml"
        path.write_text(_SOURCE.format(id=name, start=json.dumps(start)), encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if key != "TASHAN_REPLICA"}
    told_path, db = folder / "told.json", folder / "addresses.db"
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _site(bad, names)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        environment |= {
            "OURS": str(server.server_port), "NAMES": json.dumps(names), "DB": str(db),
            "FOLDER": str(sources), "TOLD": str(told_path), "PYTHONPATH": str(ROOT), "DOOR": door,
        }  # fmt: skip
        subprocess.run(
            [sys.executable, "-c", _CRAWL], check=True, timeout=240, env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        server.shutdown()
    told = json.loads(told_path.read_text())
    with Archive.read(db) as archive:
        reasons = archive.db.conn.execute("SELECT count(*) FROM problems").fetchone()[0]
    return {
        "forms": len(bad),
        "names": len(names),
        "starts": len(http_forms),
        "connects outside": told["public"],
        "refusals told": reasons,
        "connects inside": len(told["inside"]),
        "files opened": len(told["opened"]),
        "sockets listening": told["listening"],
    }


TRIALS = (
    Trial(
        "addresses",
        len(HOSTS) + len(OTHERS),
        addresses,
        ("connects inside", "files opened", "sockets listening"),
    ),
)
