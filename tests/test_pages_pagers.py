"""How listings go on, read from what their pagers say."""

from __future__ import annotations

from crawler.pages.page import Page
from crawler.pages.pagers import PAGERS, Step


def steps(
    reader: str, body: str, url: str = "http://a.test/tzgg/", **options: str | int
) -> list[Step]:
    page = Page(f"<html><body>{body}</body></html>".encode(), url)
    return list(PAGERS[reader](page, options))


def urls(
    reader: str, body: str, url: str = "http://a.test/tzgg/", **options: str | int
) -> list[str]:
    return [step.url.removeprefix("http://a.test") for step in steps(reader, body, url, **options)]


def script(call: str) -> str:
    return f"<script>{call}</script>"


def test_trs_counts_from_nought_or_one_as_its_first_page_says() -> None:
    nought = script('createPageHTML(4, 0, "index", "shtml");')
    assert urls("trs", nought) == [f"/tzgg/index_{n}.shtml" for n in (1, 2, 3)]
    one = script("createPageHTML('4','1','list','html', 60);")
    assert urls("trs", one) == [f"/tzgg/list_{n}.html" for n in (2, 3, 4)]


def test_trs_goes_on_from_a_later_page() -> None:
    later = script('createPageHTML(4, 2, "index", "shtml");')
    assert urls("trs", later, "http://a.test/tzgg/index_2.shtml") == ["/tzgg/index_3.shtml"]


def test_trs_with_one_page_ends() -> None:
    assert urls("trs", script('createPageHTML(1, 0, "index", "html");')) == []
    assert urls("trs", "<p>no pager</p>") == []


def test_links_say_next_or_a_number() -> None:
    body = (
        '<a href="/about/3">3</a><a href="index_3.html">3</a><a href="index_2.html">2</a>'
        '<a href="index_2.html">下一页&gt;&gt;</a><a href="javascript:go(9)">尾页</a>'
        '<a href="/tzgg/7.html">下一篇</a>'
    )
    assert urls("links", body) == ["/tzgg/index_2.html", "/tzgg/index_2.html", "/tzgg/index_3.html"]


def test_descending_numbers_are_taken_as_they_are() -> None:
    body = '<a href="tzgg/27.htm">2</a><a href="tzgg/26.htm">3</a><a href="tzgg/27.htm">下页</a>'
    found = urls("links", body, "http://a.test/tzgg.htm")
    assert found == ["/tzgg/27.htm", "/tzgg/27.htm", "/tzgg/26.htm"]


def test_a_picture_can_say_next() -> None:
    assert urls("links", '<a href="2.html"><img src="/i/next_page.gif"></a>') == ["/tzgg/2.html"]


def test_numbers_follow_a_template_and_a_count() -> None:
    assert urls("numbers", "<p>共 3 页</p>", template="list_{n}.html") == [
        "/tzgg/list_2.html",
        "/tzgg/list_3.html",
    ]
    url = "http://a.test/tzgg/list_4.html"
    assert urls("numbers", "<p>没有总数</p>", url, template="list_{n}.html") == [
        "/tzgg/list_5.html"
    ]


def test_dataproxy_is_asked_for_the_rest() -> None:
    body = (
        "<script type='text/xml'><datastore><totalrecord>100</totalrecord><recordset>"
        + "<record><![CDATA[<li>x</li>]]></record>" * 45
        + "</recordset></datastore></script><script>$('#6').jpage({"
        "proxyUrl:'/module/web/jpage/dataproxy.jsp',perPage:15,totalRecord:100,params:{col:1,columnid:'12',unitid:'6',webname:'住建局'}});</script>"
    )
    found = steps("datastore", body)
    windows = [(dict(s.form)["startrecord"], dict(s.form)["endrecord"]) for s in found]
    assert windows == [("46", "90"), ("91", "100")]
    assert dict(found[0].form)["columnid"] == "12"
    assert found[0].method == "POST"
    assert dict(found[0].headers)["Referer"] == "http://a.test/tzgg/"


def test_postback_sends_the_form_with_its_state() -> None:
    body = (
        '<form action="list.aspx?id=3"><input type=hidden name=__VIEWSTATE value=abc>'
        "<a href=\"javascript:__doPostBack('Pager','2')\">2</a>"
        "<a href=\"javascript:__doPostBack('Login','')\">登录</a></form>"
    )
    (found,) = steps("postback", body)
    assert found.url == "http://a.test/tzgg/list.aspx?id=3"
    assert dict(found.form) == {
        "__VIEWSTATE": "abc",
        "__EVENTTARGET": "Pager",
        "__EVENTARGUMENT": "2",
    }


def test_a_form_with_a_page_number_is_posted_for_every_page() -> None:
    body = (
        '<form action="x.jsp" method=post><input name=siteID value=7><input name=pageNum value=1>'
        "<input type=submit name=go value=go></form><p>第1页/共3页 共 3 页</p>"
    )
    found = steps("form", body)
    assert [dict(step.form) for step in found] == [
        {"siteID": "7", "pageNum": "2"},
        {"siteID": "7", "pageNum": "3"},
    ]


def test_jpaas_is_asked_by_number() -> None:
    body = (
        '<div id=pages totalCount="45" pageSize="20"></div>'
        "<script url='/api/front/page/build/unit' "
        "querydata=\"{'webId':'1','tagId':'栏目-list','pageId':'9'}\"></script>"
    )
    found = urls("jpaas", body)
    assert len(found) == 2
    assert "tagId=%E6%A0%8F%E7%9B%AE-list" in found[0]
    assert "pageNo%22%3A2" in found[0]
    assert "pageNo%22%3A3" in found[1]


def test_gkmlpt_asks_each_category_then_page_by_page() -> None:
    config = '{"SID":7,"TREE":[{"id":1,"children":[{"id":11,"children":[]},{"id":12}]}]}'
    found = urls("gkmlpt", script(f"window._CONFIG = {config};"))
    assert found == ["/gkmlpt/api/all/11?page=1&sid=7", "/gkmlpt/api/all/12?page=1&sid=7"]
    answer = Page(
        '{"total": 300, "articles": [{"url": "/post_1.html", "title": "通知"}]}'.encode(),
        "http://a.test/gkmlpt/api/all/11?page=2&sid=7",
    )
    (following,) = PAGERS["gkmlpt"](answer, {})
    assert following.url == "http://a.test/gkmlpt/api/all/11?sid=7&page=3"


def test_files_beside_the_page_are_named() -> None:
    body = '<ul data="datasource:0a1b2c"></ul><script>$.getJSON("./ALL.json", show);</script>'
    assert urls("datasource", body) == ["/tzgg/ALL.json", "/tzgg/ds_0a1b2c.json"]


def test_no_pager_no_steps() -> None:
    for reader in PAGERS:
        assert steps(reader, "<p>只有一页</p>") == []
