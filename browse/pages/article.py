"""The page of one article: its text to be read, and everything the archive knows about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from datasette import Response
from markupsafe import Markup

from archive import search
from exports.citation import meta_tags

from .. import citing, showing
from ..rendering import Body, plain_html, render
from ..repairs import guesses
from ..room import Room
from ..visit import Missing, Visit

_LISTED_EDITS = 200  # edits that the page lists
_LONGEST = 2_000_000  # characters of a body that are shown
_ARTICLE = """
    SELECT a.*, t.*, s.title AS source_title, s.organisation, s.kind AS source_kind, s.terms
    FROM articles a
    LEFT JOIN article_texts t ON t.article = a.id
    LEFT JOIN sources s ON s.id = a.source
    WHERE {} = ?
"""
_PARTS = {
    "urls": "SELECT url, source, first_seen, last_seen FROM article_urls WHERE article = ?"
    " ORDER BY first_seen, url LIMIT 100",
    "attachments": "SELECT name, type, url FROM attachments WHERE article = ?"
    " ORDER BY position LIMIT 500",
    "images": "SELECT name, caption, url FROM images WHERE article = ? ORDER BY position LIMIT 500",
    "repairs": "SELECT field, offset, before, after, sure, rule FROM repairs WHERE article = ?"
    " ORDER BY id LIMIT 20000",
    "revisions": "SELECT id, number, kind, title, first_seen, last_seen FROM revisions"
    " WHERE article = ? ORDER BY number DESC LIMIT 500",
    "snapshots": "SELECT s.page, s.url, s.fetched, s.size, s.status, r.number FROM snapshots s"
    " JOIN revisions r ON r.id = s.revision WHERE r.article = ?"
    " ORDER BY r.number DESC, s.page LIMIT 200",
}
_REPRINTS = """
    SELECT a.key, a.title, a.published, a.outlet, s.title AS source_title
    FROM sources s JOIN articles a ON a.source = s.id AND a.wording = :wording
    WHERE a.id <> :id ORDER BY a.published LIMIT 50
"""

DOCUMENT = {  # the table of a government document: column, heading
    "index_number": "索引号",
    "document_number": "发文字号",
    "issuer": "发布机构",
    "signed": "成文日期",
    "in_force": "施行日期",
    "topics": "主题词",
    "classification": "分类",
    "validity": "有效性",
}


def one(connection: Any, key: str) -> dict[str, Any]:
    """The article of a key, or of a number. Raises Missing."""
    row = connection.execute(_ARTICLE.format("a.key"), [key]).fetchone()
    if row is None and key.isdecimal() and len(key) < 19:
        row = connection.execute(_ARTICLE.format("a.id"), [int(key)]).fetchone()
    if row is None:
        raise Missing("档案库里没有这篇文章。")
    return dict(row)


async def article(visit: Visit, room: Room) -> Response:
    """The article; by its number the address is answered with the lasting one."""
    key = visit.request.url_vars["key"]

    def question(connection: Any) -> Any:
        row = one(connection, key)
        parts = {
            name: [dict(part) for part in connection.execute(sql, [row["id"]])]
            for name, sql in _PARTS.items()
        }
        values = {"wording": row["wording"], "id": row["id"]}
        reprints = [dict(found) for found in connection.execute(_REPRINTS, values)]
        return row, parts, reprints, citing.records(connection, [row["id"]])[0]

    row, parts, reprints, record = await room.ask(question)
    if row["key"] != key:
        return Response.redirect(visit.link("/article/" + row["key"], q=visit.asked("q")), 301)
    query = _query(visit)
    original = visit.choice.script == "original"
    shown = _images(visit, parts["images"])
    body = _body(visit, row, parts["repairs"], query, original, shown)
    return await visit.page(
        "article.html",
        article=row,
        **parts,
        edits=parts["repairs"][:_LISTED_EDITS],
        unsure=sum(not edit["sure"] for edit in parts["repairs"]),
        reprints=reprints,
        title=(original and row["title_original"]) or row["title"],
        body=body,
        long=(row["characters"] or 0) > _LONGEST,
        query=query.text if query else "",
        typed=query.text if query else "",
        document=[(head, row[name]) for name, head in DOCUMENT.items() if row[name]],
        citations=citing.citations(record),
        meta=meta_tags(record),
        wanted=shown,
    )


def _query(visit: Visit) -> search.Query | None:
    """The words to mark; an address that carries none, or nonsense, marks nothing."""
    try:
        return search.parse(visit.asked("q")) if visit.asked("q") else None
    except search.QueryError:
        return None


def _images(visit: Visit, images: Sequence[Mapping[str, Any]]) -> frozenset[int]:
    """The pictures that the reader asked for, by number from 1; the policy lets them load."""
    said = visit.asked("images")
    if said == "all":
        wanted = frozenset(range(1, len(images) + 1))
    else:
        numbers = {int(part) for part in said.split(".") if part.isdecimal() and len(part) < 5}
        wanted = frozenset(numbers & set(range(1, len(images) + 1)))
    origins = {showing.origin(images[number - 1]["url"]) for number in wanted}
    visit.images = tuple(sorted(origins - {""}))
    return wanted


def _body(
    visit: Visit,
    row: Mapping[str, Any],
    edits: Sequence[Mapping[str, Any]],
    query: search.Query | None,
    original: bool,
    wanted: frozenset[int],
) -> Body:
    found = partial(search.spans, query=query) if query else lambda _text: ()
    if original and row["body_original"]:
        return plain_html(row["body_original"][:_LONGEST], found)
    plain = (row["body"] or "")[:_LONGEST]
    doubtful = guesses(edits, plain) if row["damage"] else []
    picture = partial(_picture, visit, wanted)
    return render((row["markdown"] or "")[:_LONGEST], found, doubtful, plain, picture)


def _picture(visit: Visit, wanted: frozenset[int], address: str, caption: str, number: int) -> str:
    """A picture that is asked for, or a place that says where it would come from."""
    url = showing.safe_url(address)
    values = {
        "number": number,
        "caption": caption,
        "host": showing.host(url),
        "words": visit.say("图 {number}", number=number),
    }
    if url and number in wanted:
        made = (
            '<span class="picture"><img src="{url}" alt="{alt}" loading="lazy" decoding="async"'
            ' referrerpolicy="no-referrer"></span>'
        )
        return str(Markup(made).format(url=url, alt=caption or values["words"]))  # noqa: S704  values are escaped
    numbers = ".".join(map(str, sorted({*wanted, number})))
    values["show"] = visit.here(images=numbers) + f"#picture-{number}"
    values["word"] = visit.say("显示图片")
    values["from"] = visit.say("取自 {host}", host=values["host"]) if url else ""
    link = '<a href="{show}" rel="nofollow">{word}</a> ' if url else ""
    made = (
        '<span class="picture asleep" id="picture-{number}"><span class="frame">{words}</span>'
        f' {{caption}} <span class="where">{link}' + "{from}</span></span>"
    )
    return str(Markup(made).format(**values))  # noqa: S704  our own markup, values escaped
