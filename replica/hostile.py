"""Pages made to hurt whoever parses, stores or shows them; each keeps an article's real text."""

from __future__ import annotations

import re
from collections.abc import Callable

_BODY = re.compile(r'(<div class="text">)')
_TITLE = re.compile(r"<h1>(.*?)</h1>")


def _before_text(page: str, added: str) -> str:
    return _BODY.sub(lambda found: found[0] + added, page, count=1)


def nested(page: str) -> bytes:
    """Forty thousand div around the text."""
    return _before_text(page, "<div>" * 40_000).encode()


def attributes(page: str) -> bytes:
    """120,000 attributes on one tag."""
    many = " ".join(f"a{n}=1" for n in range(120_000))
    return _before_text(page, f"<p {many}>一段文字。</p>").encode()


def misnested(page: str) -> bytes:
    """b and i closed in the wrong order, thousands of times."""
    return _before_text(page, "<b><i>字</b></i>" * 3_000 + "<p><b>" * 2_000).encode()


def comments(page: str) -> bytes:
    """200 kB of comments begun and never ended, in an attribute."""
    return _before_text(page, f'<a href="{"<!--" * 50_000}">链接</a>').encode()


def xss(page: str) -> bytes:
    """Scripts wherever a page can carry one, in the title as text as well."""
    page = _TITLE.sub(r"<h1>&lt;script&gt;alert('title')&lt;/script&gt;\1</h1>", page)
    return _before_text(
        page,
        '<script>alert("body")</script><img src=x onerror="alert(1)">'
        '<p onclick="alert(2)"><a href="javascript:alert(3)">附件：点我.doc</a></p>'
        "<p>&lt;img src=x onerror=alert(4)&gt; ${7*7} {{7*7}}</p>"
        '<svg onload="alert(5)"></svg>'
        '<iframe src="data:text/html,<script>alert(6)</script>"></iframe>',
    ).encode()


def formula(page: str) -> bytes:
    """A title that a spreadsheet would run."""
    calls = "=HYPERLINK(&quot;http://127.0.0.1/&quot;,&quot;点击&quot;)"
    return _TITLE.sub(rf"<h1>{calls}\1</h1>", page).encode()


def nul(page: str) -> bytes:
    """NUL bytes, a lone surrogate, control characters, direction marks."""
    sown = "<p>零\0字节之后还有字。&#0; &#xD800; \x0b\x1f \u202e反向\u202c \ufeff \ufffe</p>"
    return _before_text(page, sown).encode()


def badbytes(page: str) -> bytes:
    """Bytes that no encoding has, between good ones."""
    return page.encode().replace("。".encode(), "。".encode() + b"\xff\xfe\x80", 3)


def links(page: str) -> bytes:
    """Two hundred thousand links."""
    many = "".join(f'<a href="/article/{n}.html">链</a>' for n in range(200_000))
    return _before_text(page, f"<div>{many}</div>").encode()


def misdeclared(page: str) -> bytes:
    """GB 18030 under a header that says UTF-8."""
    return page.encode("gb18030")


def closed(page: str) -> bytes:
    """The document ends before its text begins."""
    return _before_text(page, "</body></html>").encode()


def base(page: str) -> bytes:
    """A base that leads every relative link elsewhere."""
    return page.replace("<head>", '<head><base href="http://elsewhere.test/x/">', 1).encode()


def refresh(page: str) -> bytes:
    """Sends a browser elsewhere at once."""
    moved = '<head><meta http-equiv="refresh" content="0;url=http://127.0.0.1:1/x">'
    return page.replace("<head>", moved, 1).encode()


PAGES: dict[str, Callable[[str], bytes]] = {
    made.__name__: made
    for made in (
        nested, attributes, misnested, comments, xss, formula, nul, badbytes, links, misdeclared,
        closed, base, refresh,
    )
}  # fmt: skip
# Rows of a listing that lead where a crawler has no business.
LINKS = (
    ("http://127.0.0.1:1/article/20240101/1.html", "关于内部系统的说明文字"),
    ("http://localhost/article/20240101/2.html", "关于本机服务的说明文字"),
    ("http://2130706433/article/20240101/3.html", "关于整数地址的说明文字"),
    ("http://0x7f.1/article/20240101/4.html", "关于十六进制地址的说明"),
    ("http://[::1]/article/20240101/5.html", "关于第六版地址的说明文字"),
    ("http://169.254.169.254/latest/meta-data/", "关于云主机元数据的说明"),
    ("http://10.0.0.8/article/20240101/6.html", "关于内网地址的说明文字"),
    ("file:///etc/passwd", "关于本地文件的说明文字"),
    ("ftp://127.0.0.1/x", "关于文件传输的说明文字"),
    ("data:text/html,x", "关于数据地址的说明文字"),
    ("gopher://127.0.0.1:1/x", "关于旧协议的说明文字"),
    ("http://user:word@127.0.0.1/x.html", "关于带口令地址的说明"),
    ("/inside", "关于站内跳转的说明文字"),
    ("http://ssrf.edge.test.:80/article/x.html", "关于末尾带点的主机名"),
)
