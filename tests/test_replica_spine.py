"""The association, the government site and the mirror: the quirks they are there for."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from replica.server import Replica

FOUNDING = Path(__file__).parent.parent.parent / "shared" / "seed" / "founding-page.txt"
ASSOC = "http://assoc.test/"
GOV = "http://gov.test/zwgk/tszs/"


@pytest.fixture
def replica() -> Iterator[Replica]:
    with Replica() as made:
        yield made


def _gbk(replica: Replica, url: str) -> str:
    answer = replica.visit(url)
    assert answer.headers["content-type"] == "text/html"
    return answer.body.decode("gbk")


def test_the_association_counts_its_readers(replica: Replica) -> None:
    fact = next(f for f in replica.truth("assoc.test") if not f["url"].endswith(("0", "5")))
    pattern = r"阅读次数:(\d+)"
    plain = next(
        f["url"] for f in replica.truth("assoc.test") if re.search(pattern, _gbk(replica, f["url"]))
    )
    first, second = (int(re.findall(pattern, _gbk(replica, plain))[0]) for _ in range(2))
    assert second == first + 1
    visitors = [int(re.findall(r"第(\d+)位访客", _gbk(replica, fact["url"]))[0]) for _ in range(2)]
    assert visitors[1] == visitors[0] + 1
    replica.switch("assoc.counters", False)
    assert _gbk(replica, plain) == _gbk(replica, plain)


def test_the_association_looks_at_no_letter_case(replica: Replica) -> None:
    replica.switch("assoc.counters", False)
    fact = replica.truth("assoc.test")[0]
    pages = {_gbk(replica, url) for url in [fact["url"], *fact["twins"]]}
    assert len(pages) == 1


def test_the_association_says_in_words_what_is_missing(replica: Replica) -> None:
    assert "暂无相关信息" in _gbk(replica, ASSOC + "NewsView.Asp?ID=1&SortID=5")
    closed = [f for f in replica.truth("assoc.test") if f["state"] == "restricted"]
    assert len(closed) == 1
    assert "无查看权限" in _gbk(replica, closed[0]["url"])


def test_titles_are_cut_at_seventeen_without_a_sign(replica: Replica) -> None:
    listing = _gbk(replica, ASSOC + "news.asp?SortID=5")
    shown = re.findall(r"<TD height=24>·<A [^>]*>([^<]*)</A>", html.unescape(listing))
    assert len(shown) >= 15
    assert max(map(len, shown)) == 17
    assert "…" not in listing
    assert "new.gif" in listing


def test_past_the_end_the_association_repeats_its_last_page(replica: Replica) -> None:
    replica.switch("assoc.counters", False)
    last = int(re.findall(r"/(\d+) 页", _gbk(replica, ASSOC + "news.asp?SortID=5"))[0])
    pages = [_gbk(replica, f"{ASSOC}news.asp?SortID=5&page={n}") for n in (last, last + 1)]
    assert last >= 3
    assert pages[0] == pages[1]


def test_the_association_can_claim_the_wrong_encoding(replica: Replica) -> None:
    replica.switch("assoc.header_utf8", True)
    answer = replica.visit(ASSOC + "news.asp?SortID=5")
    assert answer.headers["content-type"].endswith("utf-8")
    assert "他山之石" in answer.body.decode("gbk")


def test_an_article_of_several_pages_goes_on_by_parameter(replica: Replica) -> None:
    url = replica.publish(
        "assoc.test", {"title": "长文", "date": "2026-11-01", "body": "一页\n<!-- page -->\n二页"}
    )
    first = _gbk(replica, url)
    assert "一页" in first
    assert "二页" not in first
    onward = re.findall(r'HREF="([^"]*page=1)">下一页|href="([^"]*page=1)">下一页', first)[0]
    assert "二页" in _gbk(replica, ASSOC + "".join(onward))


@pytest.mark.skipif(not FOUNDING.exists(), reason="the founding page is not beside the project")
@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_the_founding_page_fits_the_template(replica: Replica, encoding: str) -> None:
    copied = FOUNDING.read_text(encoding="utf-8")
    url = replica.publish_copied("assoc.test", copied, "他山之石", encoding)
    page = replica.visit(url).body.decode(encoding)
    declared = "gb2312" if encoding == "gbk" else encoding
    assert f"charset={declared}" in page
    for line in copied.replace("他山之石 ", "他山之石\n", 1).splitlines():
        assert line.strip() in html.unescape(page), line


def test_the_government_site_pages_by_script_and_ends_in_stubs(replica: Replica) -> None:
    assert replica.visit(GOV.rstrip("/")).headers["location"] == "/zwgk/tszs/"
    first = replica.visit(GOV).text
    count = int(re.findall(r'createPageHTML\((\d+), 0, "index", "shtml"\)', first)[0])
    assert '<a href="index_1' not in first
    sizes = [len(replica.visit(f"{GOV}index_{n}.shtml").body) for n in range(1, count)]
    assert len([size for size in sizes if size < 400]) == 3
    assert sizes == sorted(sizes, reverse=True)
    replica.switch("gov.stubs", False)
    assert replica.visit(f"{GOV}index_{count - 1}.shtml").status == 404


def test_the_second_numbering_calls_page_two_two(replica: Replica) -> None:
    second = replica.visit(GOV + "index_1.shtml").text
    replica.switch("gov.numbering", 2)
    assert replica.visit(GOV + "index_1.shtml").status == 404
    assert re.findall("<li><a href[^>]*>", second) == re.findall(
        "<li><a href[^>]*>", replica.visit(GOV + "index_2.shtml").text
    )


def test_rows_lead_elsewhere_and_every_fifth_is_a_line(replica: Replica) -> None:
    listing = replica.visit(GOV).text
    for link in ("http://www.people.test/", "./202601/P0", "https://mp.weixin", "../../zwgk/zcfg/"):
        assert f'<li><a href="{link}' in listing
    assert listing.count('<li class="line"></li>') == 3
    replica.switch("gov.strangers", False)
    assert "weixin" not in replica.visit(GOV).text
    assert all(f["listed_by"] == [f["source"]] for f in replica.truth("gov.test"))


def test_metas_are_as_irregular_as_real_ones(replica: Replica) -> None:
    pages = [replica.visit(fact["url"]).text for fact in replica.truth("gov.test")]
    assert any(page.count('name="SiteName"') == 2 for page in pages)
    assert any('name="ArticleTitle" content="\n' in page for page in pages)
    assert any('name="ContentSource" content=""' in page for page in pages)
    assert all('alt="2017-11-08 20:26"' in page for page in pages)
    assert any("xxgk" in page for page in pages)


def test_an_unchanged_page_is_304(replica: Replica) -> None:
    url = replica.truth("gov.test")[0]["url"]
    tag = replica.visit(url).headers["etag"]
    assert replica.visit(url, headers={"If-None-Match": tag}).status == 304
    replica.edit("gov.test", replica.truth("gov.test")[0]["id"], title="换了题目")
    assert replica.visit(url, headers={"If-None-Match": tag}).status == 200


def test_the_mirror_damages_what_the_association_wrote(replica: Replica) -> None:
    seen = set()
    for fact in replica.truth("mirror.test"):
        page = replica.visit(fact["url"]).text
        fate = fact["damage"]
        seen.add(fate[:2])
        toned = len(re.findall(r"[一-鿿]\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,6}\)", page))
        assert ("星河體育" in page) == fate.endswith("+")
        assert (toned > 3) == (fate != "hant"), fact["url"]
        assert "物業" in page
        assert any(fact["url"].split("/")[-1] in f["url"] for f in replica.truth("assoc.test"))
    assert seen == {"A1", "A2", "A3", "B", "B+", "ha"}
