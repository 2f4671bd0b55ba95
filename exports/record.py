"""What is known of an article when it is cited or announced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.reading import Reading

# The fields of Record in order, for any connection to an archive; add FROM-side conditions.
SELECT = (
    "SELECT a.key, a.title, a.url, coalesce(a.published, ''), coalesce(a.author, ''),"
    " coalesce(a.outlet, ''), coalesce(a.issuer, ''), coalesce(s.organisation, ''),"
    " coalesce(a.column_name, ''), coalesce(a.document_number, ''), coalesce(a.script, ''),"
    " a.source, coalesce(s.title, ''), a.first_seen,"
    " coalesce((SELECT max(r.first_seen) FROM revisions r WHERE r.article = a.id), a.first_seen),"
    " substr(coalesce(t.body, ''), 1, 400)"
    " FROM articles a LEFT JOIN sources s ON s.id = a.source"
    " LEFT JOIN article_texts t ON t.article = a.id"
)


@dataclass(frozen=True, slots=True)
class Record:
    """An article in short; '' where nothing is known. ``Record(*row)`` of SELECT.

    ``published`` is ISO 8601 as far as known; ``first_seen`` and ``changed`` are moments in UTC;
    ``opening`` is how the text begins.
    """

    key: str
    title: str
    url: str
    published: str = ""
    author: str = ""
    outlet: str = ""
    issuer: str = ""
    organisation: str = ""
    column: str = ""
    document_number: str = ""
    script: str = ""
    source: str = ""
    source_title: str = ""
    first_seen: str = ""
    changed: str = ""
    opening: str = ""

    @property
    def authors(self) -> list[str]:
        """The persons named as authors."""
        return [name.strip() for name in self.author.split("、") if name.strip()]

    @property
    def responsible(self) -> list[str]:
        """Who answers for the text: its authors, else the issuing body, outlet or publisher."""
        bodies = (self.issuer, self.outlet, self.organisation)
        return self.authors or [next((name for name in bodies if name), "")]

    @property
    def publisher(self) -> str:
        """Where it appeared: the outlet it names, else who keeps the site."""
        return self.outlet or self.organisation

    @property
    def day(self) -> str:
        """The date of publication without its time: 2019-08-16, 2019-08, 2019 or ''."""
        return self.published[:10]


def chosen(reading: Reading, most: int = -1) -> Iterator[Record]:
    """The chosen articles, the newest in the archive first; ``most`` of them."""
    for (number,) in reading.ask("SELECT id FROM temp.chosen ORDER BY id DESC LIMIT ?", [most]):
        yield from _where(reading, "a.id = ?", number)


def by_name(reading: Reading, name: str) -> Record | None:
    """The article of this key or, where it is a number, of this id."""
    found = next(_where(reading, "a.key = ?", name), None)
    if found is None and name.isdecimal() and len(name) < 19:
        found = next(_where(reading, "a.id = ?", int(name)), None)
    return found


def _where(reading: Reading, condition: str, value: int | str) -> Iterator[Record]:
    for row in reading.ask(f"{SELECT} WHERE {condition}", [value]):
        yield Record(*row)
