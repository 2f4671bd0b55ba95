"""The chain: from an article as read to the article as shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import opencc
from hypothesis import given, settings
from hypothesis import strategies as st

from model.article import Article, Refusal
from model.body import Block
from pipelines.chain import STAGES, derive

DAMAGED = Article(
    "http://qinghe.test/1",
    "清河市推動業(yè)主大會(huì)",
    (
        Block(
            "paragraph",
            "　近日，清河市業(yè)主大會(huì)聯(lián)席會(huì)議召開(kāi)，"
            "統(tǒng)籌物業(yè)服務(wù)。",
        ),
        Block(
            "paragraph",
            "會(huì)議要求各區(qū)２０１９年底前完成實(shí)施，發(fā)展學(xué)習(xí)型社區(qū)(試行)。",
        ),
    ),
)


def shown(article: Article) -> Article:
    made = derive(article)
    assert isinstance(made, Article)
    return made


def test_a_damaged_article_becomes_whole_and_keeps_what_was_read() -> None:
    made = shown(DAMAGED)
    assert made.title == "清河市推动业主大会"
    assert made.text == (
        "近日，清河市业主大会联席会议召开，统筹物业服务。\n"
        "会议要求各区2019年底前完成实施，发展学习型社区(试行)。"
    )
    assert made.title_original == DAMAGED.title
    assert made.body_original == DAMAGED.text
    assert made.title_traditional == "清河市推動業主大會"
    assert made.script == "hant"
    assert made.damage is not None
    assert made.damage.family == "A"
    assert made.wording


def test_a_clean_article_gains_only_what_is_derived(article: Article) -> None:
    made = shown(article)
    assert made.body is article.body
    assert (made.title_original, made.body_original, made.damage) == (None, None, None)
    assert made == replace(
        article,
        script="hans",
        title_traditional="清河市推行物業服務“四公開”",
        wording=made.wording,
    )


def test_what_no_database_keeps_is_not_even_in_the_original() -> None:
    body = (Block("paragraph", "臺\0灣社區\ud800發展，由里長於年底公布。"),)
    made = shown(Article("u", "臺\0灣", body))
    assert made.title == "台湾"
    assert made.title_original == "臺灣"
    assert made.body_original == "臺灣社區\ufffd發展，由里長於年底公布。"
    assert made.text == "台湾社区\ufffd发展，由里长于年底公布。"
    assert made.damage is not None


def test_a_refusal_ends_the_chain() -> None:
    made = derive(Article("u", "提示", (Block("paragraph", "您访问的页面不存在！"),)))
    assert made == Refusal("gone", "the page says 您访问的页面不存在")


def test_the_stages_are_one_visible_list() -> None:
    names = [stage.__name__ for stage in STAGES]
    assert names == [
        "storable_article",
        "repair_article",
        "mend_article",
        "normalise_article",
        "check_article",
        "fingerprint_article",
    ]


def test_copies_in_each_script_have_one_wording(article: Article) -> None:
    wordings = {shown(article).wording}
    for config in ("s2t", "s2tw", "s2hk"):
        change: Callable[[str], str] = opencc.OpenCC(config).convert
        copy = article.map_text(lambda _field, text, change=change: change(text))
        wordings.add(shown(copy).wording)
    assert len(wordings) == 1


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.text(
            st.sampled_from("业務(yè)wùA?？。，、 \u3000\t\0３的国國著發\ue123")
            | st.characters(exclude_characters="\n"),
            max_size=30,
        ),
        max_size=6,
    )
)
def test_no_article_breaks_the_chain(lines: list[str]) -> None:
    body = tuple(Block("table" if "\t" in line else "paragraph", line) for line in lines)
    made = derive(Article("u", "标题", body))
    if isinstance(made, Article):
        assert [block.kind for block in made.body] == [block.kind for block in body]
        assert "\0" not in made.text
        made.text.encode()
