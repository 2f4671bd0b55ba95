"""Sources that break overnight, each in its own way; the very next run must say which and how."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)

from archive import Archive
from benchmarks.torture import Trial
from benchmarks.torture.clones import clones, night, verdicts
from replica.server import Replica
from replica.site import Ask, Site

BASE = "gov-policy"
LISTING = "/zwgk/zcfg/"
_NEW = 4  # articles published on the night a source breaks
_QUIET = 3  # nights without news before it

Change = Callable[[Site, Ask, Response], Response]


@dataclass(frozen=True, slots=True)
class Breakage:
    """One way to break: what answers instead, and what must be said; ``news``: there are some."""

    name: str
    change: Change
    verdict: str
    word: str
    news: bool = False


def _page(body: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(f"<html><head><title>提示</title></head><body>{body}</body></html>", status)


def _is_listing(ask: Ask) -> bool:
    return ask.path == LISTING


def _listing(answer: Callable[[], Response]) -> Change:
    return lambda site, ask, response: answer() if _is_listing(ask) else response


def _articles(answer: Callable[[Response], Response]) -> Change:
    def change(site: Site, ask: Ask, response: Response) -> Response:
        return answer(response) if re.search(r"/t\d{8}_\d+\.shtml$", ask.path) else response

    return change


def _halved(site: Site, ask: Ask, response: Response) -> Response:
    site.on["rows"] = 7
    return response


def _robots(site: Site, ask: Ask, response: Response) -> Response:
    shut = PlainTextResponse("User-agent: *\nDisallow: /\n")
    return shut if ask.path == "/robots.txt" else response


def _elsewhere(site: Site, ask: Ask, response: Response) -> Response:
    if not _is_listing(ask):
        return response
    return RedirectResponse("http://edge.test/", 302)


def _home(site: Site, ask: Ask, response: Response) -> Response:
    """Rows of everywhere, in the listing's own layout, none of which was ever listed."""
    if not _is_listing(ask):
        return response
    text = bytes(response.body).decode()
    return HTMLResponse(re.sub(r"/t(\d{8})_(\d)", r"/t\1_9\2", text))


def _beside(site: Site, ask: Ask, response: Response) -> Response:
    """No rows any more, and four links of another column in a box at the side."""
    if not _is_listing(ask):
        return response
    text = re.sub(r"<li>.*?</li>", "", bytes(response.body).decode(), flags=re.DOTALL)
    rows = (
        f"<li><a href='/rd/2024060{n}/t2024060{n}_{n}.shtml'>第{n}个街道推行物业服务公开的经验</a>"
        f"<span>2024-06-0{n}</span></li>"
        for n in range(1, 5)
    )
    box = f"<div class='side'><h3>热点</h3><ul>{''.join(rows)}</ul></div></body>"
    return HTMLResponse(text.replace("</body>", box))


_CHALLENGE = "<script>document.cookie='__jsl_clearance=1';location.reload()</script>"
_NOTICE = (
    "<div class='view TRS_UEDITOR trs_paper_default'>"
    + "<p>网站系统正在升级改造，部分页面暂时不能显示，敬请谅解，给您带来的不便我们深表歉意。</p>"
    * 6
    + "</div>"
)


def _garbled(response: Response) -> Response:
    """Every Chinese character is another one, beyond repair."""
    text = bytes(response.body).decode()
    wrong = re.sub("[\u4e00-\u9fff]", lambda m: chr(0x4E00 + ord(m[0]) * 7919 % 0x5000), text)
    return HTMLResponse(wrong)


def _same_text(response: Response) -> Response:
    text = bytes(response.body).decode()
    return HTMLResponse(
        re.sub(r"<body.*</body>", lambda m: _with_title(text), text, flags=re.DOTALL)
    )


def _shortened(response: Response) -> Response:
    text = bytes(response.body).decode()
    title = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
    said = title[1] if title else ""
    return HTMLResponse(
        re.sub(
            r"<body.*</body>",
            f"<body><h1>{said}</h1><p>{said[:12]}。</p></body>",
            text,
            flags=re.DOTALL,
        )
    )


def _with_title(text: str) -> str:
    title = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
    return f"<body><h1>{title[1] if title else ''}</h1>{_NOTICE}</body>"


