"""Repair of damaged text: known cases, texts damaged here, laws, and articles with their fields."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.article import Article
from model.body import Block
from pipelines.repair import Repair, repair, repair_article
from replica.damage import ANNOTATED, damage_a, damage_b, reading, to_traditional

SHARED = Path(__file__).parents[2] / "shared"

SENTENCES = """
社区物业服务中心建立业主议事机制，统筹解决停车难、加装电梯等实际问题。
改变全球市场的发展格局，需要创新驱动和开放合作。
当地经济结构调整以后，职业教育也进入了新的阶段。
这项工作得到了居民的认识。皇甫村的经验值得借鉴。现将有关情况报告如下。
全市常住人口的比重为17.9%，比上年提高0.3个百分点。
他说：“这件事办得好。”然而，专家认为还需要长期观察。
专门医院提高专科护理水平，并对护士进行培训。
老旧小区改造必须尊重业主意愿，不得强制推行；费用由各方合理分担。
这是什么道理？大家都在问：谁来负责管理，谁来承担责任！
《城市管理条例》实施以来，执法人员的法律意识明显增强。
音乐、美术、体育教师严重不足的问题，正在逐步解决。
两会期间，代表们对农业保险试点提出了许多建议。
省、市、县三级联动，建立“一网通办”平台，群众少跑腿。
街道（镇）和社区（村）分别设立服务站(点)，由张(Zhang)主任负责。
""".strip().split("\n")

# Pieces of text read from pages of one family: as read, as it was before.
WHOLE = {
    "A": [
        ("服務(wù)中心(站)由業(yè)主(代表)監(jiān)督", "服務中心(站)由業主(代表)監督"),
        ("運(yùn)動(dòng)動(dòng)作要規(guī)范", "運動動作要規范"),
        ("適應(yīng)當(dāng)前形勢(shì),長(zhǎng)年堅(jiān)持", "適應當前形勢,長年堅持"),
        ("古琴曲屬于樂(yuè)府一類(lèi)", "古琴曲屬于樂(yuè)府一類"),
        ("長(zhǎng)(cháng)城內(nèi)外", "長(cháng)城內外"),
        ("歙(shè)縣的發(fā)展規(guī)劃", "歙(shè)縣的發展規劃"),
        ("綠(lǜ)化(lǜhuà)與綠(lv)地", "綠化(lǜhuà)與綠(lv)地"),
        ("指標(biāo)(index)和節(jié)點(diǎn)(node)", "指標(index)和節點(node)"),
        ("發(fā)(fā)展業(yè)(yè)務(wù)(wù)", "發展業務"),
        ("(一)總則;(2)發(fā)布(A座)", "(一)總則;(2)發布(A座)"),
        ("業&#40;yè&#41;務&#x28;wù&#x29;", "業務"),
        ("業（yè）務（wù）和業(y&egrave;)績", "業務和業績"),
        ("業(ye\u0300)務(wu\u0300)發\u200b(fā)展", "業務發展"),
        ("加強(qiáng)當?shù)亟?jīng)濟工作", "加強當地經濟工作"),
        ("加強(qiáng)當\ufffdshù)亟?jīng)濟工作", "加強當地經濟工作"),
        ("加強(qiáng)當？shù)亟?jīng)濟工作", "加強當地經濟工作"),
        ("溧l(xiāng)i", "溧li"),
        ("王曉敏?高志強?閆晉文教授", "王曉敏?高志強?閆晉文教授"),
        ("真的是這樣嗎?！他不相信。", "真的是這樣嗎?！他不相信。"),
        ("提高??铺弁醋o(hù)理的水平", "提高專科疼痛護理的水平"),
        ("占總?cè)丝诘谋戎貫?7.9%", "占總人口的比重為\ufffd7.9%"),
        ("稱為轉(zhuǎn)化?！?/strong>", "稱為轉化。”</strong>"),
        ("由總經(jīng)理等人負責(z", "由總經理等人負責"),
        ("由總經(jīng)理等人負責(zé...", "由總經理等人負責..."),
        ("也許只是因?yàn)閳?chǎ", "也許只是因為場"),
        ("è)務(wù)發(fā)展", "務發展"),
    ],
    "B": [
        ("總(zong)書記在報告(gao)(gao)中指(zhi)出(chu)", "總書記在報告中指出"),
        ("鋼管(guan)(guan)(黑管(guan)(guan)、鍍鋅管(guan)(guan))的(de)", "鋼管(黑管、鍍鋅管)的"),
        ("法律(lv)和規律(lü)、旅(lu)客", "法律和規律、旅客"),
        ("李(Li)先生(Mr)在ASM(America)主辦的(de)(the)", "李(Li)先生(Mr)在ASM(America)主辦的(the)"),
        ("行(hang)(xing)業", "行(xing)業"),
    ],
    "AB": [("業(yè)務(wu)(wu)發(fā)展(zhan)(基(ji)本)", "業務發展(基本)")],
}  # fmt: skip


def rebuilt(read: str, done: Repair) -> str:
    """The text that the recorded edits make of what was read."""
    parts, at = [], 0
    for edit in done.edits:
        assert edit.offset >= at
        assert read.startswith(edit.before, edit.offset)
        parts += [read[at : edit.offset], edit.after]
        at = edit.offset + len(edit.before)
    return "".join([*parts, read[at:]])


@pytest.mark.parametrize(
    ("family", "read", "whole"),
    [(family, *case) for family, cases in WHOLE.items() for case in cases],
)
def test_known_damage_is_undone(family: str, read: str, whole: str) -> None:
    done = repair(read, family=family)  # type: ignore[arg-type]
    assert done.text == whole
    assert rebuilt(read, done) == whole


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_comes_back_from_its_bytes(sentence: str) -> None:
    damaged = damage_a(sentence)
    assert damaged != to_traditional(sentence)
    assert repair(damaged, family="A").text == to_traditional(sentence)


def test_every_reference_case_comes_back() -> None:
    path = SHARED / "text" / "damage-cases.jsonl"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    wrong = []
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        family = None if case["context"] == "auto" else case["context"]
        if repair(case["damaged"], family=family).text != case["expected"]:
            wrong.append(case["id"])
    assert wrong == []


def test_the_founding_page_loses_its_annotations_and_no_parenthesis() -> None:
    path = SHARED / "seed" / "founding-page.txt"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    read = path.read_text(encoding="utf-8")
    done = repair(read)
    assert (done.family, done.trust) == ("A", 1.0)
    assert not any(f"{c}({reading(c)})" in done.text for c in ANNOTATED)
    for real in ("(試行)", "(縣、市)", "(市、區)", "(站)", "(業主代表)"):
        assert real in done.text
    assert rebuilt(read, done) == done.text


def test_a_whole_text_decides_for_itself() -> None:
    text = "\n".join(SENTENCES)
    for damaged, family in ((damage_a(text), "A"), (damage_b(text), "B")):
        done = repair(damaged)
        assert done.family == family
        assert done.text == to_traditional(text)


def test_text_without_private_use_characters_is_nearly_whole() -> None:
    text = "\n".join(SENTENCES)
    done = repair(damage_a(text, private_use=False))
    lines = zip(done.text.split("\n"), to_traditional(text).split("\n"), strict=True)
    assert sum(one != two for one, two in lines) <= 1


def test_bytes_dropped_without_a_trace_are_found_and_marked() -> None:
    done = repair(damage_a("改变全球市场的发展", private_use=False), family="A")
    assert done.text == "改變全球市場的發展"
    assert any(edit.rule == "dropped" and not edit.sure for edit in done.edits)


def test_what_is_lost_is_marked_and_lowers_the_trust() -> None:
    done = repair("占總?cè)丝诘谋戎貫?7.9%", family="A")
    assert [edit.sure for edit in done.edits] == [False]
    assert "\ufffd" in done.edits[0].after
    assert done.trust < 1.0


def test_certain_edits_keep_full_trust() -> None:
    done = repair(damage_a("改变全球市场的发展"), family="A")
    assert done.text == "改變全球市場的發展"
    assert done.trust == 1.0
    assert all(edit.sure for edit in done.edits)


def test_wrecks_and_doubtful_texts_are_only_marked() -> None:
    wreck = "锟斤拷" * 30
    assert repair(wreck).text is wreck
    assert (repair(wreck).family, repair(wreck).trust) == ("wreck", 0.0)
    little = "我們討論了物業(yè)的問題，大家都有意見。"
    assert repair(little).text is little
    assert repair(little).family == "unsure"


# Generated texts: sentences of both kinds of damage, clean ones, and noise around them.
_lines = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map("\n".join)
_noise = st.text(alphabet="業務發(fā)è)?？！，。A<>/&;\ufffd\ue123\u200b\t\n 的海nǎi", max_size=40)
_damaged = st.one_of(
    st.builds(damage_a, _lines, st.integers(1, 4), st.booleans()),
    st.builds(damage_b, _lines, st.floats(0.05, 0.5), st.integers(0, 99)),
)
_texts = st.builds("{}{}{}".format, _noise, st.one_of(_damaged, _lines), _noise)
_families = st.sampled_from([None, "A", "B", "AB"])


@settings(max_examples=150, deadline=None)
@given(_texts, _families)
def test_edits_rebuild_the_text_and_keep_its_lines(text: str, family: str | None) -> None:
    done = repair(text, family=family)  # type: ignore[arg-type]
    assert rebuilt(text, done) == done.text
    assert [c for c in done.text if c in "\n\t\r"] == [c for c in text if c in "\n\t\r"]
    if done.text == text:
        assert done.text is text
        assert done.edits == ()


@settings(max_examples=100, deadline=None)
@given(_texts)
def test_repairing_twice_equals_once(text: str) -> None:
    once = repair(text).text
    assert repair(once).text == once


@settings(max_examples=100, deadline=None)
@given(_texts)
def test_a_detected_text_keeps_no_annotation(text: str) -> None:
    done = repair(text)
    if done.family in ("A", "AB"):
        assert not any(f"{c}({reading(c)})" in done.text for c in ANNOTATED)


@settings(max_examples=60, deadline=None)
@given(_lines)
def test_clean_text_is_the_same_object(text: str) -> None:
    for clean in (text, to_traditional(text)):
        assert repair(clean).text is clean
        assert repair(clean).family is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(SENTENCES), min_size=3, max_size=8).map("\n".join), st.integers(0, 999)
)
def test_family_b_comes_back_exactly(text: str, seed: int) -> None:
    assert repair(damage_b(text, 0.25, seed), family="B").text == to_traditional(text)


def article(title: str, *paragraphs: str) -> Article:
    blocks = tuple(Block("paragraph", text) for text in paragraphs)
    return Article(url="http://a.example/1", title=title, body=blocks, outlet="業(yè)界快報")


def test_fields_inherit_the_verdict_of_the_body() -> None:
    read = article(damage_a("物业服务"), *damage_a("\n".join(SENTENCES)).split("\n"))
    made = repair_article(read)
    assert made.title == "物業服務"
    assert made.outlet == "業界快報"
    assert made.text == to_traditional("\n".join(SENTENCES))
    assert made.damage is not None
    assert made.damage.family == "A"
    assert {edit.field for edit in made.damage.edits} == {"title", "body", "outlet"}
    for edit in made.damage.edits:
        field = {"title": read.title, "body": read.text, "outlet": read.outlet}[edit.field]
        assert field.startswith(edit.before, edit.offset)


def test_a_short_body_is_judged_with_its_title() -> None:
    made = repair_article(article("物業(yè)服務(wù)", "社區(qū)業(yè)主委員會工作。"))
    assert made.damage is not None
    assert made.title == "物業服務"


def test_tables_keep_their_cells() -> None:
    table = Block("table", damage_a("项目\t责任单位\n物业服务\t住房局"))
    read = Article(
        url="http://a.example/1", body=(Block("paragraph", damage_a(SENTENCES[0])), table)
    )
    made = repair_article(read)
    assert made.body[1].text == to_traditional("项目\t责任单位\n物业服务\t住房局")


def test_an_article_without_damage_is_the_same_object() -> None:
    read = article("关于甪(lù)直", "业主(yèzhǔ)大会", *SENTENCES)
    read = Article(url=read.url, title=read.title, body=read.body)
    assert repair_article(read) is read


def test_a_wreck_is_marked_and_untouched() -> None:
    read = Article(url="http://a.example/1", title="题", body=(Block("paragraph", "锟斤拷" * 40),))
    made = repair_article(read)
    assert made.body is read.body
    assert made.damage is not None
    assert (made.damage.family, made.damage.trust) == ("wreck", 0.0)


def test_lost_spaces_around_a_value_of_the_by_line_are_taken_off() -> None:
    body = "物業(yè)服務(wù)企業(yè)主動(dòng)公開(kāi)收費(fèi)標(biāo)準(zhǔn)，業(yè)主滿意。"
    article = Article(
        url="http://a.test/1",
        title="物業(yè)費(fèi)該不該漲?",
        outlet="鳶都快報(bào)?? ?",
        author="?李明",
        body=(Block("paragraph", body),),
    )
    made = repair_article(article)
    assert (made.outlet, made.author, made.title) == ("鳶都快報", "李明", "物業費該不該漲?")
    assert made.damage is not None
    lost = [edit for edit in made.damage.edits if edit.rule == "lost space"]
    assert [(edit.field, edit.before) for edit in lost] == [("outlet", "?? ?"), ("author", "?")]
