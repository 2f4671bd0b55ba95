"""The results of a search: exact total and facets, a timeline, twenty articles with snippets."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any, Literal
from urllib.parse import quote_plus

from datasette import Response
from markupsafe import Markup, escape

from archive import search

from .. import showing
from ..room import Room
from ..timeline import Timeline, timeline, years
from ..visit import Visit, joined

PAGE = 20
LONGEST = 200_000  # characters of a body in which a snippet is looked for
_VALUES = 40  # of a facet that are listed
ORDERS = {"relevance": "相关", "newest": "最新", "oldest": "最早"}

# The facets: the parameter's name, the column, the heading.
FACETS = {
    "source": ("source", "来源"),
    "kind": ("organisation_kind", "单位类别"),
    "outlet": ("outlet", "出处"),
    "region": ("region", "地区"),
    "year": ("year", "年份"),
    "month": ("month", "月份"),
    "form": ("body_kind", "形式"),
}

_ROWS = """
    SELECT a.id, a.key, a.title, a.title_original, a.published, a.outlet, a.author, a.source,
           a.region, a.document_number, a.characters, a.body_kind, a.damage, a.trust, a.state,
           a.revisions, a.wording, s.title AS source_title, s.organisation,
           substr(t.body, 1, :longest) AS body,
           substr(coalesce(t.body_original, t.body), 1, :longest) AS body_original
    FROM json_each(:ids) AS wanted
    JOIN articles a ON a.id = wanted.value
    LEFT JOIN sources s ON s.id = a.source
    LEFT JOIN article_texts t ON t.article = a.id
    ORDER BY wanted.key
"""


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    query: search.Query
    text: str
    order: Any
    chosen: Mapping[str, str | int]  # by the facet's parameter
    page: int

    @property
    def columns(self) -> dict[str, str | int]:
        """What is chosen, by column."""
        return {FACETS[name][0]: value for name, value in self.chosen.items()}


def asked(visit: Visit) -> Asked:
    """Reads the address. Raises QueryError and BadRequest where it cannot be understood."""
    text = visit.asked("q")
    query = search.parse(text) if text else search.Query("")
    order = visit.asked("sort")
    if order not in ORDERS:
        order = "relevance" if query.words else "newest"
    chosen: dict[str, str | int] = {}
    for name in FACETS:
        value = visit.asked(name)
        if value:
            chosen[name] = visit.number(name, 0) if name == "year" else value
    return Asked(query, text, order, chosen, visit.number("page", 1))


async def results(visit: Visit, room: Room) -> Response:
    """The page of results; a query that cannot be understood gives the reason and a form."""
    try:
        wish = asked(visit)
    except search.QueryError as error:
        word = error.english if visit.choice.lang == "en" else error.chinese
        return await visit.page("refused.html", status=400, word=word, typed=visit.asked("q"))

    def question(connection: Any) -> Any:
        found = room.reader.page(
            connection, wish.query, wish.order, wish.columns, PAGE, (wish.page - 1) * PAGE
        )
        values = {"ids": json.dumps(found.ids), "longest": LONGEST}
        titles = dict(connection.execute("SELECT id, title FROM sources").fetchall())
        return found, [dict(row) for row in connection.execute(_ROWS, values)], titles

    found, rows, titles = await room.ask(question)
    beyond = wish.page > 1 and not rows
    return await visit.page(
        "results.html",
        status=404 if beyond else 200,
        wish=wish,
        query=wish.text,
        typed=wish.text,
        total=found.total,
        pages=-(-found.total // PAGE),
        hits=_hits(visit, wish, rows),
        facets=_facets(visit, wish, found.facets, titles),
        times=_times(visit, wish, found.facets),
        removed=_removals(visit, wish, titles),
        exported=_exported(visit, room, wish),
        ORDERS=ORDERS,
    )


def _hits(visit: Visit, wish: Asked, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows as the page shows them; the same text from several sites is shown once."""
    hits: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row["wording"] in hits:
            hits[row["wording"]]["same"].append(row)
        else:
            shown = _shown(row, wish.query, visit.choice.script == "original")
            hits[row["wording"]] = shown | {"same": []}
    return list(hits.values())


