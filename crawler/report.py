"""A run from its beginning to its verdict: counts, problems, expectations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Literal

from archive import Archive
from archive.frontier import Listed, State
from archive.runs import Counts, Past
from model.article import Article
from model.source import Source

from .child import PageReader
from .health import BAD, Seen, Verdict, judge

Outcome = Literal["new", "changed", "unchanged"]
_STATES: dict[str, State] = {"gone": "refused", "restricted": "refused", "refused": "refused"}


class Run:
    """One run over some sources, as the archive remembers it.

    ``seen``, ``verdicts`` and ``notes`` are keyed by source id; ``on_change`` is called whenever
    a count has changed, for a display.
    """

    def __init__(self, archive: Archive, command: str) -> None:
        self.archive = archive
        self.seen: dict[str, Seen] = {}
        self.verdicts: dict[str, Verdict] = {}
        self.notes: dict[str, str] = {}
        self.on_change: Callable[[str], None] = lambda source: None
        self.reader = PageReader()
        self._walked: dict[str, bool] = {}
        with archive.writing():
            self.number = archive.runs.begin(command)

    @classmethod
    def open(cls, path: str, command: str) -> Run:
        """A run over an archive of its own; raises ArchiveError."""
        return cls(Archive.write(Path(path)), command)

    def counts(self, source: str) -> Counts:
        """The counts of one source so far."""
        return self.seen[source].counts if source in self.seen else Counts()

    def start(self, source: Source) -> None:
        """Begins one source."""
        self.seen[source.id] = Seen()
        self._walked[source.id] = self.archive.runs.walked(source.id)
        with self.archive.writing():
            self.archive.runs.describe(source)

    def problem(self, source: str, kind: str, message: str, url: str = "") -> None:
        """One thing that a person should look at."""
        self.seen[source].mistakes += kind == "mistake"
        with self.archive.writing():
            self.archive.runs.problem(self.number, source, kind, message, url)
        self.on_change(source)

    def fail(self, source: str, listed: Listed, kind: str, message: str) -> None:
        """An article that could not be had: counted, noted, asked again later.

        One that was kept before is withdrawn when it is gone twice in a row; a single miss may
        be the site's bad day.
        """
        if self.archive.articles.find(source, listed.url, ""):
            self._miss(source, listed, kind, message)
            return
        state = _STATES.get(kind, "failed")
        counts = self.counts(source)
        if state == "refused":
            counts.refused += 1
        else:
            counts.failed += 1
        with self.archive.writing():
            self.archive.frontier.settle(listed.url, state, message)
        self.problem(source, kind, message, listed.address)

    def _miss(self, source: str, listed: Listed, kind: str, message: str) -> None:
        with self.archive.writing():
            again = self.archive.frontier.doubt(listed.url, message)
            withdrawn = kind == "gone" and again
            if withdrawn:
                self.archive.articles.withdraw(listed.url)
                self.archive.frontier.settle(listed.url, "refused", message)
                self.counts(source).changed += 1
            else:
                self.counts(source).failed += 1
        kind = "withdrawn" if withdrawn else kind
        self.problem(source, kind, message, listed.address)

    def confirm(self, source: Source, listed: Listed) -> None:
        """An article that the site says is as it was."""
        known = self.archive.articles.find(source.id, listed.url, "")
        if known is not None:
            with self.archive.writing():
                self.archive.articles.confirm(source, listed.url, known, None)
                self.archive.frontier.settle(listed.url, "kept")
        self.counts(source.id).unchanged += 1
        self.on_change(source.id)

    def keep(self, source: str, outcome: Outcome, article: Article) -> None:
        """Counts an article that was kept, and remembers what it had, for the verdict."""
        seen = self.seen[source]
        setattr(seen.counts, outcome, getattr(seen.counts, outcome) + 1)
        has = {
            "read": True,
            "title": article.title,
            "body": article.text or article.body_kind != "text",
            "published": article.published,
            "outlet": article.outlet,
            "author": article.author,
        }
        for name, value in has.items():
            seen.filled[name] = seen.filled.get(name, 0) + bool(value)
        if article.body_kind == "text":
            seen.lengths.append(len(article.text))
        self.on_change(source)

    def end(self, source: Source, reason: str) -> None:
        """Judges one source and writes what it gave."""
        seen, runs = self.seen[source.id], self.archive.runs
        verdict, note = judge(
            source,
            seen,
            reason,
            first_walk=not self._walked[source.id] and runs.walked(source.id),
            past=runs.past(source.id),
            days=runs.days(source.id),
            today=self.archive.today(),
        )
        self.verdicts[source.id], self.notes[source.id] = verdict, note
        past = Past(seen.first_page, seen.shares, median(seen.lengths) if seen.lengths else 0.0)
        with self.archive.writing():
            runs.record(self.number, source.id, seen.counts, past, verdict, note)
            if verdict in BAD:
                runs.problem(self.number, source.id, verdict, note, source.start)
        self.on_change(source.id)

    def finish(self) -> bool:
        """Ends the run; True where every source kept its promise."""
        self.reader.close()
        good = not self.bad()
        with self.archive.writing():
            self.archive.runs.finish(self.number, "good" if good else "bad")
        return good

    def bad(self) -> list[str]:
        """The sources that did not keep their promise."""
        return [name for name, verdict in self.verdicts.items() if verdict in BAD]
