"""What goes wrong with a site, by name: refusals, soft 404s, robots.txt, hostile pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from . import hostile
from .raw import Later, Raw
from .transfers import TRANSFERS

if TYPE_CHECKING:
    from .ask import Ask
    from .column import Entry
    from .hosts.edge import Edge

Face = Callable[["Edge", "Ask", "Entry"], Response | None]  # faces of EVERYTHING ignore the entry
_SCRIPT = (
    "(function(){var _0x4f1a=['c2V0','Y29va2ll'];eval(function(p,a,c){return p}('%s',62,9))})();"
)


def jsl521(site: Edge, ask: Ask, entry: Entry) -> Response:
    """521 with a script that would set a cookie."""
    page = f"<script>document.cookie='__jsl_clearance_s=1763.1|0|x;max-age=3600';{_SCRIPT}</script>"
    headers = {
        "x-via-jsl": "f0dd3ab,-",
        "set-cookie": "__jsluid_s=0c1d2e; max-age=31536000; path=/",
    }
    return HTMLResponse(page, 521, headers)


def waf412(site: Edge, ask: Ask, entry: Entry) -> Response:
    """412 with an obfuscated script and a meta whose content is the key."""
    page = '<html><head><meta id="9DhefwqGPrzGxEp9hPaoag" content="{qqtyS0aZk" r="m">'
    return HTMLResponse(f"{page}<script>{_SCRIPT}</script></head><body></body></html>", 412)


def waf403(site: Edge, ask: Ask, entry: Entry) -> Response:
    """403 from a cloud firewall."""
    return HTMLResponse(
        "<html><head><title>访问被拦截</title></head><body><h1>您的请求疑似攻击行为！</h1>"
        "<p>云防护：如您是网站管理员，请登录控制台查看详情。事件编号：7f1c09</p></body></html>",
        403,
    )


def shell200(site: Edge, ask: Ask, entry: Entry) -> Response:
    """200, and nothing but a script of 618 bytes."""
    page = f'<html><head><meta charset="utf-8"></head><body><script>{_SCRIPT}'
    return HTMLResponse(page.ljust(618 - 23) + "</script></body></html>")


def loop302(site: Edge, ask: Ask, entry: Entry) -> Response:
    """A redirect to itself, for ever."""
    return RedirectResponse(ask.target, 302)


def cookie302(site: Edge, ask: Ask, entry: Entry) -> Response | None:
    """A redirect to itself until the cookie comes back: ordinary HTTP."""
    if ask.cookies.get("yunsuo_session"):
        return None
    return RedirectResponse(ask.target, 302, {"set-cookie": "yunsuo_session=8a3b; path=/"})


def burst(site: Edge, ask: Ask, entry: Entry) -> Response | None:
    """Too many requests within a minute are refused, with a Retry-After."""
    if len(site.asked) <= site.on["allowed"]:
        return None
    wait = {"retry-after": str(site.on["retry_after"])}
    return HTMLResponse("<html><body>访问过于频繁，请稍后再试</body></html>", 429, wait)


def busy503(site: Edge, ask: Ask, entry: Entry) -> Response | None:
    """Every address is busy the first time it is asked for."""
    if ask.target in site.busy:
        return None
    site.busy.add(ask.target)
    return PlainTextResponse("busy", 503, {"retry-after": str(site.on["retry_after"])})


def index200(site: Edge, ask: Ask, entry: Entry) -> Response | None:
    """Under load the home page stands in for an article."""
    return site.html("home.html") if len(site.asked) > site.on["allowed"] else None


def soft404(site: Edge, ask: Ask, entry: Entry) -> Response:
    """200, and a page that says there is none."""
    return site.html("word.html", sentence="您访问的页面不存在或已被删除！")


def home302(site: Edge, ask: Ask, entry: Entry) -> Response:
    """Missing articles lead to the home page."""
    return RedirectResponse("/index.html", 302)


def gone410(site: Edge, ask: Ask, entry: Entry) -> Response:
    """Withdrawn for good."""
    return PlainTextResponse("gone", 410)


def error500(site: Edge, ask: Ask, entry: Entry) -> Response:
    """The database behind the site is down."""
    return HTMLResponse("<html><body>java.sql.SQLException: Connection refused</body></html>", 500)


def hostile_page(site: Edge, ask: Ask, entry: Entry) -> Response:
    """The page of hostile.py that the host is named for."""
    made = hostile.PAGES[site.face](bytes(site.plain(entry).body).decode())
    return Response(made, headers={"content-type": "text/html; charset=utf-8"})


def hostile_listing(site: Edge, ask: Ask, entry: Entry) -> Response | None:
    """A listing among whose rows are links that must not be followed, or one that never ends."""
    if site.face == "ssrf" and ask.path == "/inside":
        return RedirectResponse("http://127.0.0.1:1/admin", 302)
    if ask.path != "/list/":
        return None
    number = int(ask.query.get("page") or 1)
    links = hostile.LINKS if site.face == "ssrf" else ()
    more = f"/list/?page={number + 1}" if site.face == "endless" else ""
    return site.html("list.html", column=site.columns[0], extra=links, more=more)


def robots(status: int, text: str = "") -> Face:
    """robots.txt of this status."""
    return lambda site, ask, entry: PlainTextResponse(text, status)


def robots_slow(site: Edge, ask: Ask, entry: Entry) -> Response:
    """robots.txt comes after ``seconds``."""
    return Later(PlainTextResponse("User-agent: *\nDisallow:\n"), site.on["seconds"])


def robots_reset(site: Edge, ask: Ask, entry: Entry) -> Response:
    """robots.txt ends in RST."""
    return Raw(site.web.connections, [], reset=True)


EVERYTHING: Mapping[str, Face] = {
    face.__name__: face
    for face in (jsl521, waf412, waf403, shell200, loop302, cookie302, burst, busy503)
} | {"ssrf": hostile_listing, "endless": hostile_listing}
ARTICLES: Mapping[str, Face] = (
    {face.__name__: face for face in (index200, soft404, home302, gone410, error500)}
    | dict(TRANSFERS)
    | dict.fromkeys(hostile.PAGES, hostile_page)
)
ROBOTS: Mapping[str, Face] = {
    "robots-503": robots(503),
    "robots-403": robots(403),
    "robots-deny": robots(200, "User-agent: *\nDisallow: /\n"),
    "robots-deny-some": robots(200, "User-agent: *\nDisallow: /article/\n"),
    "robots-huge": robots(200, "# padding\n" * 200_000 + "User-agent: *\nDisallow: /\n"),
    "robots-slow": robots_slow,
    "robots-reset": robots_reset,
}
