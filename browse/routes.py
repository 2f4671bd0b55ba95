"""The addresses of the reading room, and what is answered when something is wrong."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import Response
from datasette.utils import sqlite3
from datasette.views.index import IndexView

from . import files
from .citing import STYLES
from .pages import (
    article,
    changes,
    citation,
    download,
    feed,
    guide,
    home,
    problems,
    results,
    runs,
    snapshot,
)
from .pages import sources as source_pages
from .room import Room, room_of
from .visit import BadRequest, Missing, Visit, as_json

Page = Callable[[Visit, Room], Awaitable[Response]]

_KEY = r"(?P<key>[a-z0-9]{1,20})"
PAGES: dict[str, Page] = {
    r"/": home.home,
    r"/search": results.results,
    r"/search\.(?P<format>csv|jsonl|parquet)": download.results,
    r"/download/(?P<table>[^/]{1,100})\.(?P<format>csv|jsonl|parquet)": download.table,
    r"/feed\.atom": feed.feed,
    rf"/article/{_KEY}/cite/(?P<style>{'|'.join(STYLES)})": citation.citation,
    rf"/article/{_KEY}": article.article,
    rf"/article/{_KEY}/changes": changes.changes,
    rf"/article/{_KEY}/snapshot/(?P<revision>\d{{1,9}})/(?P<page>\d{{1,9}})": snapshot.snapshot,
    r"/source": source_pages.sources,
    r"/source/(?P<source>[a-z0-9-]{1,100})": source_pages.source,
    r"/runs": runs.runs,
    r"/runs/(?P<run>\d{1,15})": runs.runs,
    r"/problems": problems.problems,
    r"/guide": guide.guide,
}
NAMES = frozenset({"search", "download", "article", "source", "runs", "problems", "guide", "feed"})
STOCK_INDEX = r"/-/databases-index(\.(?P<format>jsono?))?$"


def routes(datasette: Any) -> list[tuple[str, Any]]:
    """What is routed to us: nothing, unless exactly one archive is open."""
    room = room_of(datasette)
    if room is None:
        return [(files.ROUTE, files.send_file)]
    for database in datasette.databases.values():
        if database.route in NAMES:  # a file named search.db keeps its pages under another name
            database.route += "_"
    made = [(f"{path}$", _answering(page, room)) for path, page in PAGES.items()]
    stock = IndexView.as_view(datasette)

    async def stock_index(request: Any, send: Any) -> Any:
        return await stock(request, send)

    return [
        *made,
        (STOCK_INDEX, stock_index),
        (files.ROUTE, files.send_file),
        (r"/robots\.txt$", _robots(room)),
    ]


def _robots(room: Room) -> Any:
    """Articles and sources are for search engines; searches and tables would never end."""
    base = room.datasette.setting("base_url")
    closed = ("search", "feed.atom", "runs", "problems", "-/", room.database.route)
    text = "User-agent: *\n" + "".join(f"Disallow: {base}{path}\n" for path in closed)

    async def view(request: Any) -> Response:
        return Response.text(text, headers={"cache-control": "max-age=86400"})

    return view


def _answering(page: Page, room: Room) -> Any:
    async def view(request: Any) -> Response:
        visit = Visit.of(room.datasette, request, room)
        if request.method not in ("GET", "HEAD"):
            word = visit.say("这里只能阅读。")
            return await visit.page(
                "error.html", 405, {"allow": "GET, HEAD"}, word=word, number=405
            )
        try:
            return await page(visit, room)
        except Exception as error:
            return await failure(visit, error)

    return view


async def failure(visit: Visit, error: Exception) -> Response:
    """The page that says what went wrong, with the status that HTTP has for it."""
    status, word = _said(visit, error)
    if status >= 500:
        logging.getLogger(__name__).error("%s: %s", visit.request.path, error, exc_info=error)
    if visit.request.path.endswith(".json"):
        return as_json({"ok": False, "error": word, "status": status, "title": None}, status)
    return await visit.page("error.html", status, word=word, number=status)


def _said(visit: Visit, error: Exception) -> tuple[int, str]:
    """Status and word for an error."""
    if isinstance(error, BadRequest | Missing):
        return error.status, visit.say(str(error))
    if isinstance(error, sqlite3.OperationalError) and "interrupted" in str(error):
        return 503, visit.say("这次查询太慢，已经停下。请加上别的词，或缩小年份、来源的范围。")
    if isinstance(error, sqlite3.OperationalError) and "no such" in str(error):
        return 503, visit.say("这个档案库不完整：缺少需要的表或列。")
    if isinstance(error, sqlite3.DatabaseError):
        return 503, visit.say("档案库暂时无法读取。")
    return 500, visit.say("程序出错了。")
