"""Rows that are data."""

from __future__ import annotations

from typing import Any

from crawler.pages.page import Page
from crawler.pages.readers import READERS
from model.source import Listing

TITLE = "老楼加梯三步走，五楼的奶奶下楼了"


def read(text: str, reader: str = "json", **listing: Any) -> list[tuple[str, str, str]]:
    page = Page(text.encode(), "http://a.test/list/")
    made = READERS[reader](page, Listing.model_validate(listing))
    return [(r.url, r.title, r.published.value if r.published else "") for r in made]


EXPECTED = [("http://a.test/1.html", TITLE, "2019-08-16")]


def test_records_are_found_by_what_they_have() -> None:
    record = f'{{"url":"/1.html","title":"{TITLE}","pubDate":"2019-08-16"}}'
    document = f'{{"code":200,"data":{{"list":[{record}]}}}}'
    assert read(document) == EXPECTED
    assert read(f"callback({document});") == EXPECTED


def test_rules_say_which_members_count() -> None:
    document = f'{{"a":[{{"u":"/1.html","t":"<em>{TITLE}</em>","d":1565884800}}]}}'
    found = read(
        document,
        rows={"json": "a"},
        link={"json": "u"},
        title={"json": "t"},
        date={"json": "d"},
    )
    assert [(url, title, date[:10]) for url, title, date in found] == EXPECTED


def test_an_address_can_be_made_of_fields() -> None:
    document = f'{{"list":[{{"id":1,"name":"{TITLE}","pubTime":"2019-08-16"}}]}}'
    assert read(document, options={"address": "/{id}.html"}) == EXPECTED


def test_scripts_hold_objects_arrays_and_markup() -> None:
    strict = f'var docs = [{{"URL": "../1.html", "title": "{TITLE}", "time": "2019-08-16"}}];'
    loose = f"list.push({{url: '../1.html', title: '{TITLE}', time: '2019-08-16',}});"
    titles = (TITLE, "另一篇物业服务的文章", "又一篇物业服务的文章")
    written = "".join(
        f"document.writeln('<li><a href=\"../{n}.html\">{title}<\\/a><span>2019-08-16<\\/span>');"
        for n, title in enumerate(titles, 1)
    )
    for script in (strict, loose, written):
        found = read(f"<html><body><ul></ul><script>{script}</script></body></html>", "script")
        assert found[:1] == EXPECTED


def test_a_document_without_records_gives_none() -> None:
    assert read('{"success": true, "data": {"list": []}}') == []
