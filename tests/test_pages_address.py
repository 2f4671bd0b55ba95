"""The one form of an address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pages.address import absolute, canonical, domain, host, suffix
from model.source import Address

PLAIN = Address()
ASP = Address(ignore_case=True, parameters=("id",))


@pytest.mark.parametrize(
    ("one", "other", "address"),
    [
        ("http://A.test:80/x/#top", "http://a.test/x/", PLAIN),
        ("http://a.test/x/index.html", "http://a.test/x/", PLAIN),
        ("http://a.test/x/index.shtml", "http://a.test/x/", PLAIN),
        ("http://a.test", "http://a.test/", PLAIN),
        ("http://a.test/l.jsp;jsessionid=AB12?id=1", "http://a.test/l.jsp?id=1", PLAIN),
        ("http://a.test/l?b=2&a=1&PHPSESSID=x", "http://a.test/l?a=1&b=2", PLAIN),
        (
            "http://a.test/(S(abc123))/NewsInfo.aspx?NewsID=1",
            "http://a.test/NewsInfo.aspx?NewsID=1",
            PLAIN,
        ),
        ("http://a.test/NewsView.Asp?ID=513&SortID=5", "http://a.test/newsview.asp?id=513", ASP),
        ("http://big5.a.test/gate/big5/www.a.test/x/1.htm", "http://www.a.test/x/1.htm", PLAIN),
        (
            "http://a.test/list/工作动态",
            "http://a.test/list/%E5%B7%A5%E4%BD%9C%E5%8A%A8%E6%80%81",
            PLAIN,
        ),
        ("http://a.test/%7ex/%2d", "http://a.test/~x/-", PLAIN),
        ("http://a.test./x", "http://a.test/x", PLAIN),
    ],
)
def test_twins_have_one_form(one: str, other: str, address: Address) -> None:
    assert canonical(one, address) == canonical(other, address)


def test_what_differs_stays_different() -> None:
    assert canonical("http://a.test/x?id=1") != canonical("http://a.test/x?id=2")
    assert canonical("http://a.test/X") != canonical("http://a.test/x")
    assert canonical("https://a.test/x") != canonical("http://a.test/x")


@given(st.text(max_size=60))
def test_twice_is_once(text: str) -> None:
    once = canonical(f"http://a.test/{text}")
    assert canonical(once) == once


@pytest.mark.parametrize("url", ["", "http://[", "not an address", "http://a:99999/x"])
def test_what_is_no_address_comes_back(url: str) -> None:
    assert isinstance(canonical(url), str)
    assert isinstance(host(url), str)
    assert isinstance(suffix(url), str)


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("./202608/t1.html", "http://a.test/x/202608/t1.html"),
        ("../../y/1.html", "http://a.test/y/1.html"),
        ("//b.test/1.html", "http://b.test/1.html"),
        ("?page=2", "http://a.test/x/l.html?page=2"),
        (" /a b.doc\n", "http://a.test/ab.doc"),
        ("\\news\\1.html", "http://a.test/news/1.html"),
        ("/列表/1.html", "http://a.test/%E5%88%97%E8%A1%A8/1.html"),
        ("javascript:void(0)", ""),
        ("mailto:a@b.cn", ""),
        ("#top", ""),
        ("http://user:pass@b.test/", ""),
        ("http://[bad/", ""),
        ("ftp://b.test/a", ""),
        ("", ""),
    ],
)
def test_links_become_whole_or_nothing(link: str, url: str) -> None:
    assert absolute("http://a.test/x/l.html", link) == url


def test_hosts_and_their_owners() -> None:
    assert host("http://WWW.A.test:8080/x") == "a.test"
    assert domain("opinion.people.com.cn") == "people.com.cn"
    assert domain("zjj.sz.gov.cn") == "sz.gov.cn"
    assert domain("www.a.test") == "a.test"
    assert suffix("http://a.test/x/文.PDF?x=1") == "pdf"
