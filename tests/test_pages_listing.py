"""A column's page to its links and steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.pages import read_listing
from crawler.pages.family import recognise
from crawler.pages.listing import read
from crawler.pages.page import Page
from model.catalogue import Catalogue
from model.errors import PageError, SourceError
from model.source import Listing, Source

NAVIGATION = "".join(f'<li><a href="/c{n}/">栏目{n}</a></li>' for n in range(8))
SIDE = "".join(f'<li><a href="/hot/{n}.html">热门文章的题目比较长{n}</a></li>' for n in range(9))


def listed(rows: str) -> bytes:
    return (
        f"<html><body><ul class=nav>{NAVIGATION}</ul><div class=side><ul>{SIDE}</ul></div>"
        f"<div class=list>{rows}</div><p>版权所有</p></body></html>"
    ).encode()


def row(number: int, date: str = "2019-08-16") -> str:
    return (
        f'<li><a href="/2019/{number}.html">物业服务典型做法之{number}</a><span>{date}</span></li>'
    )


def test_rows_are_found_beside_navigation_and_side_lists() -> None:
    rows = "<ul>" + "".join(row(n) for n in range(12)) + "</ul>"
    found = read_listing(listed(rows), "http://a.test/list/")
    assert [link.url for link in found.links] == [f"http://a.test/2019/{n}.html" for n in range(12)]
    assert all(link.published for link in found.links)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_last_page_has_few_rows(count: int) -> None:
    rows = "<ul>" + "".join(row(n) for n in range(count)) + "</ul>"
    assert len(read_listing(listed(rows), "http://a.test/list/").links) == count


def test_groups_of_five_are_one_list() -> None:
    rows = "".join("<ul>" + "".join(row(5 * g + n) for n in range(5)) + "</ul>" for g in range(3))
    assert len(read_listing(listed(rows), "http://a.test/list/").links) == 15


def test_table_rows_are_rows() -> None:
    rows = "".join(
        f'<tr><td>·<a href="view.asp?id={n}">物业服务典型做法之{n}</a></td><td>2019-08-16</td></tr>'
        "<tr><td colspan=2 height=1></td></tr>"
        for n in range(6)
    )
    found = read_listing(listed(f"<table>{rows}</table>"), "http://a.test/news.asp?id=5")
    assert len(found.links) == 6


def test_a_page_without_rows_says_so() -> None:
    with pytest.raises(PageError, match="no listing"):
        read_listing(b"<html><body><p>x</p></body></html>", "http://a.test/list/")


@pytest.fixture
def column(source: Source) -> Source:
    listing = Listing.model_validate({"rows": ".list li", "follow": r"/2019/\d+\.html$"})
    return source.model_copy(update={"listing": listing, "start": "http://a.test/list/"})


def test_files_and_other_hosts_are_told_from_articles(column: Source) -> None:
    rows = (
        row(1)
        + '<li><a href="/a/2019.pdf">年度工作报告全文公布</a></li>'
        + '<li><a href="http://b.test/2019/7.html">外部文章的题目一则</a></li>'
        + '<li><a href="https://mp.weixin.qq.com/s/x">微信文章的题目一则</a></li>'
        + '<li><a href="/other/9.html">不是文章的页面地址</a></li>'
    )
    found = read(Page(listed(rows), "http://a.test/list/"), column)
    assert [link.kind for link in found.links] == ["article", "file", "external", "external"]


def test_an_article_is_listed_once_with_its_fullest_title(column: Source) -> None:
    rows = (
        '<li><a href="/2019/1.html"><img src=a.jpg title="老楼加梯"></a></li>'
        '<li><a href="/2019/1.html">老楼加梯三步走</a><span>2019-08-16</span></li>'
    )
    (link,) = read(Page(listed(rows), "http://a.test/list/"), column).links
    assert link.title == "老楼加梯三步走"
    assert link.published is not None


def test_siblings_count_where_the_source_says_so(column: Source) -> None:
    rows = row(1) + '<li><a href="http://opinion.a.test/2019/2.html">观点频道的一篇文章</a></li>'
    wide = column.listing.model_copy(update={"options": {"siblings": True}})
    page = Page(listed(rows), "http://a.test/list/")
    assert [x.kind for x in read(page, column).links] == ["article", "external"]
    found = read(page, column.model_copy(update={"listing": wide}))
    assert [x.kind for x in found.links] == ["article", "article"]


def test_an_unknown_reader_is_named(column: Source) -> None:
    wrong = column.listing.model_copy(update={"reader": "rowz"})
    with pytest.raises(PageError, match="rowz"):
        read(Page(listed(row(1)), "http://a.test/"), column.model_copy(update={"listing": wrong}))


FAMILIES = Catalogue(Path(__file__).resolve().parent.parent / "sources")


def test_every_family_file_is_valid() -> None:
    for name in FAMILIES.family_names():
        assert FAMILIES.family(name).title
    with pytest.raises(SourceError):
        FAMILIES.family("no-such-family")


@pytest.mark.parametrize(
    ("url", "body", "family"),
    [
        ("http://a.test/zw/202608/t20260831_28.shtml", "<div class=TRS_Editor>x</div>", "trs"),
        ("http://a.test/col/col1/index.html", "<script>a='/dataproxy.jsp'</script>", "jcms"),
        ("http://a.test/info/1103/7.htm", "<div id=vsb_content>x</div>", "vsb"),
        ("http://a.test/n1/2019/0615/c1013-3.html", "<div id=rwb_zw>x</div>", "people"),
        ("http://a.test/x.html", "<ucapcontent>x</ucapcontent>", "ucap"),
        ("http://a.test/Item/5.aspx", '<a href="Show.aspx?ID=7">x</a>', "asp"),
    ],
)
def test_families_are_recognised(url: str, body: str, family: str) -> None:
    families = [FAMILIES.family(name) for name in FAMILIES.family_names()]
    assert recognise(Page(body.encode(), url), families)[0][0] == family


def test_a_plain_page_is_of_no_family() -> None:
    families = [FAMILIES.family(name) for name in FAMILIES.family_names()]
    assert recognise(Page(b"<p>x</p>", "http://a.test/"), families) == []


@pytest.mark.parametrize("hosts", ["www.b.test", "b.test", "WWW.B.test c.test"])
def test_further_hosts_are_named_with_www_or_without(column: Source, hosts: str) -> None:
    rows = row(1) + '<li><a href="http://www.b.test/2019/7.html">物业服务典型做法之七</a></li>'
    wide = column.listing.model_copy(update={"options": {"hosts": hosts}})
    found = read(
        Page(listed(rows), "http://a.test/list/"), column.model_copy(update={"listing": wide})
    )
    assert [link.kind for link in found.links] == ["article", "article"]


def test_one_article_under_two_spellings_of_the_host_is_one_row() -> None:
    twins = "".join(
        f'<li><a href="{host}/2019/{n}.html">物业服务典型做法之{n}</a><span>2019-08-16</span></li>'
        for n in range(6)
        for host in ("http://a.test", "https://www.a.test")
    )
    found = read_listing(listed(f"<ul>{twins}</ul>"), "http://a.test/list/")
    assert [link.url for link in found.links] == [f"http://a.test/2019/{n}.html" for n in range(6)]
