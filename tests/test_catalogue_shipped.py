"""The shipped catalogue: every file is right, says where it comes from and promises nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree
from parsel.csstranslator import HTMLTranslator

from crawler.pages import Page, listing
from crawler.pages.pagers import PAGERS
from crawler.pages.readers import READERS
from model.catalogue import Catalogue
from model.source import Layout, Listing, Paused, Rule, Source

CATALOGUE = Catalogue(Path(__file__).resolve().parent.parent / "sources")
# The first two digits of GB/T 2260: provinces, municipalities, autonomous regions.
PROVINCE = re.compile(r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])\d{4}")
HOME_ONLY = "Only the home page is known"
TITLE = "小区议事厅开到楼栋，加装电梯按层分摊"
HASH = "0123456789abcdef" * 2
# One row as each column is described, the address it must give, and its day.
ROWS = [
    (
        "mohurd-dfxx",
        f'<ul><li class="date"><a class="fl" href="art/2026/art_{HASH}.html" title="{TITLE}">小区议'
        '</a><span class="date-info">2026-08-31</span></li></ul>',
        f"https://www.mohurd.gov.cn/xinwen/dfxx/art/2026/art_{HASH}.html",
    ),
    (
        "govcn-zuixin",
        f'<ul><li><h4><a href="../202608/content_7012.htm">{TITLE}</a></h4>'
        '<span class="date">2026-08-31</span></li></ul>',
        "https://www.gov.cn/zhengce/202608/content_7012.htm",
    ),
    (
        "govcn-zcwjk-bm",
        '{"searchVO":{"totalCount":41,"totalpage":3,"listVO":[{"title":"'
        + TITLE.replace("电梯", "<em>电梯</em>")
        + '","url":"https://www.gov.cn/zhengce/zhengceku/202608/content_7013.htm",'
        '"pubtime":"2026-08-31"}]}}',
        "https://www.gov.cn/zhengce/zhengceku/202608/content_7013.htm",
    ),
    (
        "sc-jst-yw",
        f'<ul><li class="clearfix"><a href="/scjst/c101451/2026/8/31/{HASH}.shtml">{TITLE}</a>'
        "<span>2026/08/31</span></li><li></li></ul>",
        f"https://jst.sc.gov.cn/scjst/c101451/2026/8/31/{HASH}.shtml",
    ),
    (
        "pzh-zf-bdyw",
        f'<div class="boxPzh15_con"><ul><li><a href="./4711.shtml">·  {TITLE}</a>'
        "<span>2026-08-31</span></li></ul><ul><li></li></ul></div>",
        "http://www.panzhihua.gov.cn/zwgk/gzdt/bdyw/4711.shtml",
    ),
    (
        "sz-zjj-tzgg",
        '<div class="listcontent_right"><ul><li><a href="/xxgk/tzgg/content/mpost_12.html">'
        f"{TITLE}</a><span>26-08-31</span></li></ul></div>",
        "http://zjj.sz.gov.cn/xxgk/tzgg/content/mpost_12.html",
    ),
    (
        "gy-jsj-gzdt",
        f'<div class="mBd"><ul><li><a href="/Item/5123.aspx"><font color="red">{TITLE}</font></a>'
        "<span>2026-08-31</span></li><li></li></ul></div>",
        "http://jsj.cngy.gov.cn/Item/5123.aspx",
    ),
    (
        "nc-zjj-hyxx",
        f'<div class="r_list"><ul><li><span><a href="/webcenter/webarticle?id=88">{TITLE}</a>'
        "</span><span>2026-08-31</span></li></ul></div>",
        "http://zfcxjsj.nanchong.gov.cn/webcenter/webarticle?id=88",
    ),
    (
        "cd-fangxie",
        f'<div class="right_cont"><ul class="ul_list"><li><span class="sp_name"><a href="/Infor/'
        f'index/id/9.html">{TITLE}</a></span><span class="sp_time">2026-08-31</span></li>'
        '<li class="line"></li></ul></div>',
        "https://www.cdfangxie.com/Infor/index/id/9.html",
    ),
    (
        "cbpanet-dzp",
        '<div class="divmore"><ul><li><div class="zxcont1"><a href="dzp_newsshow.aspx?id=9">'
        f'{TITLE}</a></div><div class="zxtime1">26/08/31</div></li></ul></div>',
        "https://www.cbpanet.com/dzp_newsshow.aspx?id=9",
    ),
    (
        "xinhua-house",
        '{"datasource":[{"showTitle":"<a href=\'x\'>' + TITLE + '</a>","publishUrl":'
        f'"/house/20260831/{HASH}/c.html","publishTime":"2026-08-31 10:00:00"}}]}}',
        f"http://www.news.cn/house/20260831/{HASH}/c.html",
    ),
    (
        "chinanews-estate",
        f'<ul><li><div class="dd_lm">[房产]</div><div class="dd_bt"><a href="/cj/2026/'
        f'08-31/77.shtml">{TITLE}</a></div><div class="dd_time">8-31 10:00</div></li></ul>',
        "https://www.chinanews.com.cn/cj/2026/08-31/77.shtml",
    ),
    (
        "ce-district",
        f'<div class="sec_left"><ul><li><a href="./202608/31/t20260831_99.shtml">{TITLE}</a>'
        "<span>2026-08-31</span></li></ul></div>",
        "http://district.ce.cn/newarea/roll/202608/31/t20260831_99.shtml",
    ),
]


@pytest.fixture(scope="module")
def shipped() -> list[Source]:
    return list(CATALOGUE.sources())


def test_there_are_columns_of_every_kind_of_publisher(shipped: list[Source]) -> None:
    kinds = Counter(source.organisation.kind for source in shipped)
    assert len(shipped) >= 60
    assert kinds["government"] >= 50
    assert kinds["association"] >= 12
    assert kinds["news"] >= 10


def test_most_columns_are_certain_and_few_are_only_home_pages(shipped: list[Source]) -> None:
    certainty = Counter(source.evidence.certainty for source in shipped)
    assert certainty["certain"] > len(shipped) / 2
    assert sum(_home_only(source) for source in shipped) < len(shipped) / 8


def test_no_two_sources_read_the_same_listing(shipped: list[Source]) -> None:
    starts = Counter(re.sub(r"^https?://(?:www\.)?|/$", "", source.start) for source in shipped)
    assert [start for start, times in starts.items() if times > 1] == []


def test_no_two_sources_are_called_the_same(shipped: list[Source]) -> None:
    titles = Counter(source.title for source in shipped)
    assert [title for title, times in titles.items() if times > 1] == []
    for source in shipped:
        assert source.title == f"{source.organisation.name} · {source.column}", source.id


def test_only_what_was_proved_on_the_site_is_enabled(shipped: list[Source]) -> None:
    for source in shipped:
        if source.status == "enabled":
            assert source.evidence.certainty == "certain", source.id
            assert source.evidence.where.startswith("proved"), source.id
        else:
            assert source.status == "unproven" or isinstance(source.status, Paused), source.id


def test_every_source_says_where_and_when_it_was_seen(shipped: list[Source]) -> None:
    for source in shipped:
        assert len(source.evidence.where) >= 15, source.id
        assert date(2016, 1, 1) <= source.evidence.seen <= date.today(), source.id


def test_no_host_is_a_test_host_or_a_private_one(shipped: list[Source]) -> None:
    for source in shipped:
        host = urlsplit(source.start).hostname or ""
        assert "." in host, source.id
        assert host == host.strip(".").lower(), source.id
        ending = host.rsplit(".", 1)[-1]
        assert ending not in {"test", "example", "invalid", "localhost", "local"}, source.id
        assert not re.search(r"(?:^|\.)example\.(?:com|net|org)$", host), source.id
        if ending.isdecimal():
            assert ip_address(host).is_global, source.id


def test_an_address_holds_no_placeholder(shipped: list[Source]) -> None:
    for source in shipped:
        assert source.start.isascii(), source.id
        assert not re.search(r"[<>{}\[\]|\\^`…]|\.\.\.", source.start), source.id


def test_a_region_is_a_code_of_six_digits_that_begins_with_a_province(
    shipped: list[Source],
) -> None:
    for source in shipped:
        region = source.organisation.region
        assert not region or PROVINCE.fullmatch(region), source.id


def test_sources_of_one_organisation_agree_on_what_it_is(shipped: list[Source]) -> None:
    known: dict[str, set[tuple[str, str]]] = {}
    for source in shipped:
        told = (source.organisation.kind, source.organisation.region)
        known.setdefault(source.organisation.name, set()).add(told)
    assert {name: told for name, told in known.items() if len(told) > 1} == {}


def test_a_home_page_is_marked_as_one(shipped: list[Source]) -> None:
    for source in shipped:
        if "栏目待查" in source.column:
            assert _home_only(source), source.id
        if _home_only(source):
            assert any("tashan sources new" in oddity for oddity in source.oddities), source.id
            assert source.status != "enabled", source.id


def test_a_listing_is_not_taken_for_an_article_of_its_own(shipped: list[Source]) -> None:
    for source in shipped:
        follow, skip = source.listing.follow, source.listing.skip
        followed = any(re.search(pattern, source.start) for pattern in follow)
        skipped = any(re.search(pattern, source.start) for pattern in skip)
        # A pattern as wide as "any digit" belongs to a family whose readers know better.
        assert not followed or skipped or "\\d" in follow, source.id


def test_every_reader_that_a_source_names_exists(shipped: list[Source]) -> None:
    for source in shipped:
        assert source.listing.reader in READERS, source.id
        assert source.listing.pager.reader in PAGERS, source.id
        if source.listing.pager.reader == "numbers":
            assert "{n}" in str(source.listing.pager.options["template"]), source.id


def test_every_rule_can_be_asked_of_a_page(shipped: list[Source]) -> None:
    asked = 0
    for source in shipped:
        for rule in _rules(source):
            if rule.css:
                etree.XPath(HTMLTranslator().css_to_xpath(rule.css))
            elif rule.xpath:
                etree.XPath(rule.xpath)
            asked += 1
    assert asked > len(shipped)


@pytest.mark.parametrize(("name", "markup", "url"), ROWS, ids=[row[0] for row in ROWS])
def test_a_row_as_it_is_described_is_read(name: str, markup: str, url: str) -> None:
    source = CATALOGUE.source(name)
    (link,) = listing.read(Page(markup.encode(), source.start, ""), source).links
    assert (link.url, link.title, link.kind) == (url, TITLE, "article")
    assert link.published is not None
    assert link.published.value[:10] == "2026-08-31"


@pytest.mark.parametrize(
    ("name", "following"),
    [
        ("govcn-bumen", "https://www.gov.cn/lianbo/bumen/home_1.htm"),
        ("xj-zjt-c113382", "https://zjt.xinjiang.gov.cn/xjzjt/c113382/zwgk_list_2.shtml"),
        ("cpma-xsxshd", "http://www.cpma.org.cn/zhyfyxh/xsxshd/new_piclist_2.shtml"),
    ],
)
def test_page_two_is_where_the_site_counts_it(name: str, following: str) -> None:
    source = CATALOGUE.source(name)
    page = Page(f"<ul><li>{TITLE}</li></ul>".encode(), source.start, "text/html; charset=utf-8")
    assert listing.read(page, source).more[0].url == following


def test_what_is_promised_can_be_kept(shipped: list[Source]) -> None:
    for source in shipped:
        assert source.expect.articles >= 1, source.id
        assert source.expect.articles <= source.pages * 100, source.id
        assert 7 <= source.expect.silence_days <= 366, source.id
        assert source.expect.filled["title"] == 1.0, source.id


def _home_only(source: Source) -> bool:
    return any(HOME_ONLY in oddity for oddity in source.oddities)


def _rules(source: Source) -> Iterator[Rule]:
    """Every rule of a source's listing and layouts."""
    parts: list[Listing | Layout] = [source.listing, *source.article]
    for part in parts:
        for name in type(part).model_fields:
            value = getattr(part, name)
            if isinstance(value, tuple):
                yield from (rule for rule in value if isinstance(rule, Rule))
