"""A run from its beginning to its verdict: counts, problems, expectations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Literal
from urllib.parse import urlsplit

from archive import Archive
from archive.frontier import State
from archive.runs import Counts, Example, Past
from archive.suspects import Suspect
from model.article import Article
from model.listed import Listed
from model.source import Source

from .child import PageReader
from .habits import Habits, learnt, letters, traits
from .health import BAD, Seen, Usual, Verdict, are_gone, few_rows, judge

Outcome = Literal["new", "changed", "unchanged"]
_STATES: dict[str, State] = {"gone": "refused", "restricted": "refused", "refused": "refused"}
_OLD_ROWS, _OLD = 5, timedelta(days=7)  # so many rows, so much older than the last run


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
        self._usual: dict[str, Usual] = {}
        self._habits: dict[str, Habits] = {}
        self._withdrawn: dict[str, list[tuple[Listed, str]]] = {}
        self._tonight: dict[int, int] = {}  # hash of a body: the article that was added with it
        with archive.writing():
            self.killed = archive.runs.unended()
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
        self._withdrawn[source.id] = []
        runs = self.archive.runs
        self._usual[source.id] = Usual(
            self.archive.today(),
            walked=runs.walked(source.id),
            past=runs.past(source.id),
            lost=self.archive.frontier.lost(source.id),
        )
        with self.archive.writing():
            self.archive.runs.describe(source)

    def habits(self, source: str) -> Habits:
        """What is usual for the articles of a source, from before tonight."""
        if source not in self._habits:
            habits = learnt(self.archive.runs.examples(source))
            for title, body in self.archive.suspects.texts(source):
                habits.texts.setdefault(hash(letters(body)), title)
            self._habits[source] = habits
        return self._habits[source]

    def first_page(
        self, source: Source, url: str, links: Sequence[Listed], *, doubting: bool = False
    ) -> bool:
        """Notes the first page of a listing; False where another page stands in its place.

        ``doubting``: the source was walked before, so its older rows should be known.
        """
        seen = self.seen[source.id]
        seen.first_page = len(links)
        asked, answered = urlsplit(source.start), urlsplit(url)
        if _site(asked.hostname) != _site(answered.hostname):
            seen.moved_to = url
        if not doubting:
            return True
        before = self.archive.today() - _OLD
        unknown, old = self.archive.frontier.strangers(source.id, links, before.isoformat())
        if unknown >= _OLD_ROWS and 2 * unknown >= old:
            seen.strange = f"{unknown} of {old} older rows were never listed before"
        elif few_rows(len(links), self._usual[source.id].past) and not any(
            self.archive.frontier.listed(link.url) for link in links
        ):
            seen.strange = f"only {len(links)} rows, and none that was ever listed before"
        return not seen.strange and not seen.moved_to

    def problem(
        self, source: str, kind: str, message: str, url: str = "", suspect: int | None = None
    ) -> None:
        """One thing that a person should look at."""
        seen = self.seen[source]
        seen.mistakes += kind == "mistake"
        if kind == "refused":
            seen.refusal = message.removeprefix("refused: ")
        elif kind == "listing":
            seen.trouble = seen.trouble or message
        with self.archive.writing():
            self.archive.runs.problem(self.number, source, kind, message, url, suspect)
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
        self.seen[source].lost += self.archive.frontier.is_new(listed.url)
        if state == "refused":
            counts.refused += 1
        else:
            counts.failed += 1
        with self.archive.writing():
            self.archive.frontier.settle(listed.url, state, message)
        self.problem(source, kind, message, listed.address)

    def _miss(self, source: str, listed: Listed, kind: str, message: str) -> None:
        with self.archive.writing():
            again = self.archive.frontier.doubt(listed.url, kind, message)
        self.counts(source).failed += 1
        self.seen[source].gone += kind == "gone"
        if kind == "gone" and again:
            self._withdrawn[source].append((listed, message))
        else:
            self.problem(source, kind, message, listed.address)

    def _withdraw(self, source: str) -> None:
        """Marks what is gone for the second time, unless so much is gone that the site broke."""
        broken = are_gone(self.seen[source])
        for listed, message in self._withdrawn.pop(source, ()):
            withdrawn = False
            if not broken:
                with self.archive.writing():
                    withdrawn = self.archive.articles.withdraw(listed.url)
                    self.archive.frontier.settle(listed.url, "refused", message)
                self.counts(source).changed += withdrawn
                self.counts(source).failed -= withdrawn
            self.problem(source, "withdrawn" if withdrawn else "gone", message, listed.address)

    def confirm(self, source: Source, listed: Listed) -> None:
        """An article that the site says is as it was."""
        known = self.archive.articles.find(source.id, listed.url, "")
        if known is not None:
            with self.archive.writing():
                self.archive.articles.confirm(source, listed.url, known, None)
                self.archive.frontier.settle(listed.url, "kept")
                self.archive.suspects.close(listed.url, "overtaken")
        self.counts(source.id).unchanged += 1
        self.seen[source.id].there += 1
        self.on_change(source.id)

    def keep(self, source: str, outcome: Outcome, listed: Listed, article: Article) -> None:
        """Counts an article that was kept, and remembers what it had, for the verdict."""
        seen, example = self.seen[source], example_of(listed, article)
        setattr(seen.counts, outcome, getattr(seen.counts, outcome) + 1)
        seen.there += outcome != "new"
        for name, has in traits(example).items():
            seen.read[name] += 1
            seen.had[name] += has
        if article.body_kind == "text":
            seen.lengths.append(len(article.text))
        self.on_change(source)

    def remember(self, source: str, article: Article, number: int) -> None:
        """Notes a new article's text, so that the same text under other titles is noticed."""
        if article.body_kind == "text":
            text = hash(letters(article.text))
            self.habits(source).texts.setdefault(text, article.title)
            self._tonight.setdefault(text, number)

    def added_with(self, article: Article) -> int | None:
        """The article that was added with this text tonight, once."""
        return self._tonight.pop(hash(letters(article.text)), None)

    def took_back(self, source: str) -> None:
        """An article that was counted as new was kept aside after all."""
        seen = self.seen[source]
        seen.counts.new -= 1
        seen.counts.failed += 1
        seen.held += 1

    def held(self, listed: Listed, suspect: Suspect, *, told: bool) -> None:
        """Counts a reading that was kept aside."""
        counts = self.counts(suspect.source)
        counts.failed += suspect.article is None
        counts.unchanged += suspect.article is not None
        if suspect.state == "held":
            self.seen[suspect.source].held += 1
        if told:
            words = "kept aside" if suspect.article is None else "the kept wording stays"
            told_ = f"{suspect.reason}; {words}"
            self.problem(suspect.source, "suspect", told_, listed.address, suspect.id)
        self.on_change(suspect.source)

    def end(self, source: Source, reason: str) -> None:
        """Judges one source and writes what it gave."""
        seen, runs = self.seen[source.id], self.archive.runs
        self._withdraw(source.id)
        before = self._usual[source.id]
        usual = replace(
            before,
            first_walk=not before.walked and runs.walked(source.id),
            habits=self.habits(source.id) if seen.read else Habits(),
            days=runs.days(source.id),
        )
        verdict, note = judge(source, seen, reason, usual)
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

    def kept_aside(self) -> int:
        """How many readings wait for a person or for another night."""
        return len(self.archive.suspects.held())

    def bad(self) -> list[str]:
        """The sources that did not keep their promise."""
        return [name for name, verdict in self.verdicts.items() if verdict in BAD]


def example_of(listed: Listed, article: Article) -> Example:
    """An article tonight, as habits are learnt from those before."""
    published = article.published.value if article.published else ""
    return Example(
        listed.title, article.title, published, article.outlet, article.author,
        article.body_kind, article.text,
    )  # fmt: skip


def _site(host: str | None) -> str:
    return (host or "").removeprefix("www.")
