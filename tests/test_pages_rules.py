"""Rules of source files applied to pages."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.pages import rules
from crawler.pages.page import Page
from model.errors import PageError
from model.source import Rule

PAGE = Page(
    """<html><head><meta name="PubDate" content="2019-08-16"></head><body>
    <div id=a><h1>题</h1><p class=t>一<b>二</b></p><p class=t>三</p><a href="/1.html">链</a></div>
    <p>作者：张三　来源：人民网</p>
    <script id="__NEXT_DATA__" type="application/json">
    {"props": {"list": [{"title": "甲"}, {"title": "乙"}]}}</script></body></html>""".encode(),
    "http://a.test/1.html",
)


def rule(said: Any) -> Rule:
    return Rule.model_validate(said)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("h1", "题"),
        (".t", "一二"),
        ("a::attr(href)", "/1.html"),
        ("h1::text", "题"),
        ("//p[@class='t'][2]", "三"),
        ("//a/@href", "/1.html"),
        ("//a[@href='/1.html']/../h1", "题"),
        ({"meta": "pubdate"}, "2019-08-16"),
        ({"label": "来源"}, "人民网"),
        ({"json": "__NEXT_DATA__.props.list.title"}, "甲"),
        ({"json": "__NEXT_DATA__.props.list.1.title"}, "乙"),
        ({"css": "a::attr(href)", "pattern": r"/(\d+)\."}, "1"),
        ({"meta": "none"}, ""),
    ],
)
def test_every_kind_of_rule_finds(said: Any, value: str) -> None:
    assert rules.first(PAGE, (rule(said),))[0] == value


def test_rules_are_tried_in_order_and_named() -> None:
    found = rules.first(PAGE, (rule({"meta": "none"}), rule("h2"), rule("h1")))
    assert found == ("题", "css h1")


def test_rules_look_inside_what_they_are_given() -> None:
    box = rules.elements(PAGE, (rule("#a"),))[0][0]
    assert [text for text, _ in rules.values(PAGE, (rule("p"),), box)] == ["一二", "三"]
    record = {"title": "丙", "deep": {"url": "/3.html"}}
    assert rules.first(PAGE, (rule({"json": "deep.url"}),), record)[0] == "/3.html"


def test_a_rule_that_cannot_be_understood_is_a_page_error() -> None:
    with pytest.raises(PageError, match="css"):
        rules.first(PAGE, (rule("p:no-such-thing(2)"),))
    with pytest.raises(PageError, match="xpath"):
        rules.first(PAGE, (rule("//p["),))
