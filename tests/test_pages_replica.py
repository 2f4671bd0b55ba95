"""Every column of the replica web, read with its family's rules: all of it, exactly."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

from crawler.pages import article, listing
from crawler.pages.address import canonical
from crawler.pages.listing import Link, Step
from crawler.pages.page import Page
from model.article import Article, Document
from model.catalogue import Catalogue
from model.errors import PageError
from model.source import Address, Source
from replica.server import Replica

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Catalogue(ROOT / "replica" / "sources", ROOT / "sources" / "families")
# The edge hosts are about transfer; the mirror's texts are damaged on purpose.
COLUMNS = [n for n in CATALOGUE.names() if not n.startswith("edge") and n != "mirror"]
OF_DOCUMENT = {
    "索引号": "index_number",
    "发文字号": "number",
    "文号": "number",
    "发布机构": "issuer",
    "成文日期": "signed",
    "施行日期": "in_force",
    "主题词": "topics",
    "有效性": "validity",
}


@dataclass
class Web:
    """The replica web as a careful reader asks it; every page once."""

    replica: Replica
    pages: dict[Step, Page] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=f"http://{self.replica.address}")

    def get(self, step: Step) -> Page:
        if step not in self.pages:
            self.pages[step] = self._fetch(step, step.url)
        return self.pages[step]

    def _fetch(self, step: Step, url: str) -> Page:
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"host": parts.netloc, **dict(step.headers)}
        if step.method == "POST":
            answer = self.client.post(path, data=dict(step.form), headers=headers)
        else:
            answer = self.client.get(path, headers=headers)
        if answer.is_redirect:
            return self._fetch(step, urljoin(url, answer.headers["location"]))
        return Page(answer.content, url, answer.headers.get("content-type", ""))


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with Replica() as replica:
        yield Web(replica)


def walked(web: Web, source: Source) -> dict[str, Link]:
    """The articles that all pages of a listing name, by the one form of their address."""
    steps = deque([Step(source.start)])
    seen, found, barren = set(steps), dict[str, Link](), 0
    while steps and barren < 2 and len(seen) < source.pages:
        try:
            page = listing.read(web.get(steps.popleft()), source)
        except PageError:
            barren += 1
            continue
        before = len(found)
        for link in page.links:
            if link.kind == "article":
                found.setdefault(canonical(link.url, address(source)), link)
        barren = 0 if len(found) > before or page.more else barren + 1
        new = [step for step in page.more if step not in seen]
        seen.update(new)
        steps.extend(new)
    return found


def address(source: Source) -> Address:
    assert source.address is not None
    return source.address


def truth(web: Web, source: Source) -> dict[str, dict[str, Any]]:
    """What there is to find, under every address it has."""
    made = {}
    for told in web.replica.truth(urlsplit(source.start).netloc):
        if source.id in told["listed_by"]:
            for url in (told["url"], *told["twins"]):
                made[canonical(url, address(source))] = told
    return made


@pytest.mark.parametrize("name", COLUMNS)
def test_every_article_is_listed_once_and_nothing_else(web: Web, name: str) -> None:
    source = CATALOGUE.source(name)
    told = truth(web, source)
    found = walked(web, source)
    assert [link.title for url, link in found.items() if url not in told] == []
    numbers = [told[url]["id"] for url in found]
    assert sorted(numbers) == sorted({fact["id"] for fact in told.values()})


@pytest.mark.parametrize("name", COLUMNS)
def test_every_field_of_every_article_is_exact(web: Web, name: str) -> None:
    source = CATALOGUE.source(name)
    told = truth(web, source)
    wrong = []
    for url, link in walked(web, source).items():
        try:
            parts = whole(web, source, link.url)
        except PageError as error:
            wrong += [] if error.field == told[url]["state"] else [(link.url, "error", str(error))]
            continue
        wrong += [(link.url, *pair) for pair in differences(parts, told[url])]
    assert wrong == []


def whole(web: Web, source: Source, url: str) -> list[Article]:
    """An article's pages in order."""
    parts = [article.read(web.get(Step(url)), source)]
    while parts[-1].next_page and len(parts) < 9:
        parts.append(article.read(web.get(Step(parts[-1].next_page)), source))
    return parts


def differences(parts: list[Article], told: dict[str, Any]) -> Iterator[tuple[str, object, object]]:
    first = parts[0]
    found: dict[str, object] = {
        "title": first.title,
        "kicker": first.kicker,
        "subtitle": first.subtitle,
        "outlet": first.outlet,
        "author": first.author,
        "editor": next((part.editor for part in parts if part.editor), ""),
        "date": first.published.value[:10] if first.published else "",
        "column": first.column,
        "body_kind": first.body_kind,
        "paragraphs": squeezed("".join(part.text for part in parts)),
        "images": [path(image.url) for part in parts for image in part.images],
        "attachments": [(path(file.url), file.type) for part in parts for file in part.attachments],
    }
    expected = {
        **{key: told.get(key, "") for key in found},
        "date": told["date"][:10],
        "paragraphs": squeezed("".join(told.get("framed") or told["paragraphs"])),
        "images": [path(image["url"]) for image in told["images"]],
        "attachments": [(path(file["url"]), file["type"]) for file in told["attachments"]],
    }
    for key, value in expected.items():
        if found[key] != value:
            yield key, found[key], value
    names = [file.name for part in parts for file in part.attachments]
    for name, file in zip(names, told["attachments"], strict=False):
        if file["name"] and name != file["name"]:
            yield "attachment", name, file["name"]
    yield from document_differences(first.document, told["document"])


def document_differences(
    found: Document, told: dict[str, str]
) -> Iterator[tuple[str, object, object]]:
    for label, value in told.items():
        key = OF_DOCUMENT.get(label, "")
        if key and value and getattr(found, key) != value:
            yield label, getattr(found, key), value


def squeezed(text: str) -> str:
    return "".join(text.split())


def path(url: str) -> str:
    """An address without its host, which may be written with www or without."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


def test_the_mirror_is_read_before_it_is_repaired(web: Web) -> None:
    source = CATALOGUE.source("mirror")
    told = truth(web, source)
    found = walked(web, source)
    assert len(found) == len({fact["id"] for fact in told.values()})
    for url, link in found.items():
        parts = whole(web, source, link.url)
        first = parts[0]
        assert first.published is not None
        assert first.published.value[:10] == told[url]["date"][:10]
        assert first.title
        assert first.column
        body = [line for part in parts for line in part.text.split("\n")]
        assert len(body) == sum(text.count("\n") + 1 for text in told[url]["paragraphs"])


@pytest.mark.parametrize(
    ("switch", "value", "name"),
    [
        ("gov.gbk", True, "gov-policy"),
        ("gov.numbering", 2, "gov-policy"),
        ("gov.metas", False, "gov-policy"),
        ("gov.stubs", False, "gov-policy"),
        ("assoc.header_utf8", True, "assoc-policy"),
        ("assoc.layout", "div", "assoc-policy"),
        ("jpaas.first_page", False, "jpaas-dfxx"),
        ("sc.private_tags", False, "sc-policy"),
        ("spa.markup", False, "spa"),
        ("govcn.feed", False, "govcn-zuixin"),
    ],
)
def test_a_quirk_more_or_less_changes_nothing(switch: str, value: object, name: str) -> None:
    with Replica() as replica:
        replica.switch(switch, value)
        web = Web(replica)
        test_every_article_is_listed_once_and_nothing_else(web, name)
        test_every_field_of_every_article_is_exact(web, name)
