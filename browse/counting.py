"""Facets of Datasette's own table page, counted as the results page counts: exact and at once.

By SQL each facet of a search looks every hit up in the table, which takes seconds for common words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from heapq import nsmallest
from typing import Any

from datasette.database import Results
from datasette.facets import ColumnFacet

from archive import search

from .room import Room, room_of

_TABLE = "articles"
_COLUMNS = frozenset({"source", "organisation_kind", "outlet", "region", "year", "body_kind"})
_HARMLESS = re.compile(
    r"_(search|sort|sort_desc|size|next|facet|facet_size|nofacet|nosuggest|nocount|labels|col|nocol"
    r"|shape|json|json_infinity|ttl|lang|script|dl|stream|trace|header|extra|nl)"
)
_ASKED = re.compile(r'\s*select [\["]?(\w+)[\]"]? as value, count\(\*\) as count from ')


class CountedFacet(ColumnFacet):  # type: ignore[misc]
    """Datasette's facet by column; where it is one of ours, the numbers come from memory."""

    ds: Any

    async def facet_results(self) -> Any:
        """What Datasette's facet gives."""
        room = room_of(self.ds)
        if room and self.database == room.database.name and self.table == _TABLE:
            wanted = _wanted(self.request.args)
            configs = [config["config"] for config in self.get_configs()]
            names = {config.get("column") or config.get("simple") for config in configs}
            if wanted and names & _COLUMNS:
                counts = await _counts(room, *wanted)
                self.ds = _Counted(self.ds, counts, self.get_facet_size() + 1)
        return await super().facet_results()


def _wanted(args: Any) -> tuple[search.Query, dict[str, Any]] | None:
    """The query and the chosen values of an address; None where it asks for more than these."""
    chosen: dict[str, Any] = {}
    for name in args:
        column = name.removesuffix("__exact")
        if column in _COLUMNS and len(args.getlist(name)) == 1:
            value = args.get(name)
            if column == "year" and not value.isdecimal():
                return None
            chosen[column] = int(value) if column == "year" else value
        elif not _HARMLESS.fullmatch(name):
            return None
    text = (args.get("_search") or "").strip()
    return (search.parse(text) if text else search.Query("")), chosen


async def _counts(
    room: Room, query: search.Query, chosen: Mapping[str, Any]
) -> Mapping[str, Mapping[Any, int]]:
    page = await room.ask(lambda c: room.reader.page(c, query, "newest", chosen, limit=0))
    return page.facets


class _Counted:
    """A Datasette that knows the answers to the questions of its facets."""

    def __init__(self, datasette: Any, counts: Mapping[str, Mapping[Any, int]], most: int) -> None:
        self._datasette = datasette
        self._counts = counts
        self._most = most

    def __getattr__(self, name: str) -> Any:
        return getattr(self._datasette, name)

    async def execute(self, database: str, sql: str, *parameters: Any, **options: Any) -> Any:
        """The rows of a facet from memory; of anything else, from the database."""
        asked = _ASKED.match(sql)
        if asked is None or asked[1] not in _COLUMNS:
            return await self._datasette.execute(database, sql, *parameters, **options)
        counted = self._counts[asked[1]].items()
        rows = nsmallest(self._most, counted, key=lambda item: (-item[1], item[0]))
        return Results([{"value": value, "count": n} for value, n in rows], False, ())
