"""Markup to one tree: nothing is lost, nothing takes long."""

from __future__ import annotations

import time

import pytest

from crawler.pages.parsing import parse
from model.errors import PageError


def text(markup: str) -> str:
    return "".join(map(str, parse(markup).itertext()))


@pytest.mark.parametrize("depth", [10, 300, 2_100, 20_000])
def test_text_below_any_depth_is_kept(depth: int) -> None:
    page = (
        "<html><body>"
        + "<div>" * depth
        + "深处的字"
        + "</div>" * depth
        + "<p>末尾</p></body></html>"
    )
    assert "深处的字" in text(page)
    assert "末尾" in text(page)


def test_unclosed_tags_keep_their_text() -> None:
    page = "<html><body>" + "<font>字" * 5_000 + "末</body></html>"
    assert text(page).count("字") == 5_000
    assert text(page).endswith("末")


def test_what_follows_a_stray_end_of_the_page_is_part_of_it() -> None:
    root = parse("<html><body><p>头</p></body></html><div id=zw>正文</div></html><p>尾</p>")
    assert root.find(".//div[@id='zw']") is not None
    assert root.find(".//div[@id='zw']").text == "正文"  # type: ignore[union-attr]


def test_a_second_document_inside_is_read() -> None:
    root = parse(
        "<html><body><div><html><head><title>内</title></head><body><p>文</p></body></html></div>"
    )
    assert [element.text for element in root.iter("title")] == ["内"]


def test_control_characters_go() -> None:
    assert text("<p>物\x00业\x0b管\x1f理</p>") == "物业管理"


@pytest.mark.parametrize("markup", ["", "   ", "<!-- nothing -->"])
def test_no_markup_is_an_error(markup: str) -> None:
    with pytest.raises(PageError):
        parse(markup)


HOSTILE = {
    "attributes": "<p " + " ".join(f"a{i}=1" for i in range(60_000)) + ">字</p>",
    "angles in attributes": "<p " + " ".join(f'a{i}="<>"' for i in range(50_000)) + ">字</p>",
    "paragraphs": "<p>字" * 200_000,
    "empty paragraphs": "<p>" * 300_000 + "字",
    "bold": "<b>字" * 150_000,
    "comments": "字<p>x</p>" + "<!--" * 200_000,
    "brackets": "<p>字</p>" + "<" * 800_000,
    "scripts": "<p>字</p>" + "<script>" * 100_000,
    "entities": "<p>字</p>" + "&#x" * 300_000,
}


@pytest.mark.parametrize("shape", HOSTILE)
def test_no_shape_of_page_takes_long(shape: str) -> None:
    start = time.process_time()
    assert "字" in text(f"<html><body>{HOSTILE[shape]}</body></html>")
    assert time.process_time() - start < 2


def test_a_tag_with_too_many_attributes_keeps_the_first() -> None:
    attributes = " ".join(f'x{i}="1"' for i in range(40_000))
    root = parse(f"<html><body><a href='/a.html' {attributes}>字</a></body></html>")
    link = next(root.iter("a"))
    assert link.get("href") == "/a.html"
    assert len(link.attrib) <= 101
