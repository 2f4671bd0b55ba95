"""The pages of the reading room, as one archive fills them."""

from __future__ import annotations

import re

import pytest
import reading_archive
from reading_archive import ASSOCIATION, GOVERNMENT, Visitor, total

keys, room = reading_archive.keys, reading_archive.room


def test_home_tells_what_is_in_here(room: Visitor) -> None:
    page = room.text("/")
    assert "<dd>68</dd>" in page
    assert "2015–2024" in page
    assert "清河市物业管理协会 · 经验交流" in page
    assert 'class="health thin"' in page
    assert page.count('href="/article/') == 12


def test_home_shows_the_same_text_once(room: Visitor) -> None:
    assert room.text("/").count("云溪市住宅物业服务等级标准") <= 1


def test_results_have_exact_total_and_facets(room: Visitor) -> None:
    page = room.text("/search?q=养老")
    assert total(page) == 20
    assert page.count('class="hit"') == 20
    outlets = re.findall(r"<span>(\w+日报)</span> <span class=\"number\">(\d+)", page)
    assert sum(int(number) for _, number in outlets) == 20
    assert "<mark>养老</mark>" in page


def test_a_facet_narrows(room: Visitor) -> None:
    assert total(room.text(f"/search?source={GOVERNMENT}")) == 3
    assert total(room.text("/search?q=养老&outlet=清河日报")) == 10
    assert total(room.text("/search?q=养老&kind=government")) == 0
    year = room.text("/search?year=2021")
    assert total(year) == 8
    assert "2021-12" in year  # the timeline goes by month then
    assert total(room.text("/search?year=2021&month=2021-03")) == 3


def test_every_facet_link_gives_the_number_it_says(room: Visitor) -> None:
    page = room.text("/search?q=清河")
    links = re.findall(
        r'<li><a href="(/search[^"]*)" rel="nofollow"><span>[^<]*</span> '
        r'<span class="number">(\d+)',
        page,
    )
    assert len(links) > 5
    for address, number in links:
        assert total(room.text(address.replace("&amp;", "&"))) == int(number), address


def test_a_click_on_the_timeline_filters(room: Visitor) -> None:
    page = room.text("/search?q=养老")
    rows = re.findall(
        r'<th scope="row"><a href="([^"]+)"[^>]*>(\d{4})</a></th><td class="number">(\d+)', page
    )
    assert sum(int(number) for *_, number in rows) == 20
    address, year, number = rows[0]
    narrowed = room.text(address.replace("&amp;", "&"))
    assert total(narrowed) == int(number)
    assert f"year={year}" in address


def test_pages_of_results_do_not_overlap(room: Visitor) -> None:
    seen: list[str] = []
    for page in (1, 2, 3, 4):
        answer = room.text(f"/search?q=物业&page={page}&sort=newest")
        seen += re.findall(r'<h2><a href="/article/(\w+)', answer)
    assert len(seen) == len(set(seen))


def test_the_same_text_of_several_sites_is_shown_once(room: Visitor) -> None:
    page = room.text("/search?q=等级标准")
    assert total(page) == 2
    assert page.count('class="hit"') == 1
    assert "同文另见" in page


@pytest.mark.parametrize("script", ["hant", "tw", "hk"])
def test_traditional_finds_the_same_and_is_shown(room: Visitor, script: str) -> None:
    simplified = room.text("/search?q=居家养老")
    traditional = room.text(f"/search?q=居家養老&_script={script}")
    assert total(simplified) == total(traditional) == 20
    assert "<mark>養老</mark>" in room.text(f"/search?q=养老&_script={script}")
    assert "物業服務企業" in traditional
    assert "物业服务企业" not in traditional
    assert 'lang="zh-Hant' in traditional


def test_original_shows_what_the_page_said(room: Visitor, keys: dict[str, str]) -> None:
    page = room.text(f"/article/{keys['damaged']}?_script=original")
    assert "業(yè)主協(xié)會(huì)請不了" in page
    assert "业主协会的经验" in room.text(f"/article/{keys['damaged']}")


def test_english_is_a_switch(room: Visitor) -> None:
    answer = room.get("/search?q=养老&_lang=en")
    assert "20 articles" in answer.text
    assert answer.headers["content-language"] == "en"
    assert "tashan_lang=en" in answer.headers["set-cookie"]
    assert "_lang=en" in re.findall(r'<h2><a href="([^"]+)"', answer.text)[0]
    kept = room.text("/search?q=养老", cookies={"tashan_lang": "en"})
    assert "20 articles" in kept


def test_an_article_is_set_out(room: Visitor, keys: dict[str, str]) -> None:
    page = room.text(f"/article/{keys['table']}")
    assert "<dt>发文字号</dt><dd>云建〔2021〕7号</dd>" in page
    assert "<td>保洁（次/周）</td>" in page
    assert 'href="#p1">一、总则</a>' in page
    assert 'href="http://yunxi.test/a.doc"' in page
    assert "点我" in page
    assert "javascript:" not in page
    assert "清河市物业管理协会 · 经验交流" in page  # where the same text stands
    assert "云溪市住宅物业服务等级标准：云建〔2021〕7号[EB/OL]" in page


