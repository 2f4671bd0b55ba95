"""Boxes inside a body that are not of it."""

from __future__ import annotations

import pytest

from crawler.pages import read_article

PROSE = [f"第{n}组走访了三个住宅区，查看电梯和消防通道，听取住户的意见。" for n in range(6)]


def body(inside: str) -> list[str]:
    text = "".join(f"<p>{line}</p>" for line in PROSE)
    page = (
        f"<html><title>走访住宅区</title><body><h1>走访住宅区</h1>"
        f"<div class=content>{inside}{text}</div></body></html>"
    )
    return read_article(page.encode(), "http://a.test/7.html").text.splitlines()


@pytest.mark.parametrize(
    "inside",
    [
        "<div class='video-player'><ul><li>倍速</li><li>高清</li></ul><p>循环播放</p></div>",
        "<form><p>你怎么看物业收费？</p><input type=radio>合理<br><input type=radio>偏高</form>",
        "<div class=vote><p>调查：你满意吗</p><p>满意</p></div>",
        "<div class='related-news'><p>另一篇文章的题目在这里</p></div>",
    ],
)
def test_they_are_left_out(inside: str) -> None:
    assert [line for line in body(inside) if line] == PROSE


def test_what_holds_most_of_the_text_is_the_article() -> None:
    inside = f"<div class=share><p>{''.join(PROSE)}</p></div>"
    assert "".join(PROSE) in "".join(body(inside))
