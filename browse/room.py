"""Room: the one archive that a Datasette has open, and how the pages ask it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from datasette.utils import sqlite3, sqlite_timelimit

from archive import search

from .archives import archives
from .overview import Overviews

T = TypeVar("T")

FACETS = ("source", "organisation_kind", "outlet", "region", "year", "month", "body_kind")
_PATIENCE = 5_000  # milliseconds that the SQL of one page may take,
_PUBLIC_PATIENCE = 2_000  # and that of a page for strangers


@dataclass(eq=False)
class Room:
    """One archive as served by one Datasette.

    ``public``: readers are strangers, so nothing about the machine is shown.
    """

    datasette: Any
    database: Any
    public: bool = False
    reader: search.Reader = field(default_factory=lambda: search.Reader(FACETS))
    overviews: Overviews = field(default_factory=Overviews)
    warming: Any = None  # the task that reads ahead, held so that it is not lost

    async def ask(self, question: Callable[[Any], T]) -> T:
        """Runs ``question(connection)`` in a thread of Datasette's, within a time limit.

        What the whole archive must be read for is read before and outside of the limit: it is
        done once for each state of the archive, whoever asks.
        """

        def within(connection: Any) -> T:
            self.reader.columns(connection)
            with sqlite_timelimit(connection, _PUBLIC_PATIENCE if self.public else _PATIENCE):
                return question(connection)

        return await self.run(within)

    async def run(self, question: Callable[[Any], T]) -> T:
        """The same without a limit and without preparation."""
        answer: T = await self.database.execute_fn(question)
        return answer

    async def warm(self) -> None:
        """Reads what the first visitor would otherwise wait for."""
        with suppress(sqlite3.Error):  # the first visitor is told
            await self.run(self.reader.columns)
            await self.run(self.overviews.latest)


_rooms: WeakKeyDictionary[Any, Room | None] = WeakKeyDictionary()


def room_of(datasette: Any) -> Room | None:
    """The room of a Datasette; None unless exactly one archive is open."""
    if datasette not in _rooms:
        names = archives(datasette)
        config = datasette.plugin_config("tashan") or {}
        public = bool(config.get("public"))
        only = datasette.databases[names[0]] if len(names) == 1 else None
        if only:  # a reader's mistake in SQL is told to the reader; it is nothing for the log
            only.execute = partial(only.execute, log_sql_errors=False)
        _rooms[datasette] = Room(datasette, only, public) if only else None
    return _rooms[datasette]
