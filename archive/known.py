"""Which article an address or a wording is of: one article may stand at several addresses."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

_KNOWN = """
    SELECT a.id, a.wording, a.revisions, r.id, r.title, r.body, a.source, a.published, a.outlet
    FROM articles a JOIN revisions r ON r.article = a.id AND r.number = a.revisions
"""
_BY_URL = _KNOWN + "JOIN article_urls u ON u.article = a.id WHERE u.url = ?"
_BY_TWIN = _KNOWN + "JOIN article_urls u ON u.article = a.id WHERE u.url IN (?, ?, ?, ?) LIMIT 1"
_BY_WORDING = _KNOWN + "WHERE a.source = ? AND a.wording = ? ORDER BY a.id LIMIT 1"
# Columns of one site show one article; elsewhere the same wording is a reprint.
_IN_SISTERS = """
    WHERE a.source IN (
        SELECT s.id FROM sources s JOIN sources o ON o.organisation = s.organisation WHERE o.id = ?
    ) AND a.wording = ? AND r.body <> '' ORDER BY a.id
"""


@dataclass(frozen=True, slots=True)
class Known:
    """An article in the archive as its newest wording stands."""

    id: int
    wording: str
    revisions: int
    revision: int
    title: str
    body: str
    source: str
    published: str | None
    outlet: str | None
    attachments: tuple[str, ...]
    files: tuple[str, ...]  # addresses of the attachments


def find(db: Database, source: str, url: str, wording: str) -> Known | None:
    """The article known under this canonical address, or under another one of the same.

    The same are addresses that differ in www and https alone, pages of one source with the same
    wording, and pages of one host in several columns of one organisation.
    """
    ask = db.conn.execute
    row = ask(_BY_URL, [url]).fetchone()
    row = row or ask(_BY_TWIN, _twins(url)).fetchone()
    row = row or ask(_BY_WORDING, [source, wording]).fetchone()
    if row is None:
        sisters = ask(_KNOWN + _IN_SISTERS, [source, wording]).fetchall()
        row = next((sister for sister in sisters if _stands_on(db, sister[0], url)), None)
    if row is None:
        return None
    files = ask(
        "SELECT coalesce(name, ''), url FROM attachments WHERE article = ? ORDER BY position",
        [row[0]],
    ).fetchall()
    names, urls = (tuple(part) for part in zip(*files, strict=True)) if files else ((), ())
    return Known(*row, names, urls)  # type: ignore[call-arg]


def _stands_on(db: Database, article: int, url: str) -> bool:
    """Whether an article has an address on the host of this one."""
    asked = db.conn.execute("SELECT url FROM article_urls WHERE article = ?", [article])
    return any(_host(known) == _host(url) for (known,) in asked)


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].removeprefix("www.")


def _twins(url: str) -> list[str]:
    """An address with and without www and TLS."""
    rest = url.partition("://")[2].removeprefix("www.")
    return [f"{scheme}://{www}{rest}" for scheme in ("http", "https") for www in ("", "www.")]