BREAKAGES = (
    Breakage("layout of the listing", _listing(lambda: _page("<div>新版</div>")), "broken", "no"),
    Breakage("rows halved", _halved, "thin", "7 rows on the first page"),
    Breakage("listing moved", _elsewhere, "moved", "http://edge.test/"),
    Breakage("challenge", _listing(lambda: _page(_CHALLENGE)), "refused", "jsl"),
    Breakage("login", _listing(lambda: _page("请先登录")), "refused", "登录"),
    Breakage("forbidden", _listing(lambda: _page("403", 403)), "refused", "403"),
    Breakage("robots shut", _robots, "refused", "robots.txt"),
    Breakage("listing not found", _listing(lambda: _page("页面不存在")), "broken", "不存在"),
    Breakage("listing 404", _listing(lambda: _page("404", 404)), "broken", "404"),
    Breakage("server error", _listing(lambda: _page("500", 500)), "broken", "500"),
    Breakage("empty answer", _listing(lambda: HTMLResponse("")), "broken", "no"),
    Breakage(
        "error object", _listing(lambda: JSONResponse({"success": False})), "broken", "no"
    ),
    Breakage("only a side box", _beside, "broken", "none that was ever listed"),
    Breakage("home page", _home, "broken", "never listed before"),
    Breakage("articles 404", _articles(lambda _: _page("404", 404)), "thin", "could", True),
    Breakage("articles gone", _articles(lambda _: _page("该信息不存在")), "thin", "could", True),
    Breakage("one text for all", _articles(_same_text), "thin", "kept aside", True),
    Breakage("one page for all", _articles(lambda _: _page(_NOTICE)), "thin", "kept aside", True),
    Breakage("mojibake", _articles(_garbled), "thin", "kept aside", True),
    Breakage("bodies cut", _articles(_shortened), "thin", "bodies of", True),
)  # fmt: skip


def breakages(number: int, seed: int, folder: Path) -> dict[str, int]:
    """So many sources break, each in one of the ways, after nights on which all were well."""
    chosen = list(itertools.islice(itertools.cycle(BREAKAGES), number))
    random.Random(seed).shuffle(chosen)
    db, sources = folder / "breakages.db", folder / "breakages"
    hosts = clones(number + 1, sources, (BASE,))  # the last one stays well
    told = {"breakages": number, "missed": 0, "misjudged": 0, "false alarms": 0, "bad articles": 0}
    with Replica() as replica:
        for host in hosts.values():
            replica.web.site(host).on["conditional"] = False
        for _ in range(1 + _QUIET):
            night(replica, db, sources)
            told["false alarms"] += sum(v != "healthy" for v, _ in verdicts(db).values())
        for (name, host), breakage in zip(hosts.items(), chosen, strict=False):
            site = replica.web.site(host)
            if breakage.news:
                _publish(replica, host)
            site.answer = _answering(site, breakage.change)  # type: ignore[method-assign]
            _NAMES[name] = breakage.name
        night(replica, db, sources)
    found = verdicts(db)
    for name, breakage in zip(hosts, chosen, strict=False):
        verdict, note = found[name]
        told["missed"] += verdict == "healthy"
        told["misjudged"] += verdict != breakage.verdict or breakage.word not in note
    told["false alarms"] += found[list(hosts)[-1]][0] != "healthy"
    told["bad articles"] = sum(bad != "bodies cut" for bad in _bad(db))
    return told


_SENTENCE = "措施由街道和社区分工落实，业主代表参加验收。"
_NAMES: dict[str, str] = {}  # source: how it broke


def _answering(site: Site, change: Change) -> Callable[[Ask], Coroutine[Any, Any, Response]]:
    well = site.answer

    async def answer(ask: Ask) -> Response:
        return change(site, ask, await well(ask))

    return answer


def _publish(replica: Replica, host: str) -> None:
    for number in range(_NEW):
        words = f"第{number + 1}批改造项目已经批复。" + _SENTENCE * 9
        day = f"2026-11-{20 + number}"
        title = f"云溪市住建局关于第{number + 3}批老旧小区改造项目的通知"
        new: dict[str, Any] = {"title": title, "date": day, "body": words, "outlet": "云溪日报"}
        replica.publish(host, new, "政策法规")


def _bad(db: Path) -> list[str]:
    """How the sources broke of which something was believed that nobody had written."""
    with Archive.read(db) as archive:
        rows = archive.db.conn.execute(
            "SELECT a.source FROM articles a JOIN article_texts t ON t.article = a.id"
            " WHERE a.published >= '2026-11-20' AND t.body NOT LIKE ?",
            [f"%{_SENTENCE}%"],
        )
        return [_NAMES.get(source, "") for (source,) in rows]


TRIALS = (
    Trial("breakages", 40, breakages, ("missed", "misjudged", "false alarms", "bad articles")),
)
