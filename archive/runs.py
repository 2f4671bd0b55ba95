"""Runs: what one night did, source by source, and the problems a person should look at."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlite_utils import Database

from model.source import Paused, Source

from .rows import inserted
from .times import stamp


@dataclass(slots=True)
class Counts:
    """What became of one source in one run, in articles; ``requests`` in requests sent."""

    listed: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    failed: int = 0
    requests: int = 0


@dataclass(frozen=True, slots=True)
class Past:
    """What an earlier run saw of a source; ``length`` is the median of its bodies."""

    first_page: int
    shares: Mapping[str, float]
    length: float


class Example(NamedTuple):
    """An article of a source as it was listed and read; what is usual is learnt from these."""

    listed: str  # its title in the listing
    title: str
    published: str
    outlet: str
    author: str
    kind: str  # of its body
    body: str


class Runs:
    """The tables sources, runs, run_sources and problems."""

    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock

    def describe(self, source: Source) -> None:
        """Writes what a source's file says, so that readers see it beside its articles."""
        self._db.table("sources").upsert(
            {
                "id": source.id,
                "title": source.title,
                "organisation": source.organisation.name,
                "kind": source.organisation.kind,
                "region": source.organisation.region or None,
                "column_name": source.column,
                "family": source.family,
                "start": source.start,
                "status": "paused" if isinstance(source.status, Paused) else source.status,
                "evidence": f"{source.evidence.certainty} · {source.evidence.seen} · "
                f"{source.evidence.where}",
                "terms": source.terms or None,
                "definition": source.model_dump_json(by_alias=True, exclude_defaults=True),
            },
            pk="id",
        )

    def source(self, name: str) -> Source | None:
        """A source as it was described when it was last crawled; None for one never crawled."""
        row = self._db.conn.execute(
            "SELECT definition FROM sources WHERE id = ?", [name]
        ).fetchone()
        return Source.model_validate_json(row[0]) if row and row[0] else None

    def walked(self, source: str) -> bool:
        """Whether the listing of a source was ever walked to its end."""
        row = self._db.conn.execute("SELECT walked FROM sources WHERE id = ?", [source]).fetchone()
        return bool(row and row[0])

    def mark_walked(self, source: str) -> None:
        """Notes that the listing of a source has been walked to its end."""
        self._db.table("sources").update(source, {"walked": stamp(self._clock())})

    def begin(self, command: str) -> int:
        """Starts a run and gives its number."""
        row = {"started": stamp(self._clock()), "command": command, "verdict": "running"}
        return inserted(self._db, "runs", row)

    def record(
        self, run: int, source: str, counts: Counts, past: Past, verdict: str, note: str = ""
    ) -> None:
        """What one source gave in one run."""
        row = {"run": run, "source": source, **asdict(counts), "verdict": verdict, "note": note}
        row |= {"first_page": past.first_page, "length": past.length or None}
        row["filled"] = json.dumps(dict(past.shares)) if past.shares else None
        self._db.table("run_sources").upsert(row, pk=("run", "source"))

    def past(self, source: str, limit: int = 30) -> list[Past]:
        """The earlier good runs of a source that saw its listing, newest first."""
        rows = self._db.conn.execute(
            "SELECT first_page, filled, length FROM run_sources"
            " WHERE source = ? AND verdict IN ('healthy', 'quiet') AND first_page > 0"
            " ORDER BY run DESC LIMIT ?",
            [source, limit],
        )
        return [
            Past(rows_ or 0, json.loads(filled or "{}"), length or 0.0)
            for rows_, filled, length in rows
        ]

    def days(self, source: str, limit: int = 250) -> list[date]:
        """The newest different days on which a source published, newest first.

        An article that tells no day counts for the day on which it was found.
        """
        rows = self._db.conn.execute(
            "SELECT DISTINCT substr(CASE WHEN published_precision IN ('day', 'minute')"
            " THEN published ELSE first_seen END, 1, 10) FROM articles WHERE source = ?"
            " ORDER BY 1 DESC LIMIT ?",
            [source, limit],
        )
        return [date.fromisoformat(day) for (day,) in rows]

    def examples(self, source: str, limit: int = 400) -> list[Example]:
        """The newest articles of a source, as listed and as read."""
        rows = self._db.conn.execute(
            "SELECT coalesce((SELECT f.title FROM article_urls u JOIN frontier f ON f.url = u.url"
            "   WHERE u.article = a.id ORDER BY u.rowid LIMIT 1), ''), a.title,"
            " coalesce(a.published, ''), coalesce(a.outlet, ''), coalesce(a.author, ''),"
            " coalesce(a.body_kind, ''), coalesce(t.body, '')"
            " FROM articles a JOIN article_texts t ON t.article = a.id"
            " WHERE a.source = ? ORDER BY a.id DESC LIMIT ?",
            [source, limit],
        )
        return [Example(*row) for row in rows]

    def unended(self) -> list[str]:
        """When the runs began that were killed, oldest first; they are marked as such.

        For whoever holds the archive's lock: no other run can be going on.
        """
        rows = self._db.conn.execute(
            "SELECT id, started FROM runs WHERE verdict = 'running' ORDER BY id"
        ).fetchall()
        self._db.conn.execute("UPDATE runs SET verdict = 'killed' WHERE verdict = 'running'")
        return [started for _, started in rows]

    def problem(
        self,
        run: int | None,
        source: str,
        kind: str,
        message: str,
        url: str = "",
        suspect: int | None = None,
    ) -> None:
        """One thing that a person should look at; ``suspect`` is the reading kept aside."""
        self._db.table("problems").insert(
            {
                "run": run,
                "source": source,
                "happened": stamp(self._clock()),
                "kind": kind,
                "message": message,
                "url": url or None,
                "suspect": suspect,
            }
        )

    def finish(self, run: int, verdict: str) -> None:
        """Ends a run."""
        self._db.table("runs").update(run, {"finished": stamp(self._clock()), "verdict": verdict})

    def latest(self) -> Mapping[str, Any] | None:
        """The newest run, or None before the first."""
        return next(self._db.query("SELECT * FROM runs ORDER BY id DESC LIMIT 1"), None)

    def by_source(self) -> list[dict[str, Any]]:
        """Each source with its articles, newest date, and what the last run with it said."""
        return list(
            self._db.query(
                """
                SELECT s.id, s.title, s.organisation, s.column_name, s.status,
                       coalesce(a.articles, 0) AS articles, a.newest, a.last_seen,
                       r.run, r.listed, r.new, r.changed, r.unchanged, r.refused, r.failed,
                       r.verdict, r.note, runs.started
                FROM sources s
                LEFT JOIN (SELECT source, count(*) AS articles, max(published) AS newest,
                                  max(last_seen) AS last_seen
                           FROM articles GROUP BY source) a ON a.source = s.id
                LEFT JOIN run_sources r ON r.source = s.id
                  AND r.run = (SELECT max(run) FROM run_sources WHERE source = s.id)
                LEFT JOIN runs ON runs.id = r.run
                ORDER BY s.id
                """
            )
        )

    def problems(self, run: int) -> list[dict[str, Any]]:
        """The problems of one run, in order."""
        return list(self._db.query("SELECT * FROM problems WHERE run = ? ORDER BY id", [run]))
