"""What strangers may send and what the archive may hold: nothing of it runs, nothing breaks."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from reading_archive import ASSOCIATION, EVIL, GOVERNMENT, Visitor, make

from archive import Archive
from browse.application import PUBLIC, SETTINGS


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("room") / "archive.db"
    return {"path": path, **make(path, articles=12)}


@pytest.fixture(scope="module")
def room(keys: dict[str, Any]) -> Iterator[Visitor]:
    visitor = Visitor(keys["path"])
    yield visitor
    visitor.close()


@pytest.fixture(scope="module")
def public(keys: dict[str, Any]) -> Iterator[Visitor]:
    visitor = Visitor(
        keys["path"],
        settings={**SETTINGS, **PUBLIC},
        metadata={"plugins": {"tashan": {"public": True}}},
    )
    yield visitor
    visitor.close()


class _Markup(HTMLParser):
    """Everything in a page that could do something."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.scripts: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "script":
            self.scripts.append(values)
        if tag in ("img", "object", "embed", "base"):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.found.append(f"{tag} {name}")
            address = (value or "").strip().lower()
            if name in ("href", "src", "action") and address.startswith(("javascript:", "data:")):
                self.found.append(f"{tag} {name}={value}")


PLACES = (
    "/", "/search", "/search?q=恶意", "/search?q={evil}", "/article/{key}",
    "/article/{key}?q={evil}",
    "/article/{key}/changes", "/article/{key}/snapshot/1/0", f"/source/{ASSOCIATION}", "/source",
    "/runs", "/problems", "/problems?kind={evil}", "/guide", "/archive", "/archive/articles",
    "/archive/articles?_search={evil}", "/archive/article_texts", "/archive/problems",
    "/archive/attachments", "/archive/articles/{id}", "/-/databases-index", "/{evil}",
    "/search?outlet={evil}", "/search?q=恶意&_lang=en&_script=tw", "/search?page={evil}",
    "/archive/articles?_sort={evil}", "/archive?sql={evil}", "/article/{key}?images=all",
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_nothing_of_an_archived_page_runs(room: Visitor, keys: dict[str, Any], place: str) -> None:
    number = room.get(f"/archive/articles.json?key={keys['evil']}&_shape=array").json()[0]["id"]
    address = place.format(key=keys["evil"], evil=quote(EVIL), id=number)
    answer = room.get(address)
    assert answer.status_code < 500
    html = _Markup(answer.text)
    if "images=all" in place:
        html.found = [name for name in html.found if name != "<img>"]
    assert html.found == []
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    nonce = re.search(r"'nonce-([^']+)'", policy)
    assert nonce
    assert all(script["nonce"] == nonce[1] for script in html.scripts)
    assert "<b>粗</b>" not in answer.text


def test_each_answer_has_its_own_nonce(room: Visitor) -> None:
    policies = {room.get("/").headers["content-security-policy"] for _ in range(3)}
    assert len(policies) == 3


@pytest.mark.parametrize(
    "path", ["/", "/archive.json", "/archive/articles.csv", "/nothing", "/search.csv", "/feed.atom",
             "/-/static/app.css", "/archive.db"]
)  # fmt: skip
def test_every_answer_is_guarded(room: Visitor, path: str) -> None:
    headers = room.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors" in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/search?q=%22", 400),
        ("/search?q=%22%22", 400),
        ("/search?q=" + "长" * 401, 400),
        ("/search?q=" + "长" * 4000, 400),
        ("/search?q=自:昨天", 400),
        ("/search?q=标题:", 400),
        ("/search?q=不明:字段", 200),
        ("/search?q=%22没有合上", 200),
        ("/search?q=NEAR(a b) OR *", 200),
        ("/search?q='; drop table articles; --", 200),
        ("/search?q=title : ^ {a b}", 200),
        ("/search?q=%00", 400),
        ("/search?q=%EF%BF%BF养老", 200),
        ("/search?year=abc", 400),
        ("/search?year=99999", 200),
        ("/search?month=xx", 200),
        ("/search?page=0", 400),
        ("/search?page=-1", 400),
        ("/search?page=999999999", 404),
        ("/search?sort=nonsense", 200),
        ("/search?source=nonsense", 200),
        ("/article/nonsense", 404),
        ("/article/9999999999999999999", 404),
        ("/article/1/changes?from=x", 400),
        ("/archive/articles?_search=%22", 400),
        ("/archive/articles?_search_title=x", 400),
        ("/archive/articles?_fts_table=articles_fts&_search=x", 400),
        ("/archive/articles?_sort=nonsense", 400),
        ("/archive/articles?_sort_desc=nonsense", 400),
        ("/archive/articles?_through=nonsense", 400),
        ("/archive/articles?_size=nonsense", 400),
        ("/archive?sql=nonsense", 400),
        ("/archive/nothing", 404),
        ("/problems?run=x", 400),
    ],
)
def test_bad_input_gets_a_word_and_its_status(room: Visitor, path: str, status: int) -> None:
    answer = room.get(path)
    assert answer.status_code == status, answer.text[:300]
    assert answer.headers["content-type"].startswith("text/html")
    if status == 400:
        assert re.search(
            r'role="alert">\s*(<p class="status"[^>]*>\d+</p>)?\s*<h1>[一-鿿“]', answer.text
        )


