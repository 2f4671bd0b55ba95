"""Reading: one settled view of the archive for a dataset, and the articles chosen from it.

What a crawl writes meanwhile is not seen. The ids of the chosen articles stand in the temporary
table ``chosen``; everything else is asked by joining it, so that no choice needs memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from pysqlite3 import dbapi2 as sqlite3

from model.errors import ArchiveError, ChoiceError
from model.snapshot import Snapshot

from . import search, snapshots
from .database import Archive

Row = tuple[Any, ...]
Values = Sequence[Any] | Mapping[str, Any]

_LOOK_UP = 1_000_000  # steps of SQLite between two chances for Ctrl-C
_ALLOWED = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)
_ID_COLUMNS = ("id", "article", "key")


class Reading:
    """A context: inside it every question is answered from one state of the archive.

    All articles are chosen at first; ``choose`` and ``narrow`` leave fewer.
    """

    def __init__(self, archive: Archive) -> None:
        self.path = archive.path
        self._db = archive.db
        self._connection: Any = archive.db.conn

    def __enter__(self) -> Reading:
        self._texts = self._connection.text_factory
        self._connection.text_factory = _tolerant
        self._connection.set_progress_handler(lambda: 0, _LOOK_UP)
        self._do("BEGIN")
        self._do("CREATE TEMP TABLE chosen (id INTEGER PRIMARY KEY)")
        self._do("INSERT INTO temp.chosen SELECT id FROM articles")
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.set_progress_handler(None, 0)
        self._connection.rollback()
        self._connection.text_factory = self._texts

    def ask(self, sql: str, values: Values = ()) -> Iterator[Row]:
        """The rows of a SELECT, one after the other. Raises ArchiveError.

        Text that is no UTF-8 comes with U+FFFD in the places that cannot be read.
        """
        try:
            yield from self._connection.execute(sql, values)
        except sqlite3.DatabaseError as error:
            raise self._failed(error) from error

    def columns(self, table: str) -> dict[str, str]:
        """The columns of a table, in order, with their SQL types."""
        return {row[1]: row[2] for row in self.ask(f"PRAGMA table_info({table})")}

    def function(self, name: str, function: Callable[..., Any]) -> None:
        """Offers a function of one argument to what is asked."""
        self._connection.create_function(name, 1, function, deterministic=True)

    def choose(self, condition: str, values: Values = ()) -> None:
        """Leaves chosen the articles (alias ``a``) for which an SQL condition holds."""
        self._do(
            "DELETE FROM temp.chosen WHERE id NOT IN"  # noqa: S608  conditions of our own
            f" (SELECT a.id FROM articles a WHERE {condition})",
            values,
        )

    def narrow(self, articles: Iterable[int | str]) -> None:
        """Leaves chosen only these articles, named by id or key.

        Raises ChoiceError where one is no article of the archive.
        """
        self._do("CREATE TEMP TABLE IF NOT EXISTS given (article PRIMARY KEY)")
        self._do("DELETE FROM temp.given")
        self._take(articles)

    def count(self) -> int:
        """How many articles are chosen."""
        return int(next(self.ask("SELECT count(*) FROM temp.chosen"))[0])

    def matching(self, query: str) -> list[int]:
        """The ids of the articles a search finds. Raises ChoiceError where it asks for nothing."""
        try:
            return search.find(self._connection, search.compile(query))
        except search.QueryError as error:
            raise ChoiceError(f"search {query!r}: {error}") from None

    def narrow_by(self, sql: str) -> None:
        """Leaves chosen what one SELECT gives in a column id, article or key, or its only column.

        Nothing but reading this archive is allowed. Raises ChoiceError.
        """
        self._do("CREATE TEMP TABLE IF NOT EXISTS given (article PRIMARY KEY)")
        self._do("DELETE FROM temp.given")
        try:
            self._connection.set_authorizer(_reading_only)
            try:
                cursor = self._connection.execute(sql)
            finally:
                self._connection.set_authorizer(None)
            if cursor.description is None:
                raise ChoiceError("--sql: is no SELECT")
            place = _id_column([column[0] for column in cursor.description])
            self._take(row[place] for row in cursor)
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise ChoiceError(f"--sql: {error}; give one SELECT that gives ids") from None

    def pages(self, newest: bool = True) -> Iterator[tuple[str, int, list[Snapshot]]]:
        """The raw pages of the chosen articles: key, number of the revision, its pages.

        ``newest``: only of the newest revision. A revision without pages, or of which a published
        copy withholds a page, is left out.
        """
        rows = self.ask(
            "SELECT a.key, r.number, r.id FROM temp.chosen c CROSS JOIN articles a ON a.id = c.id"  # noqa: S608
            " CROSS JOIN revisions r ON r.article = a.id"
            f" {'AND r.number = a.revisions' if newest else ''}"
            " WHERE NOT EXISTS (SELECT 1 FROM snapshots WHERE revision = r.id AND body IS NULL)"
            " ORDER BY c.id, r.number"
        )
        for key, number, revision in rows:
            pages = snapshots.load(self._db, revision)
            if pages:
                yield key, number, pages

    def without_pages(self, newest: bool = True) -> int:
        """How many of the chosen articles ``pages`` gives nothing of."""
        number = "AND r.number = (SELECT revisions FROM articles WHERE id = c.id)" if newest else ""
        rows = self.ask(
            "SELECT count(*) FROM temp.chosen c WHERE NOT EXISTS"  # noqa: S608  of our own
            " (SELECT 1 FROM revisions r JOIN snapshots s ON s.revision = r.id"
            f" WHERE r.article = c.id {number} AND NOT EXISTS"
            " (SELECT 1 FROM snapshots WHERE revision = r.id AND body IS NULL))"
        )
        return int(next(rows)[0])

    def _take(self, articles: Iterable[int | str]) -> None:
        self._connection.executemany(
            "INSERT OR IGNORE INTO temp.given VALUES (?)", ((article,) for article in articles)
        )
        strange = next(
            self.ask(
                "SELECT article FROM temp.given WHERE NOT EXISTS"
                " (SELECT 1 FROM articles WHERE id = article OR key = article) LIMIT 1"
            ),
            None,
        )
        if strange:
            raise ChoiceError(f"no article has the id or key {strange[0]!r}")
        given = "(SELECT article FROM temp.given)"
        self.choose(f"a.id IN {given} OR a.key IN {given}")

    def _do(self, sql: str, values: Values = ()) -> None:
        try:
            self._connection.execute(sql, values)
        except sqlite3.DatabaseError as error:
            raise self._failed(error) from error

    def _failed(self, error: Exception) -> ArchiveError:
        return ArchiveError(f"{self.path}: cannot be read ({error})")


def _tolerant(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _reading_only(action: int, first: str | None, *_: str | None) -> int:
    # The full-text index looks whether it has changed before it answers.
    if action == sqlite3.SQLITE_PRAGMA and first == "data_version":
        return int(sqlite3.SQLITE_OK)
    return int(sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY)


def _id_column(names: list[str]) -> int:
    for name in _ID_COLUMNS:
        if name in names:
            return names.index(name)
    if len(names) == 1:
        return 0
    raise ChoiceError(f"--sql: gives {', '.join(names)}; none is called id, article or key")