def _shown(row: dict[str, Any], query: search.Query, original: bool) -> dict[str, Any]:
    """A row as the page shows it: title and snippet marked, in one script or as published."""
    title = (original and row["title_original"]) or row["title"]
    body = row["body_original" if original else "body"] or ""
    return row | {
        "title": Markup(search.mark(title, query, _escaped)),  # noqa: S704  escaped piece by piece
        "snippet": Markup(search.snippet(body, query, 150, _escaped)),  # noqa: S704
        "place": joined([row["outlet"], row["author"]]),
    }


def _escaped(text: str) -> str:
    return str(escape(text))


def _facets(visit: Visit, wish: Asked, counted: Any, titles: Mapping[str, str]) -> list[Any]:
    """The facets that tell anything: heading, and values with label, number and address."""
    shown = []
    for name, (column, heading) in FACETS.items():
        values = counted.get(column, {})
        if name == "month" or (name not in wish.chosen and len(values) < 2):
            continue
        without = _adding(visit, wish, name)
        items = [
            {
                "label": label(visit, name, value, titles),
                "number": number,
                "address": without("") if name in wish.chosen else without(str(value)),
                "chosen": wish.chosen.get(name) == value,
            }
            for value, number in _ordered(name, values)
        ]
        shown.append({"name": name, "heading": heading, "items": items})
    return shown


def _adding(visit: Visit, wish: Asked, name: str) -> Callable[[str], str]:
    """The address of these results with a value of one parameter, or without it, made quickly."""
    address = visit.link("/search", **parameters(wish, {name: None}))
    start = f"{address}{'&' if '?' in address else '?'}{name}="
    return lambda value: start + quote_plus(value) if value else address


def _ordered(name: str, values: Any) -> list[tuple[Any, int]]:
    """Years from the newest; everything else from the most."""
    if name == "year":
        return sorted(values.items(), reverse=True)
    return nsmallest(_VALUES, values.items(), key=lambda item: (-item[1], str(item[0])))


def label(visit: Visit, name: str, value: Any, titles: Mapping[str, str]) -> str:
    """A value of a facet as readers call it."""
    if name == "source":
        return titles.get(value) or str(value)
    if name in ("kind", "form"):
        known = showing.KINDS if name == "kind" else showing.FORMS
        return visit.say(known[value]) if value in known else str(value)
    if name == "region":
        return showing.region(visit.choice.lang, value)
    if name in ("year", "month"):
        return showing.day(visit.choice.lang, str(value))
    return str(value)


def parameters(wish: Asked, changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The address of these results as parameters, some changed; always its first page."""
    order = wish.order if wish.order != ("relevance" if wish.query.words else "newest") else None
    made = {"q": wish.text, "sort": order, **wish.chosen, **(changes or {})}
    if made.get("year") is None:
        made.pop("month", None)
    return made


def _times(visit: Visit, wish: Asked, counted: Any) -> Timeline:
    """The timeline: by year, or by month of the one year that was chosen."""
    year = wish.chosen.get("year")
    if year is None:
        name: Literal["year", "month"] = "year"
        rows = years({str(value): number for value, number in counted["year"].items()})
    else:
        name = "month"
        spans = [f"{year}-{month:02}" for month in range(1, 13)]
        rows = [(span, counted["month"].get(span, 0)) for span in spans]
    addresses = list(map(_adding(visit, wish, name), [span for span, _number in rows]))
    return timeline(name, rows, addresses)


def _removals(visit: Visit, wish: Asked, titles: Mapping[str, str]) -> list[dict[str, str]]:
    """What is chosen, each with the address without it."""
    return [
        {
            "heading": FACETS[name][1],
            "label": label(visit, name, value, titles),
            "address": visit.link("/search", **parameters(wish, {name: None})),
        }
        for name, value in wish.chosen.items()
    ]


def _exported(visit: Visit, room: Room, wish: Asked) -> dict[str, str]:
    """Addresses of the same results elsewhere: as files, as a feed, in Datasette's table."""
    values = parameters(wish)
    table = {"_search": wish.text, **{f"{column}__exact": v for column, v in wish.columns.items()}}
    table.pop("month__exact", None)
    if "month" in wish.chosen:
        table["published__startswith"] = wish.chosen["month"]
    return {
        "csv": visit.link("/search.csv", **values),
        "jsonl": visit.link("/search.jsonl", **values),
        "parquet": visit.link("/search.parquet", **values),
        "feed": visit.link("/feed.atom", **parameters(wish, {"sort": None})),
        "table": visit.link(f"/{room.database.route}/articles", **table),
    }
