"""Reader: a page of results with its exact total and facets, and what was found kept at hand."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from heapq import nsmallest
from threading import Lock
from typing import Literal

from .columns import Columns, Value
from .index import Connection, version
from .matching import Compiled, Match, compile  # noqa: A004  as re.compile
from .query import Query
from .results import Ids, common, hits, in_titles, scores, without

Order = Literal["relevance", "newest", "oldest"]

SCORED = 20_000  # hits times words for which bm25 is asked; among more it says nothing
_KEPT = 4_000_000  # ids of earlier results kept at hand, 8 bytes each


@dataclass(frozen=True, slots=True)
class Page:
    """One page of results: ``ids`` in order, of ``total``; how many of all have which value."""

    compiled: Compiled
    total: int
    ids: list[int]
    facets: dict[str, Counter[Value]]


class Reader:
    """Answers queries on one archive; one is enough for all threads and connections.

    It holds the columns for facets in memory and reads them again when the index has changed.
    """

    def __init__(self, facets: tuple[str, ...]) -> None:
        """``facets``: keys of columns.FACETS, in the order they are shown."""
        self._facets = facets
        self._lock = Lock()
        self._held: _Held | None = None

    def page(
        self,
        connection: Connection,
        query: Query | str,
        order: Order = "relevance",
        chosen: Mapping[str, Value] | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> Page:
        """One page of results, narrowed to the chosen values of facets. Raises QueryError.

        Relevance: articles with all words in the title come first; among equals the best by
        bm25 where there are few hits, the newest where there are many.
        """
        compiled = compile(query)
        chosen = chosen or {}
        with _unmoved(connection):
            held = self._up_to_date(connection)
            columns = held.columns
            ids = columns.narrowed(self._hits(connection, compiled, held), chosen)
            if order == "relevance":
                named = in_titles(connection, compiled)
                if chosen or not isinstance(compiled.plan, Match):
                    named = common(named, ids)
                few = len(ids) * len(compiled.query.words) <= SCORED
                score = scores(connection, compiled) if few else {}
                shown = _by_relevance(columns, ids, named, score, limit, offset)
            else:
                shown = columns.by_date(ids, order, limit, offset)
        return Page(compiled, len(ids), shown, columns.facets(ids))

    def columns(self, connection: Connection) -> Columns:
        """The columns as they are now."""
        with _unmoved(connection):
            return self._up_to_date(connection).columns

    def _up_to_date(self, connection: Connection) -> _Held:
        now = version(connection)
        with self._lock:
            if self._held is None or self._held.version != now:
                self._held = _Held(now, Columns(connection, self._facets), OrderedDict())
            return self._held

    def _hits(self, connection: Connection, compiled: Compiled, held: _Held) -> Ids:
        key = compiled.query.text
        with self._lock:
            if key in held.found:
                held.found.move_to_end(key)
                return held.found[key]
        ids = hits(connection, compiled)
        with self._lock:
            held.found[key] = ids
            size = sum(map(len, held.found.values()))
            while size > _KEPT:
                size -= len(held.found.popitem(last=False)[1])
        return ids


@dataclass(frozen=True, slots=True)
class _Held:
    """What belongs to one version of the index."""

    version: int
    columns: Columns
    found: OrderedDict[str, Ids]


@contextmanager
def _unmoved(connection: Connection) -> Iterator[None]:
    """All reads inside see the archive as it is at the first, whoever writes it meanwhile."""
    connection.execute("SAVEPOINT reading")
    try:
        yield
    except BaseException:
        with suppress(Exception):  # the error that is under way says more
            connection.execute("RELEASE reading")
        raise
    connection.execute("RELEASE reading")


def _by_relevance(
    columns: Columns,
    ids: Ids,
    named: Ids,
    score: Mapping[int, float],
    limit: int,
    offset: int,
) -> list[int]:
    others = without(ids, named)
    if score:
        end = offset + limit
        titled = nsmallest(end, reversed(named.tolist()), key=score.__getitem__)
        rest = nsmallest(end - len(titled), reversed(others.tolist()), key=score.__getitem__)
        return (titled + rest)[offset:]
    titled = columns.by_date(named, "newest", limit, offset)
    start = max(0, offset - len(named))
    return titled + columns.by_date(others, "newest", limit - len(titled), start)
