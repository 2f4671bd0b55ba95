"""What a listing and two articles of an unknown site tell about the source they would make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from crawler import fetch, reading
from crawler.pages import listing as listing_page
from crawler.pages.address import canonical, split
from crawler.pages.family import recognise
from crawler.pages.listing import Link
from crawler.pages.page import Page
from crawler.pages.steps import Step
from model.article import Article
from model.catalogue import Catalogue
from model.errors import PageError, RefusedPage
from model.snapshot import Snapshot
from model.source import Family, Source

from .bounded import bounded
from .probing import articles, newest

FALLBACK = "other"  # the family that reads everything by evidence
SURE = 2.0  # summed score from which a family is believed: more than one stray fingerprint
_ASKED = 2  # articles
_SERVICES = 2  # further requests for a listing whose rows a service holds


@dataclass
class Draft:
    """What was fetched from a site, and what each family makes of it."""

    start: str
    families: dict[str, Family]
    listings: list[Page] = field(default_factory=list)  # the page, then what its service said
    pages: list[Snapshot] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)  # examples that could not be had, and why

    def __post_init__(self) -> None:
        self.links: list[Link] = []
        self.family = FALLBACK
        self.articles: list[Article] = []

    async def gather(self, examples: Sequence[str], ask: fetch.Ask) -> None:
        """Asks for the listing, for its service where it has one, and for two articles.

        Raises RefusedPage and PageError where the listing cannot be had, or names no article
        and there are no examples.
        """
        self.listings.append(reading.page_of(await ask(Step(self.start))))
        self.choose()
        if not self.links:
            await self._ask_services(ask)
        if not self.links:
            self._say_why(bool(examples))
        urls = list(examples) or [link.url for link in self.links[:_ASKED]]
        for url in urls:
            try:
                self.pages.append(await ask(Step(url)))
            except RefusedPage:
                raise
            except PageError as error:
                self.missed.append(str(error))
        self.choose()
        self.articles = list(self._read())

    def _say_why(self, examples: bool) -> None:
        """A listing without articles: raises what is known of it, unless examples go on."""
        try:
            listing_page.read(self.listings[0], self.source(FALLBACK))
        except RefusedPage as error:
            raise RefusedPage(f"{self.start}: {error}", url=self.start) from None
        except PageError:
            pass
        if not examples:
            raise PageError(
                f"{self.start}: no articles found on it; name two with --example", url=self.start
            )

    async def _ask_services(self, ask: fetch.Ask) -> None:
        """Rows that the page itself does not hold, by the likeliest family that knows where."""
        for name in list(self.scores())[:_SERVICES]:
            _, more = self.rows(name)
            try:
                pages = [reading.page_of(await ask(more[0]))] if more else []
            except PageError:
                continue
            self.listings += pages
            self.choose()
            if self.links:
                return
            del self.listings[1:]

    def scores(self) -> dict[str, float]:
        """The families that the pages show, with scores summed over all of them, highest first."""
        summed: dict[str, float] = {}
        pages = [*self.listings[:1], *map(reading.page_of, self.pages)]
        for page in pages:
            for name, score in recognise(page, self.families.values()):
                summed[name] = summed.get(name, 0.0) + score
        return dict(sorted(summed.items(), key=lambda pair: (-pair[1], pair[0])))

    def choose(self) -> None:
        """Takes the likeliest family that reads the listing; evidence alone where none does."""
        plain, _ = self.rows(FALLBACK)
        self.family, self.links = FALLBACK, plain
        for name, score in self.scores().items():
            links, _ = self.rows(name)
            shaped = self.shaped(name)
            if not (links or shaped):
                continue
            if plain and self.families[name].addresses:  # else a format, which rows prove
                enough = score >= SURE and (shaped or 2 * len(links) >= len(plain))
            else:
                enough = len(links) >= len(plain)
            if enough:
                self.family, self.links = name, links
                return

    def shaped(self, name: str) -> bool:
        """Whether every article that came has an address of this family's shape."""
        patterns = [re.compile(pattern) for pattern in self.families[name].addresses]
        return bool(self.pages) and all(
            any(pattern.search(page.url) for pattern in patterns) for page in self.pages
        )

    def rows(self, name: str) -> tuple[list[Link], tuple[Step, ...]]:
        """The articles that a family's rules find in the listing, and the pages after it."""
        found: dict[str, Link] = {}
        more: tuple[Step, ...] = ()
        for page in self.listings:
            try:
                with bounded(page.url):
                    read = listing_page.read(page, self.source(name))
            except PageError:
                continue
            found |= {link.url: link for link in articles(read) if link.url not in found}
            more = more or read.more
        return list(found.values()), more

    def source(self, name: str) -> Source:
        """A source of this family that stands for the one to be written."""
        made = Source.model_validate(
            {
                "id": "draft", "title": "draft", "column": "", "family": name,
                "organisation": {"name": "draft", "kind": "association"},
                "start": self.start,
                "evidence": {"seen": "2000-01-01", "where": "draft", "certainty": "inferred"},
            }
        )  # fmt: skip
        return made.with_family(self.families[name])

    def _read(self) -> list[Article]:
        made = []
        for page in self.pages:
            try:
                with bounded(page.url):
                    made.append(reading.read(self.source(self.family), [page]))
            except PageError as error:
                self.missed.append(f"{page.url}: {error}")
        return made

    @property
    def newest(self) -> str:
        """The latest date among the rows."""
        return newest(self.links)

    def unlisted(self) -> list[str]:
        """Articles that came and that no row of the listing names."""
        address = self.families[self.family].address
        known = {canonical(link.url, address) for link in self.links}
        return [page.url for page in self.pages if canonical(page.url, address) not in known]

    def shape(self) -> str:
        """A pattern for the addresses of the articles that came; '' where they have none."""
        shapes = {_shape(page.url) for page in self.pages}
        return shapes.pop() if len(shapes) == 1 else ""


def families(known: Catalogue) -> dict[str, Family]:
    """All families of a catalogue by name."""
    return {name: known.family(name) for name in known.family_names()}


def identity(url: str) -> str:
    """An id for the source of an address: what is telling of host, path and parameters."""
    parts = split(url)
    labels = (parts.hostname or "").removeprefix("www.").split(".")
    while len(labels) > 1 and (len(labels[-1]) == 2 or labels[-1] in _SUFFIXES):
        labels.pop()
    path = re.sub(r"(?:/(?:index|default|list))?\.\w{2,5}$", "", unquote(parts.path))
    words = [*labels, path, *re.split(r"[&=]", parts.query)]
    made = re.sub(r"[^a-z0-9]+", "-", " ".join(words).lower()).strip("-")
    return made[:60].strip("-") or "source"


_SUFFIXES = frozenset({"com", "gov", "org", "net", "edu", "info"})


def _shape(url: str) -> str:
    """The path and query of an address with every number and hash made general."""
    parts = split(url)
    tail = parts.path + (f"?{parts.query}" if parts.query else "")
    made = re.escape(tail).replace("\\-", "-")
    return _VARIES.sub(lambda match: "[0-9a-f]+" if not match[0].isdigit() else r"\d+", made) + "$"


_VARIES = re.compile(r"(?i)(?<![0-9a-z])(?=[0-9]*[a-f])[0-9a-f]{16,}(?![0-9a-z])|\d+")
