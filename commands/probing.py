"""What a real source answers: one listing page, one article, and what was read from them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from crawler import fetch
from crawler.child import PageReader
from crawler.pacing import slow_down
from crawler.pages.address import canonical, split
from crawler.pages.listing import Link, ListingPage
from crawler.pages.steps import Step
from model.article import Article, Refusal
from model.errors import PageError, RefusedPage
from model.listed import Listed
from model.snapshot import Snapshot
from model.source import Source

from . import fields

Verdict = Literal["read", "refused", "gone", "unreachable", "unreadable", "not asked"]

TOLD = ("title", "published", "outlet", "author", "editor", "body", "attachments")
_SHELLS = 3  # pages that hold no rows yet and name the service that does


@dataclass(slots=True)
class Probe:
    """What came of one source. ``newest`` is a date as ISO 8601, '' where no row has one."""

    source: str
    start: str
    verdict: Verdict = "not asked"
    why: str = ""
    rows: int = 0
    newest: str = ""
    article: str = ""
    filled: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()


def articles(page: ListingPage) -> list[Link]:
    """The rows of a listing that are articles of the site."""
    return [link for link in page.links if link.kind == "article"]


def newest(links: Sequence[Link]) -> str:
    """The latest date among rows, '' where none has one."""
    return max((link.published.value for link in links if link.published), default="")


async def listing(source: Source, ask: fetch.Ask, reader: PageReader) -> list[Link]:
    """The articles of a source's first page with rows.

    Raises RefusedPage and PageError as asking and reading do, and for a listing without any.
    """
    step = Step(source.start)
    for _ in range(1 + _SHELLS):
        page = await reader.listing(source, await ask(step))
        links = articles(page)
        if links or not page.more:
            break
        step = page.more[0]
    if not links:
        raise PageError(f"{source.start}: no articles in the listing", url=source.start)
    return links


async def probe(source: Source, ask: fetch.Ask, reader: PageReader, made: Probe) -> None:
    """Asks for a listing page and its first article; writes what came into ``made``."""
    try:
        links = await listing(source, ask, reader)
        made.rows, made.newest, made.article = len(links), newest(links), links[0].url
        page = await ask(Step(links[0].url))
        article = await reader.finish((await reader.part(source, page),), listed(links[0]))
    except PageError as error:
        where, told = made.article or source.start, str(error)
        made.verdict = _verdict(error)
        made.why = told if told.startswith(where) else f"{where}: {told}"
        return
    if isinstance(article, Refusal):
        made.verdict = "unreadable"
        made.why = f"{links[0].url}: no article: {article.reason} {article.detail}".rstrip()
        return
    made.verdict = "read"
    made.filled, made.empty = _filled(article)


def probe_all(
    sources: Sequence[Source], seconds: float, told: Callable[[Probe], None] = lambda _: None
) -> list[Probe]:
    """Probes sources, hosts side by side and the sources of one host after each other.

    Each has ``seconds`` from its own turn on. ``told`` hears of each that has ended. Twisted
    allows one such call a process.
    """
    made = [Probe(source.id, source.start) for source in sources]
    hosts: dict[str, list[tuple[Source, Probe]]] = defaultdict(list)
    for source, one in zip(sources, made, strict=True):
        hosts[split(source.start).netloc].append((source, one))
        if source.delay:
            slow_down(split(source.start).netloc, source.delay)
    reader = PageReader()

    def errand(turns: list[tuple[Source, Probe]]) -> fetch.Errand:
        async def run(ask: fetch.Ask) -> None:
            for source, one in turns:
                try:
                    async with asyncio.timeout(seconds):
                        await probe(source, ask, reader, one)
                except TimeoutError:
                    one.verdict, one.why = "unreachable", f"nothing more within {seconds:g} s"
                told(one)

        return run

    try:
        fetch.run([errand(turns) for turns in hosts.values()])
    finally:
        reader.close()
    return made


def first_article(source: Source) -> tuple[Snapshot, Listed]:
    """The first article of a source's listing, fetched, with its row; raises PageError.

    Twisted allows one such call a process.
    """
    got: list[tuple[Snapshot, Listed]] = []
    reader = PageReader()

    async def errand(ask: fetch.Ask) -> None:
        link = (await listing(source, ask, reader))[0]
        got.append((await ask(Step(link.url)), listed(link)))

    try:
        fetch.run([errand], verify_certificate=source.verify_certificate)
    finally:
        reader.close()
    if not got:
        raise PageError(f"{source.start}: not fetched", url=source.start)
    return got[0]


def listed(link: Link) -> Listed:
    """A row as a crawl would note it."""
    date = link.published.value if link.published else ""
    return Listed(canonical(link.url), link.url, link.title, date)


def _verdict(error: PageError) -> Verdict:
    if isinstance(error, RefusedPage):
        return "refused"
    kinds: dict[str, Verdict] = {"gone": "gone", "unreachable": "unreachable"}
    return kinds.get(error.field, "unreadable")


def _filled(article: Article) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the fields that this article fills and of those it leaves empty."""
    full = tuple(name for name in TOLD if fields.shown(article, name))
    return full, tuple(name for name in TOLD if name not in full)
