"""One page, decoded once, parsed once."""

from __future__ import annotations

import pytest

from crawler.pages.page import Page, loads
from model.errors import PageError

PAGE = b"""<html><head><base href="/a/b/"><meta name="PubDate" content="2019-08-16">
<meta NAME="pubdate" content=""><meta property="og:title" content=" a
 b "></head><body><script>var docs = [{"title": "x"}]; window._CONFIG = {"SID": 7};</script>
<script id="__NEXT_DATA__" type="application/json">{"props": {"a": 1}}</script></body></html>"""


def page(body: bytes = PAGE, url: str = "http://a.test/x/1.html") -> Page:
    return Page(body, url)


def test_metas_have_lower_case_names_and_no_empty_values() -> None:
    assert page().metas["pubdate"] == ["2019-08-16"]
    assert page().meta("OG:Title") == "a b"
    assert page().meta("no", "PUBDATE") == "2019-08-16"


def test_links_are_relative_to_the_base() -> None:
    assert page().base == "http://a.test/a/b/"
    assert page(b"<p>x</p>").base == "http://a.test/x/1.html"
    assert page(b"<base href='http://[bad'><p>x</p>").base == "http://a.test/x/1.html"


def test_data_inside_the_page_is_found_by_id_and_by_variable() -> None:
    assert page().data("__NEXT_DATA__") == {"props": {"a": 1}}
    assert page().data("docs") == [{"title": "x"}]
    assert page().data("_CONFIG") == {"SID": 7}
    assert page().data("nothing") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1}', {"a": 1}),
        ('callback({"a": 1});', {"a": 1}),
        ("[1, 2] trailing", [1, 2]),
        ("<html>", None),
        ("[" * 100_000, None),
    ],
)
def test_json_and_jsonp_are_read(text: str, value: object) -> None:
    assert loads(text) == value


def test_an_empty_page_is_a_page_error_that_names_it() -> None:
    with pytest.raises(PageError) as caught:
        _ = page(b"").root
    assert caught.value.url == "http://a.test/x/1.html"
