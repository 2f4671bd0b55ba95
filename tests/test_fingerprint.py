"""The fingerprint: the same words, the same value."""

from __future__ import annotations

from dataclasses import replace

import opencc
import pytest

from model.article import Article, Attachment, When
from model.body import Block
from pipelines.fingerprint import fingerprint_article, wording
from pipelines.normalise import normalise

TEXT = (
    "近日，清河市出台物业服务评价办法，要求各区于9月底前完成第一轮评议，并答复业主。\n"
    "乾隆年间修建的里弄也在其中，著名学者着重谈了干部后来的反复调研与复核。"
)
ARTICLE = Article(
    "http://qinghe.test/1",
    "清河市评议物业服务",
    (Block("paragraph", TEXT.split("\n")[0]), Block("paragraph", TEXT.split("\n")[1])),
    attachments=(Attachment("http://qinghe.test/1.doc", "评议表.doc", "doc"),),
)


def test_it_is_set_and_stays() -> None:
    made = fingerprint_article(ARTICLE)
    assert len(made.wording) == 32
    assert int(made.wording, 16)
    assert fingerprint_article(made) is made


@pytest.mark.parametrize(
    "same",
    [
        replace(ARTICLE, url="https://www.qinghe.test/2", read_count=77, author="王"),
        replace(ARTICLE, published=When("2019-08-16"), editor="李", column="动态"),
        replace(ARTICLE, title="清河市评议 物业服务！"),
        replace(ARTICLE, body=(Block("heading", TEXT.replace("，", ",").replace("\n", "")),)),
        replace(ARTICLE, attachments=(Attachment("http://b.test/9", "评议表.DOC"),)),
    ],
)
def test_what_is_no_word_does_not_count(same: Article) -> None:
    assert fingerprint_article(same).wording == fingerprint_article(ARTICLE).wording


@pytest.mark.parametrize(
    "other",
    [
        replace(ARTICLE, title="清河市暂停评议物业服务"),
        replace(ARTICLE, body=(Block("paragraph", TEXT.replace("9月", "10月")),)),
        replace(ARTICLE, body=ARTICLE.body[:1]),
        replace(ARTICLE, attachments=()),
        replace(ARTICLE, attachments=(Attachment("u", "评议表（修订）.doc"),)),
    ],
)
def test_a_changed_word_counts(other: Article) -> None:
    assert fingerprint_article(other).wording != fingerprint_article(ARTICLE).wording


@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2hk"])
def test_a_traditional_copy_has_the_same_value(config: str) -> None:
    copy = opencc.OpenCC(config).convert(TEXT)
    assert copy != TEXT
    assert wording(normalise(copy)) == wording(TEXT)
    assert wording(copy) == wording(TEXT)


def test_words_do_not_move_between_title_and_body() -> None:
    assert wording("甲乙", "丙") != wording("甲", "乙丙")
    assert wording("甲") == wording("（甲）")
    assert wording("坏\ud800") == wording("坏\ud800")