def test_words_looked_for_are_marked_in_the_article(room: Visitor, keys: dict[str, str]) -> None:
    page = room.text(f"/article/{keys['table']}?q=標準")
    assert "<mark>标准</mark>" in page
    assert "在文中有 1 处" in page


def test_guesses_of_repair_are_marked(room: Visitor, keys: dict[str, str]) -> None:
    page = room.text(f"/article/{keys['damaged']}")
    assert '请不了<span class="guess">为</span>难的人' in page
    assert "其中 1 处为推测" in page
    assert "业<span" not in page


def test_pictures_load_only_on_the_readers_word(room: Visitor, keys: dict[str, str]) -> None:
    answer = room.get(f"/article/{keys['pictures']}")
    assert "<img" not in answer.text
    assert "pictures.test" not in answer.headers["content-security-policy"]
    assert "流程图" in answer.text
    asked = room.get(f"/article/{keys['pictures']}?images=all")
    assert '<img src="http://pictures.test/a.png" alt="流程图"' in asked.text
    assert asked.text.count("<img") == 1
    assert "img-src 'self' data: http://pictures.test;" in asked.headers["content-security-policy"]


def test_changes_are_shown_by_characters(room: Visitor, keys: dict[str, str]) -> None:
    page = room.text(f"/article/{keys['revised']}/changes")
    assert "六十<del>二</del><ins>三</ins>个小区已经<ins>全部</ins>完成公示" in page
    assert "段未变" in page
    assert room.get(f"/article/{keys['revised']}/changes?from=1&to=9").status_code == 404
    assert "两版文字相同" in room.text(f"/article/{keys['empty']}/changes")


def test_a_snapshot_is_text_in_a_sandbox(room: Visitor, keys: dict[str, str]) -> None:
    answer = room.get(f"/article/{keys['table']}/snapshot/1/0")
    assert "原始页面" in answer.text
    assert "正文&amp;文字" in answer.text
    assert "alert" not in answer.text
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "script-src" not in answer.headers["content-security-policy"]
    assert 'sandbox loading="lazy"' in room.text(f"/article/{keys['table']}")
    assert room.get(f"/article/{keys['table']}/snapshot/1/7").status_code == 404


def test_an_article_without_text_says_where_it_is(room: Visitor, keys: dict[str, str]) -> None:
    page = room.text(f"/article/{keys['empty']}")
    assert "内容在附件里" in page
    assert "2020年" in page
    assert "原网站已撤下" in room.text(f"/article/{keys['withdrawn']}")


def test_the_number_leads_to_the_key(room: Visitor) -> None:
    answer = room.get("/article/1?q=养老")
    assert answer.status_code == 301
    assert re.fullmatch(r"/article/[a-z2-7]{13}\?q=.+", answer.headers["location"])


def test_citations_are_files(room: Visitor, keys: dict[str, str]) -> None:
    answer = room.get(f"/article/{keys['table']}/cite/ris")
    assert answer.headers["content-disposition"] == f'attachment; filename="{keys["table"]}.ris"'
    assert "TI  - 云溪市住宅物业服务等级标准" in answer.text
    item = room.get(f"/article/{keys['table']}/cite/csl-json").json()[0]
    assert item["title"] == "云溪市住宅物业服务等级标准"


def test_a_source_tells_its_history(room: Visitor) -> None:
    page = room.text(f"/source/{ASSOCIATION}")
    assert "certain · 2026-11-25 · tests" in page
    assert "3 rows on the first page, usually 20" in page
    assert "2026-11-25 02:00" in page  # China's clock
    assert room.get("/source/nope").status_code == 404
    assert "云溪市住房和城乡建设局 · 政策法规" in room.text("/source")


def test_the_morning_page_puts_trouble_first(room: Visitor) -> None:
    page = room.text("/runs")
    assert page.index("偏少") < page.index("正常")
    assert "抓取 #2" in page
    assert "抓取 #1" in room.text("/runs/1")
    assert room.get("/runs/99").status_code == 404


def test_problems_narrow_by_run_source_and_kind(room: Visitor) -> None:
    assert total(room.text("/problems")) == 2
    assert total(room.text(f"/problems?run=2&source={ASSOCIATION}&kind=thin")) == 1
    assert "没有问题" in room.text("/problems?kind=nothing")


def test_every_page_links_only_to_pages_that_are_there(room: Visitor, keys: dict[str, str]) -> None:
    starts = [
        "/",
        "/search?q=养老",
        f"/article/{keys['revised']}",
        f"/source/{ASSOCIATION}",
        "/runs",
    ]
    seen: set[str] = set()
    for start in starts:
        for address in re.findall(r'(?:href|src)="(/[^"#]*)', room.text(start)):
            plain = address.replace("&amp;", "&")
            if plain in seen or len(seen) > 150:
                continue
            seen.add(plain)
            answer = room.get(plain)
            assert answer.status_code in (200, 301, 302), (start, plain, answer.status_code)
    assert len(seen) > 60
