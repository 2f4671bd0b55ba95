"""Pages that answer 200 and hold no article."""

from __future__ import annotations

import pytest

from crawler.pages import read_article, read_listing
from crawler.pages.article import read
from crawler.pages.page import Page
from model.errors import PageError, RefusedPage
from model.source import Source

REFUSED = [
    "<script>document.cookie='__jsl_clearance_s=1';location.reload()</script>",
    "<html><head><title>访问验证</title></head><body>请完成验证后继续访问</body></html>",
    "<html><head></head><body><p>您的访问过于频繁，访问过于频繁</p></body></html>",
    '<html><head><meta content="x"><script>eval(function(p){return p}("a"))</script></head></html>',
]
GONE = [
    "<html><body><p>您访问的页面不存在或已被删除。</p></body></html>",
    "<html><head><title>提示</title></head><body><div>暂无相关信息</div></body></html>",
]
PROSE = "<p>街道办事处组织业主代表召开会议，商定维修方案，并在小区公示七天。</p>" * 12


@pytest.mark.parametrize("face", REFUSED)
def test_challenges_are_refusals(face: str) -> None:
    for read_any in (read_article, read_listing):
        with pytest.raises(RefusedPage):
            read_any(face.encode(), "http://a.test/1.html")


@pytest.mark.parametrize("face", GONE)
def test_missing_pages_are_told(face: str) -> None:
    with pytest.raises(PageError) as caught:
        read_article(face.encode(), "http://a.test/1.html")
    assert caught.value.field == "gone"
    assert caught.value.url == "http://a.test/1.html"


def test_members_only_is_told() -> None:
    with pytest.raises(PageError) as caught:
        read_article("<p>对不起，无查看权限！</p>".encode(), "http://a.test/1.html")
    assert caught.value.field == "restricted"


def test_a_source_knows_faces_of_its_own(source: Source) -> None:
    faces = source.faces.model_copy(update={"gone": ("此稿已撤",)})
    with pytest.raises(PageError) as caught:
        read(
            Page("<p>此稿已撤</p>".encode(), "http://a.test/1.html"),
            source.model_copy(update={"faces": faces}),
        )
    assert caught.value.field == "gone"


def test_an_article_about_such_words_is_an_article() -> None:
    page = f"<h1>网站无障碍改造</h1><p>页面不存在的提示要清楚，访问过于频繁时要说明。</p>{PROSE}"
    assert read_article(page.encode(), "http://a.test/1.html").title == "网站无障碍改造"


def test_the_home_page_in_place_of_an_article_is_none() -> None:
    page = "<html><head><title>南浦住房保障网</title></head><body><a href=/>首页</a></body></html>"
    with pytest.raises(PageError):
        read_article(page.encode(), "http://a.test/1.html")
