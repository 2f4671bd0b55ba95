"""The content systems of the replica web: the quirk that makes each of them worth having."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import quote, quote_plus, urlencode

import pytest

from replica.server import Replica


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica() as made:
        yield made


@pytest.fixture
def fresh() -> Iterator[Replica]:
    """One that a test may change."""
    with Replica() as made:
        yield made


def test_without_a_script_the_trs_list_is_empty(replica: Replica) -> None:
    page = replica.visit("http://trsjs.test/zwdt/jdxw/").text
    rows = json.loads(re.findall(r"var docs = (.*);\n", page)[0])
    assert [row["URL"] for row in rows] == re.findall(r'"URL": "([^"]+)"', page)
    bare = re.sub(r"(?s)<script.*?</script>", "", page)
    assert re.search(r'id="list">\s*</ul>', bare)
    assert any("&ldquo;" in row["title"] for row in rows)


PROXY = "http://jcms.test/module/web/jpage/dataproxy.jsp"


def test_dataproxy_wants_a_referer(fresh: Replica) -> None:
    asked = {"startrecord": "31", "endrecord": "46", "columnid": "1229283449", "unitid": "6331812"}
    url = f"{PROXY}?{urlencode(asked)}"
    assert "<record>" not in fresh.visit(url).text
    referer = {"Referer": "http://jcms.test/col/col1229283449/index.html"}
    assert fresh.visit(url, headers=referer).text.count("<record>") == 16
    assert fresh.visit(PROXY, form=asked, headers=referer).text.count("<record>") == 16
    fresh.switch("jcms.referer", False)
    assert fresh.visit(url).text.count("<record>") == 16


def test_the_island_holds_the_first_rows_and_the_total(replica: Replica) -> None:
    page = replica.visit("http://jcms.test/col/col1229283449/index.html").text
    assert page.count("<record><![CDATA[") == 30
    assert "<totalrecord>46</totalrecord>" in page
    second = replica.visit("http://jcms.test/col/col1229283450/index.html").text
    assert "unitid=" in re.findall(r"<nextgroup>(.*)</nextgroup>", second)[0]


def _unit(page_id: str, tag: str, **asked: object) -> str:
    said = {"pageId": page_id, "paramJson": json.dumps(asked)}
    return (
        "http://jpaas.test/api-gateway/jpaas-publish-server/front/page/build/unit?"
        f"{urlencode(said)}&tagId={tag}"
    )


def test_only_param_json_counts_for_jpaas(replica: Replica) -> None:
    column, tag = "13f214f3a89147ea859e47aab5f60d01", "栏目-list"
    first = json.loads(replica.visit(_unit(column, quote(tag), pageNo=1)).body)
    second = json.loads(replica.visit(_unit(column, quote(tag), pageNo=2)).body)
    ignored = json.loads(replica.visit(_unit(column, quote(tag)) + "&pageNo=2").body)
    assert first["data"]["html"] == ignored["data"]["html"] != second["data"]["html"]
    wrong = replica.visit(_unit(column, quote_plus(tag.encode("gbk"))))
    assert (wrong.status, json.loads(wrong.body)) == (200, {"success": False, "data": None})


def test_jpaas_can_refuse_now_and_then(fresh: Replica) -> None:
    fresh.switch("jpaas.refuse_every", 3)
    url = _unit("13f214f3a89147ea859e47aab5f60d01", quote("栏目-list"), pageNo=1)
    assert [fresh.visit(url).status for _ in range(6)] == [200, 200, 403, 200, 200, 403]


def test_three_generations_of_addresses(replica: Replica) -> None:
    fact = next(f for f in replica.truth("jpaas.test") if f["twins"])
    assert re.search(r"/\d{6}/\d{8}_\d+\.html$", fact["url"])
    assert replica.visit(fact["url"]).body == replica.visit(fact["twins"][0]).body
    old = re.sub(r"/(\d{6})/(\d{8})_", r"/\1/t\2_", fact["url"])
    assert replica.visit(old).status == 404


def test_the_catalogue_has_two_dates_a_row_and_strangers(replica: Replica) -> None:
    page = replica.visit("http://gkml.test/gkmlpt/index").text
    sid = json.loads(re.findall(r"_CONFIG = (.*);<", page)[0])["SID"]
    rows = []
    for number in range(1, 4):
        url = f"http://gkml.test/gkmlpt/api/all/9103?page={number}&sid={sid}"
        told = json.loads(replica.visit(url).body)
        rows += told["articles"]
    assert len(rows) == told["total"] + 3
    assert all(row["create_time"] > row["display_publish_time"] for row in rows)
    assert any("weixin" in row["url"] for row in rows)
    plain = replica.visit("http://gkml.test/xxgk/tzgg/").text
    assert re.findall(r"<span>\d\d-\d\d-\d\d</span>", plain)


def test_ucap_groups_rows_by_five_and_has_a_json_twin(replica: Replica) -> None:
    page = replica.visit("http://sc.test/scjst/c101428/article_list.shtml").text
    assert page.count("<li></li>") == 3
    assert '<ul class="m-pagination-page"></ul>' in page
    grouped = replica.visit("http://sc.test/scjst/c101448/list.shtml").text
    assert "·  " in grouped
    assert grouped.count('<li class="pages">') == 1
    told = replica.visit("http://sc.test/queryList", form={"channelCode[]": "c101428", "page": "2"})
    assert len(json.loads(told.body)["data"]["results"]) == 15
    assert replica.visit("http://sc.test/scjst/c101428/article_list_2.shtml").status == 200


def test_the_portal_has_a_feed_a_search_and_a_gate(replica: Replica) -> None:
    facts = replica.truth("govcn.test")
    feed = json.loads(replica.visit("http://govcn.test/zhengce/zuixin/ZUIXINZHENGCE.json").body)
    assert [row["URL"] for row in feed] == [
        f["url"] for f in facts if f["source"] == "govcn-zuixin"
    ]
    search = "http://sousuo.govcn.test/search-gov/data?t=zhengcelibrary_bm&p=1&n=20"
    found = json.loads(replica.visit(search).body)["searchVO"]
    assert any("<em>" in row["title"] for row in found["listVO"])
    gate = replica.visit("http://big5.govcn.test/gate/big5/govcn.test/lianbo/bumen/index.htm").text
    assert "部門動態" in gate
    assert 'href="/gate/big5/govcn.test/lianbo/' in gate


def test_people_says_gb2312_and_means_more(replica: Replica) -> None:
    codecs = set()
    for fact in replica.truth("people.test"):
        answer = replica.visit(fact["url"])
        assert "charset" not in answer.headers["content-type"]
        assert b"charset=GB2312" in answer.body
        try:
            answer.body.decode("utf-8")
            codecs.add("utf-8")
        except UnicodeDecodeError:
            answer.body.decode("gb18030")
            codecs.add("gb18030")
    assert codecs == {"utf-8", "gb18030"}


def test_people_turns_pages_behind_a_picture(replica: Replica) -> None:
    fact = next(f for f in replica.truth("people.test") if f["id"] == "jiedao-shinian-zhangben")
    first = replica.visit(fact["url"]).body.decode("gb18030")
    onward = re.findall(r'<a href="([^"]+)"><img src="/img/next_page.jpg"', first)[0]
    assert onward.endswith("-2.html")
    assert replica.visit(fact["url"].rpartition("/")[0] + "/" + onward).status == 200


def test_xinhua_has_its_rows_beside_the_page(replica: Replica) -> None:
    page = replica.visit("http://xinhua.test/house/").text
    source = re.findall(r'data="datasource:([0-9a-f]{32})"', page)[0]
    feed = json.loads(replica.visit(f"http://xinhua.test/house/ds_{source}.json").body)
    assert len(feed["datasource"]) == len(replica.truth("xinhua.test"))
    assert "<br>" in feed["datasource"][0]["showTitle"]


def test_boda_counts_down_and_wants_a_referer(fresh: Replica) -> None:
    page = fresh.visit("http://vsb.test/tzgg.htm").text
    assert re.findall(r'<a href="([^"]+)" class="Next">', page) == ["tzgg/3.htm", "tzgg/1.htm"]
    assert fresh.visit("http://vsb.test/tzgg/4.htm").status == 404
    policy = {"title": "有附件", "date": "2026-01-01", "body": "见附件", "attachments": ["表.doc"]}
    fresh.publish("vsb.test", policy)
    file = fresh.truth("vsb.test")[0]["attachments"]
    file = file or next(f for f in fresh.truth("vsb.test") if f["attachments"])["attachments"]
    assert fresh.visit(file[0]["url"]).headers["content-type"].startswith("text/html")
    asked = fresh.visit(file[0]["url"], headers={"Referer": "http://vsb.test/"})
    assert asked.body.startswith(b"\xd0\xcf")


def test_a_chinese_path_in_gbk_is_sent_to_utf8(replica: Replica) -> None:
    answer = replica.visit("http://misc.test/list/" + quote("工作动态".encode("gbk")))
    assert answer.status == 302
    assert answer.headers["location"].encode("latin-1").decode() == "/list/工作动态"
    assert replica.visit("http://misc.test/list/" + quote("工作动态")).status == 200


def test_ecdomain_goes_on_by_form(replica: Replica) -> None:
    url = "http://misc.test/ecdomain/framework/bhjcy/bjhdfibkhlpfbboekapaldnhnlobgaip.jsp"
    first, second = replica.visit(url).text, replica.visit(url, form={"pageNum": "2"}).text
    links = [set(re.findall(r"fileid=(\d+)", page)) for page in (first, second)]
    assert links[0]
    assert links[1]
    assert not links[0] & links[1]
    article = next(f for f in replica.truth("misc.test") if f["source"] == "misc-ecdomain")
    assert replica.visit(article["url"]).text.count("<html>") == 2


def test_a_session_stands_in_the_path(fresh: Replica) -> None:
    fresh.switch("aspnet.sessions", True)
    url = "http://aspnet.test/ArticleList.aspx?NewsClassID=4020"
    links = [re.findall(r'href="(/\(S[^"]+)"', fresh.visit(url).body.decode("gbk")) for _ in "12"]
    assert links[0][0] != links[1][0]
    assert fresh.visit("http://aspnet.test" + links[0][0]).status == 200


def test_a_date_only_in_the_title_attribute(replica: Replica) -> None:
    page = replica.visit("http://aspnet.test/Article/ShowClass.asp?ClassID=33").body.decode("gbk")
    assert "更新时间：20" in page
    assert not re.findall(r"<td>\d{4}-", page)


def test_the_calendar_never_ends(replica: Replica) -> None:
    url = "http://odd.test/scroll/2026/1120/news.shtml"
    for _ in range(40):
        page = replica.visit(url).text
        url = "http://odd.test" + re.findall(r'class="pagebox"><a href="([^"]+)"', page)[0]
    assert "当日没有新闻" in page
    assert url.endswith("/scroll/2026/1011/news.shtml")


def test_feeds_name_every_article(replica: Replica) -> None:
    urls = [f["url"] for f in replica.truth("odd.test") if f["source"] == "odd-rss"]
    for feed in ("rss.xml", "atom.xml", "sitemap.xml"):
        answer = replica.visit(f"http://odd.test/{feed}")
        assert answer.headers["content-type"].startswith("application/xml")
        assert all(url.split(".test")[1] in answer.text for url in urls)


def test_the_application_stands_in_json(replica: Replica) -> None:
    page = replica.visit("http://spa.test/list_25433").text
    state = json.loads(re.findall(r'type="application/json">(.*?)</script>', page)[0])
    assert len(state["props"]["pageProps"]["data"]["list"]) == 10
    api = "http://spa.test/contentapi/nodeCont/getByNodeIdPortal"
    told = json.loads(replica.visit(api, form={"nodeId": "25433", "pageNum": "4"}).body)["data"]
    assert (len(told["list"]), told["hasNext"]) == (8, False)


def test_near_copies_are_shorter_and_know_the_others(replica: Replica) -> None:
    for fact in replica.truth("near.test"):
        assert [url.split("/")[2] for url in fact["copies"]][1:] == ["assoc.test", "mirror.test"]
        whole = next(f for f in replica.truth("assoc.test") if f["id"] == fact["id"])
        share = len("".join(fact["paragraphs"])) / len("".join(whole["paragraphs"]))
        assert 0.3 < share < 0.85