def test_a_wrong_query_is_told_to_programs_too(room: Visitor) -> None:
    answer = room.get("/archive/articles.json?_search=自:昨天")
    assert answer.status_code == 400
    assert "不是日期" in answer.json()["error"]


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_is_written(room: Visitor, method: str) -> None:
    assert room.ask(method, "/search").status_code in (403, 405)


PARAMETERS = [
    "q",
    "sort",
    "page",
    "source",
    "kind",
    "outlet",
    "region",
    "year",
    "month",
    "form",
    "_script",
    "_lang",
    "images",
    "from",
    "to",
    "run",
    "_search",
    "_sort",
    "_sort_desc",
    "_facet",
    "_facet_size",
    "_next",
    "_size",
    "_where",
    "_through",
    "_col",
    "_nocol",
    "_labels",
    "_shape",
    "_nl",
    "_json",
    "_trace",
    "_ttl",
    "_nofacet",
    "_searchmode",
    "_filter_column",
    "_filter_op",
    "_filter_value",
    "sql",
    "id__gt",
    "title__contains",
    "published__date",
    "title__nonsense",
    "_facet_array",
    "_facet_date",
    "_stream",
    "_dl",
]
VALUES = (
    "", "1", "-1", "0", "x", "养老", "NULL", '"', "'", "%", "[]", "{}", "[1", "1e999",
    "99999999999999",
    "articles", "title", "select 1", "1=1", "a,b", "../../etc/passwd", "\u202e", "😀", "on",
    "max", ";",
)  # fmt: skip
PATHS = (
    "/", "/search", "/search.csv", "/search.jsonl", "/feed.atom", "/source",
    f"/source/{GOVERNMENT}",
    "/runs", "/runs/1", "/problems", "/guide", "/article/1", "/article/1/changes", "/archive",
    "/article/1/snapshot/1/0", "/article/1/cite/ris", "/archive.json", "/archive/articles",
    "/archive/articles.json", "/archive/articles.csv", "/archive/articles/1", "/archive/sources",
    "/archive/articles_fts", "/archive/每年篇数", "/archive/articles.nothing", "/-/nothing",
    "/a/b/c/d",
)  # fmt: skip


def test_a_thousand_strange_requests_never_break_it(public: Visitor, keys: dict[str, Any]) -> None:
    chance = random.Random(5)
    for _ in range(1000):
        chosen = chance.sample(PARAMETERS, chance.randint(0, 3))
        query = "&".join(f"{name}={quote(chance.choice(VALUES))}" for name in chosen)
        path = f"{chance.choice(PATHS)}?{query}"
        answer = public.get(path)
        assert answer.status_code < 500, (path, answer.text[:400])
        assert "Traceback" not in answer.text
        assert str(keys["path"].parent) not in answer.text, path


def test_strangers_get_no_sql_no_file_and_nothing_about_the_machine(public: Visitor) -> None:
    for path in (
        "/archive?sql=select+1", "/archive.json?sql=select+1", "/archive/articles?_where=1",
        "/archive.db", "/search.csv", "/archive/articles.csv?_stream=1",
    ):  # fmt: skip
        assert public.get(path).status_code in (400, 403, 404), path
    for name in ("databases", "threads", "plugins", "versions", "settings", "config", "metadata"):
        for tail in ("", ".json", "/"):
            assert public.get(f"/-/{name}{tail}").status_code in (302, 404), name
    assert "下载全部" not in public.text("/search")


def test_an_operator_keeps_them(room: Visitor) -> None:
    assert room.get("/archive.json?sql=select+1+as+one&_shape=array").json() == [{"one": 1}]
    assert room.get("/-/versions.json").status_code == 200


def test_the_archive_is_as_it_was(room: Visitor, keys: dict[str, Any]) -> None:
    path: Path = keys["path"]
    before = path.read_bytes()
    room.get("/archive?sql=delete+from+articles")
    room.get("/search?q=养老")
    assert path.read_bytes() == before


def test_a_spreadsheet_runs_nothing(keys: dict[str, Any], room: Visitor) -> None:
    with Archive.write(keys["path"]) as archive, archive.writing():
        signs = list(enumerate("=+-@＝＋－＠", 1))
        for number, sign in signs:
            archive.db.table("sources").upsert(
                {"id": f"formula-{number}", "title": f"{sign}cmd|' /C calc'!A0"}, pk="id"
            )
    text = room.get("/download/sources.csv").content.decode("utf-8-sig")
    cells = [row["title"] for row in csv.DictReader(io.StringIO(text))]
    assert sum("cmd" in cell for cell in cells) == len(signs)
    assert not any(
        cell.lstrip().startswith(tuple("=+-@＝＋－＠")) for cell in cells if "cmd" in cell
    )
