"""Dates that pages state for machines, in all the spellings of their metas and scripts."""

from __future__ import annotations

import pytest

from crawler.pages.page import Page
from crawler.pages.stamps import metas, scripts

NAMES = """PubDate publishdate publish_time Publish-Time article:published_time article:published
    og:published_time datePublished firstpublishedtime DC.date.issued dcterms.issued bt:pubDate
    parsely-pub-date releaseDate og:release_date article:create_time OriginalPublicationDate
    createtime ptime"""


def page(head: str) -> Page:
    return Page(f"<html><head>{head}</head><body><p>正文</p></body></html>".encode(), "http://a.t/")


@pytest.mark.parametrize(
    "name",
    NAMES.split(),
)
def test_metas_of_publication_are_believed(name: str) -> None:
    told = list(metas(page(f'<meta name="{name}" content="2017-09-18 06:23">')))
    assert [(when.value, weight > 5) for when, weight, _ in told] == [("2017-09-18T06:23", True)]


@pytest.mark.parametrize("name", ["Maketime", "expires", "publisher", "publishid", "PubPlace"])
def test_other_metas_say_nothing_of_it(name: str) -> None:
    assert not list(metas(page(f'<meta name="{name}" content="2017-09-18">')))


def test_a_later_change_is_believed_less() -> None:
    changed = '<meta property="article:modified_time" content="2019-01-02">'
    assert [weight for _, weight, _ in metas(page(changed))] == [3.0]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ('<script type="application/ld+json">{"datePublished":"2017-09-18"}</script>', 1),
        ('<script type="application/ld+json">{"pubDate":"2017-09-18T06:23:00"}</script>', 1),
        ('<script>var pubDate = "2017-09-18 06:23";</script>', 1),
        ('<script>var a={publishTime:"2017-09-18"},b={publishTime:"2019-01-02"}</script>', 0),
        ('<script>var now = "2017-09-18";</script>', 0),
    ],
)
def test_scripts_tell_it_where_they_name_one_day(script: str, expected: int) -> None:
    assert len(list(scripts(page(script)))) == expected
