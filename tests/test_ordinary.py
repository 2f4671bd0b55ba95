"""Ordinary damage: each rule, what it leaves alone, and its laws."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from model.article import Article, Damage
from model.body import Block
from pipelines import ordinary

CLEAN = """
清河市物业管理协会关于印发《物业服务“四公开”实施细则》的通知
第一章 总则
一、自2019年8月16日起，全市1,268个小区（含A座、B座）实行公示；费用不超过每平方米1.5元，同比下降3.2%。
问：业主能查账吗？答：能！……凡有异议——无论大小——均可在5个工作日内提出。
联系人：张工，电话：010-6655 8899，邮箱：wy@qinghe.test，网址：http://qinghe.test/a?b=1&c=2&copy=3
R&D投入、AT&T案例、C++与C#课程、3×4米、±0.5℃、√、①②③、Ⅰ类、㎡、No.5、½
床前明月光 疑是地上霜
北京 上海 广州
姓名\t单位\t备注
马克·吐温、Émile Zola、naïve、Ñandú、Đặng Thị、Ahmet·Özal、×××街道
标点符号有：，、。；：？！
""".strip()


@pytest.mark.parametrize("text", ["", CLEAN, *CLEAN.split("\n")])
def test_clean_text_is_the_same_object(text: str) -> None:
    assert ordinary.mend(text) is text
    assert not ordinary.found(text)


@pytest.mark.parametrize(
    ("rule", "damaged", "mended"),
    [
        ("entities", "物业&nbsp;&amp;nbsp;服务", "物业 服务"),
        ("entities", "&ldquo;四公开&rdquo;&mdash;&mdash;细则", "“四公开”——细则"),
        ("entities", "甲&#12288;&#x4E59;&amp;amp;lt;丙&gt;", "甲 乙<丙>"),
        ("entities", "&nbsp第一条&nbsp；总则", "第一条 总则"),
        ("entities", "甲&#10;乙&#0;", "甲 乙\ufffd"),
        ("controls", "物\x07业\x1b服\x7f务", "物业服务"),
        ("controls", "第一行\r第二行\x85第三行\u2028完", "第一行 第二行 第三行 完"),
        ("controls", "\x93四公开\x94", "“四公开”"),
        ("invisible", "\ufeff物\u200b业\u00ad服\u2060务\u202e。", "物业服务。"),
        ("invisible", "葛\U000e0100城☎\ufe0f", "葛城☎"),
        ("composed", "Cafe\u0301、ガ", "Café、ガ"),
        ("glyphs", "\uf06c公开标准\uf0d8收费\uf0fc", "●公开标准➢收费✔"),
        ("forms", "⼀、⽬录⻅⻔⻅⼭", "一、目录见门见山"),
        ("forms", "樂土、ﬁre、﹐﹑︰", "樂土、fire、，、︰"),
        ("forms", "清河︰︵附件︶", "清河：（附件）"),
        ("width", "２０１９年Ａ座（ＡＢＣ），ｗｗｗ．ａ．ｃｎ", "2019年A座（ABC），www.a.cn"),
        ("width", "１．５％、８／１６、１．总则", "1.5%、8/16、1．总则"),
        (
            "zeros",
            "二○○八年、一九九○年、二0一九年、二OO九年",
            "二〇〇八年、一九九〇年、二〇一九年、二〇〇九年",
        ),
        ("zeros", "第一○八条、四○四号", "第一〇八条、四〇四号"),
        ("spaces", "　　第一章　　总则 \u00a0", "第一章 总则"),
        ("spaces", "业主 ，你好。 （ 附件）共 1.\u20095元", "业主，你好。 （附件）共 1.5元"),
        ("letter spacing", "通 知", "通知"),
        ("letter spacing", "姓 名\t张 三、李 四\n附 则", "姓名\t张三、李四\n附则"),
        ("letter spacing", "印发 关 于 加 强 管 理 的 意 见", "印发 关 于 加 强 管 理 的 意 见"),
        ("letter spacing", "附件：关 于 加 强 管 理", "附件：关于加强管理"),
        (
            "doubled marks",
            "公开，，接受监督，。完成。。好,,的；；",
            "公开，接受监督。完成。好,的；",
        ),
        ("mojibake", "锟斤拷锟斤拷通知", "\ufffd\ufffd\ufffd\ufffd通知"),
    ],
)
def test_each_rule_mends_its_damage(rule: str, damaged: str, mended: str) -> None:
    assert ordinary.mend(damaged) == mended
    assert damaged == mended or rule in ordinary.found(damaged)


@pytest.mark.parametrize(
    "text",
    [
        "完了。。。",
        "什么！！真的？！",
        "、、、",
        "好……",
        "a,,b",
        "一○ 二×",
        "卡拉OK",
        "(︶︿︶)",
        "\ue123",
        "👨\u200d👩\u200d👧",
        "می\u200cخواهم",
    ],
)
def test_what_only_looks_like_damage_stays(text: str) -> None:
    assert ordinary.mend(text) is text


def test_what_was_found_is_counted_by_rule() -> None:
    found = ordinary.found("&nbsp;２０１９年\u200b，，通 知&ldquo;")
    assert found == {"entities": 2, "invisible": 1, "width": 4, "spaces": 1, "doubled marks": 1}


@pytest.mark.parametrize(
    ("text", "stored"),
    [("臺\0灣", "臺灣"), ("\ud83d\ude00好", "😀好"), ("坏\ud800了", "坏\ufffd了")],
)
def test_what_no_database_keeps_is_taken_out_first(text: str, stored: str) -> None:
    assert ordinary.storable(text) == stored
    assert ordinary.storable(stored) is stored
    article = ordinary.storable_article(Article("u", text, (Block("paragraph", text),)))
    assert (article.title, article.text) == (stored, stored)


def test_lost_characters_mark_the_article() -> None:
    sound = "物业服务企业应当公布收支。" * 20
    article = Article("u", "通知", (Block("paragraph", sound + "锟斤拷"),))
    made = ordinary.mend_article(article)
    assert made.text == sound + "\ufffd\ufffd"
    assert made.damage is not None
    assert made.damage.family == "unsure"
    assert 0.5 < made.damage.trust < 1
    wreck = ordinary.mend_article(Article("u", "", (Block("paragraph", "好锟斤拷"),)))
    assert wreck.damage == Damage("wreck", 0.0)


def test_an_article_without_damage_is_the_same_object() -> None:
    article = Article("u", "通知", tuple(Block("paragraph", line) for line in CLEAN.split("\n")))
    assert ordinary.mend_article(article) is article
    assert ordinary.storable_article(article) is article


ODD = st.text(
    st.sampled_from(
        "的中国城市〇○O0一二年，、。；：,.;!?（）“” \t\n\u3000\u00a0\u2009&;#amp1nbsp３Ａ．％"
        "\u200b\ufeff\r\x85\x93\x07锟斤拷涓浗鍩ä¸\u00ad½Öй¹ú\uf06c\uf123⼀⻅ﬁ︰︵é\u0301\u212a"
    )
    | st.characters(exclude_categories=["Cs"]),
    max_size=50,
)


@settings(max_examples=400, deadline=None)
@example("最后是&\n#123;第二段\n甲&\tamp;乙")
@given(ODD)
def test_twice_equals_once_and_lines_and_cells_stay(text: str) -> None:
    made = ordinary.mend(text)
    assert ordinary.mend(made) is made
    assert (made.count("\n"), made.count("\t")) == (text.count("\n"), text.count("\t"))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u200b\ufeff]", made)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(CLEAN.split("\n")), max_size=30))
def test_clean_text_of_any_length_is_the_same_object(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert ordinary.mend(text) is text
