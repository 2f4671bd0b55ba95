"""One form for all text, and what of an article is kept as it was."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.article import Article, Attachment, Document
from model.body import Block
from pipelines.normalise import normalise, normalise_article


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("", ""),
        ("物业服务", "物业服务"),
        ("　臺灣&nbsp;２０１９年度\u200b發展", "台湾 2019年度发展"),
        ("臺\0灣都市更新", "台湾都市更新"),
        ("乾隆年間，隨著名著流傳", "乾隆年间，随着名著流传"),
    ],
)
def test_a_text_gets_its_reading_form(text: str, made: str) -> None:
    assert normalise(text) == made
    assert normalise(made) is made


def test_an_article_in_traditional_is_read_in_simplified() -> None:
    article = Article(
        "http://qinghe.test/1",
        "臺北市裡推動公寓大廈管理",
        (
            Block("paragraph", "隨著社區發展，管理費後來由里長公布於網站裡。"),
            Block("table", "後\t里\n乾燥\t乾隆"),
        ),
        outlet="都市發展局",
        column="乾燥",
        breadcrumb=("首頁", "經驗"),
        document=Document(issuer="都市發展局"),
        attachments=(Attachment("http://qinghe.test/發展.doc", "發展.doc", "doc"),),
    )
    made = normalise_article(article)
    assert made.title == "台北市里推动公寓大厦管理"
    assert made.text == "随着社区发展，管理费后来由里长公布于网站里。\n后\t里\n干燥\t乾隆"
    assert (made.outlet, made.breadcrumb) == ("都市发展局", ("首页", "经验"))
    assert made.column == "干燥"  # nothing in it tells its script; the article does
    assert made.document.issuer == "都市发展局"
    assert made.attachments[0].name == "发展.doc"
    assert made.attachments[0].url == article.attachments[0].url
    assert made.title_traditional == "臺北市裡推動公寓大廈管理"  # as written, 裡 not 裏
    assert made.script == "hant"


def test_an_article_in_simplified_keeps_its_text() -> None:
    article = Article("u", "乾县推进物业服务", (Block("paragraph", "乾隆年间的瞭望塔已经修好。"),))
    made = normalise_article(article)
    assert made.body is article.body
    assert (made.title, made.script) == (article.title, "hans")
    assert made.title_traditional == "乾縣推進物業服務"
    assert normalise_article(made) is made


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        st.sampled_from("的国國乾著於发發後里裡臺说說，。 \u3000\n\t\0３Ａ&nbsp;\u200b\x07é\u0301")
        | st.characters(),
        max_size=50,
    )
)
def test_twice_equals_once_and_structure_stays(text: str) -> None:
    made = normalise(text)
    assert normalise(made) is made
    assert (made.count("\n"), made.count("\t")) == (text.count("\n"), text.count("\t"))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", made)
