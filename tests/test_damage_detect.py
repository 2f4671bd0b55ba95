"""The verdict on a document: damage is found, what people put in parentheses is left alone."""

from __future__ import annotations

import pytest

from pipelines.damage.detect import verdict
from pipelines.damage.evidence import evidence_toned
from replica.damage import damage_a, damage_b, to_traditional

# Texts in which people have put readings, words and numbers in parentheses.
CLEAN = {
    "place name": "蘇州甪(lù)直古鎮是江南水鄉，離市區不遠，每年接待遊客數十萬人。",
    "gloss": "业主(yèzhǔ)是指物业的所有权人，业主大会由全体业主组成。",
    "ordinary": "会议在行政楼(A座)举行，(2019)第12号文件由公司(Company)转发，联系人(王先生)。",
    "surnames": "姓氏读音：仇(qiú)、单(shàn)、解(xiè)、任(rén)、区(ōu)、查(zhā)、盖(gě)",
    "surnames, traditional": (
        "姓氏：張(zhāng)、劉(liú)、陳(chén)、楊(yáng)、趙(zhào)、黃(huáng)、吳(wú)、馬(mǎ)、羅("
        "luó)、鄭(zhèng)、謝(xiè)、韓(hán)、馮(féng)、許(xǔ)、鄧(dèng)、葉(yè)、呂(lǚ)、蘇(sū)"
    ),
    "surnames, toneless": (
        "姓氏拼音：王(wang)、李(li)、張(zhang)、劉(liu)、陳(chen)、楊(yang)、趙(zhao)、黃(huang"
        ")、周(zhou)、吳(wu)、徐(xu)、孫(sun)"
    ),
    "provinces": (
        "遼(liáo)寧\n瀋陽(Shěnyáng)\n鄭(zhèng)州\n蘇(sū)州\n寧(níng)波\n無(wú)錫\n長(cháng)沙\n"
        "貴(guì)陽"
    ),
    "districts": (
        "中正區(qū)、大安區(qū)、信義區(qū)、內湖區(qū)；板橋鎮(zhèn)、三峽鎮(zhèn)；五股鄉(xiā"
        "ng)"
    ),
    "romanised": (
        "臺北(Taipei)、廣東(guang dong)、廣(guang)東省、遼(liao)寧省、貴(gui)州省、黑龍(long)江"
        "省、陝(shan)西省、寧(ning)夏"
    ),
    "word list": (
        "學(xué)生 student\n國(guó)家 country\n時(shí)間 time\n電話(huà) telephone\n業(yè)務 bu"
        "siness\n發(fā)展 development\n機(jī)會 chance\n經(jīng)濟 economy"
    ),
    "ruby": (
        "學(xué)而(ér)時(shí)習(xí)之(zhī)，不(bù)亦(yì)說(yuè)乎(hū)？有(yǒu)朋(péng)自(zì)遠("
        "yuǎn)方(fāng)來(lái)"
    ),
    "ruby, toneless": (
        "我(wo)們(men)都(dou)是(shi)學(xue)生(sheng)，我(wo)們(men)每(mei)天(tian)到(dao)學(xue"
        ")校(xiao)上(shang)課(ke)，老(lao)師(shi)教(jiao)我(wo)們(men)寫(xie)字(zi)。"
    ),
    "polyphones": (
        "「長」字兩讀：長(zhǎng)輩的長(zhǎng)讀第三聲，長(cháng)短的長(cháng)讀第二聲；樂(yuè)"
        "、樂(lè)；會(huì)議、會(kuài)計；調(diào)查、調(tiáo)和。"
    ),
    "speech": "银行(háng)行(xíng)长(zhǎng)在银行(háng)里行(xíng)走，重(chong)庆的重(zhong)量。",
    "zhuyin": "臺灣(ㄊㄞˊ ㄨㄢ)的國語(ㄍㄨㄛˊ ㄩˇ)推行委員會編輯注音讀物，供小學生使用。",
    "taiwanese": "臺語羅馬字：學校(ha̍k-hāu)、電話(tiān-ōe)、讀冊(tha̍k-tsheh)、囝仔(gín-á)。",
    "on pinyin": (
        "聲調：媽(mā)、麻(má)、馬(mǎ)、罵(mà)、嗎(ma)。詩(shī)、時(shí)、識(shí)、試(shì)。先讀"
        "聲母，再讀韻母。"
    ),
    "dictionary": (
        "業(yè)：職業、事業。務(wù)：事務。發(fā)：發現。動(dòng)：運動。現(xiàn)：現在。區(qū)"
        "：地區。會(huì)：會議。"
    ),
    "peoples": (
        "龟兹(qiūcí)、单于(chányú)、可汗(kèhán)、阏氏(yānzhī)、冒顿(mòdú)、吐谷浑(tǔyùhún)是古"
        "代的名称。"
    ),
    "fish": (
        "這種魚學名叫鱖(guì)魚，又稱桂魚；另有鰣(shí)魚、鱸(lú)魚、鱘(xún)魚、鱅(yōng)魚，都是"
        "長江名產。"
    ),
    "rivers": (
        "灃(fēng)河、滻(chǎn)河、灞河、潏(jué)河、澇(lào)河、涇(jīng)河環繞長安，古稱八水繞長安"
        "。"
    ),
    "lesson": (
        "今天我們學(xué)習(xí)新的課(kè)文，請(qǐng)大家認(rèn)真聽(tīng)講，把生詞寫(xiě)在本"
        "子上，回家以後要複(fù)習(xí)。"
    ),
    "new words": (
        "生詞：學(xué)校、老師(shī)、漢語(yǔ)、說(shuō)話、來(lái)、問(wèn)、請(qǐng)。課文：我"
        "是學生，我在學校學習漢語。老師說話很慢，我們都聽得懂。"
    ),
    "questions": (
        "這是真的嗎?！他為什麼不來?，難道是病了?。怎麼辦?！我們應該怎麼做?，請大家想一想。"
    ),
    "lost blanks": "王曉敏?高志強?閆晉文?李麗華?張建國 材料學院 教授",
    "foreign": (
        "He said (wang) that the café (à la carte) was naïve?，ok. 公司(company)的業務(business"
        ")。"
    ),
}  # fmt: skip

PAGE = """
近日，清河市物业管理协会召开经验交流会，六十二个小区的业主委员会主任和物业服务企业负责人到会发言。
会议认为，公开服务标准、公开收费、公开维修资金、公开共用收益，是化解矛盾的第一步。
一是账目要看得懂。各小区每季度在公示栏和手机上同时公布收支，附上合同与票据。
二是维修要等得起。电梯、屋面、外墙三类急修项目由街道牵头，七个工作日内完成勘查、报价和表决。
三是人要找得到。项目经理的姓名和电话写在单元门口，接到来电后半小时内到场。
""".strip()


@pytest.mark.parametrize("kind", CLEAN)
def test_clean_text_is_not_touched(kind: str) -> None:
    assert verdict(CLEAN[kind]) is None


@pytest.mark.parametrize("level", [1, 2, 3, 4])
@pytest.mark.parametrize("private_use", [True, False])
def test_family_a_is_found_at_every_level(level: int, private_use: bool) -> None:
    assert verdict(damage_a(PAGE, level, private_use)) == "A"


@pytest.mark.parametrize("rate", [0.05, 0.1, 0.25, 0.5])
def test_family_b_is_found_at_every_rate(rate: float) -> None:
    assert verdict(damage_b(PAGE, rate)) == "B"


def test_one_sentence_with_several_annotations_is_enough() -> None:
    assert verdict(damage_a("加强党建引领社区物业服务工作")) == "A"


def test_a_swallowed_parenthesis_is_strong_evidence() -> None:
    assert verdict("我們談改變?nèi)蚴袌龅膯?wèn)題。") == "A"


def test_one_or_two_annotations_leave_doubt() -> None:
    assert verdict("我們討論了物業(yè)的問題，大家都有意見。") == "unsure"
    assert verdict("三年(nian)(nian)以后再說。") == "unsure"


def test_both_families_in_one_text_are_found() -> None:
    assert verdict(damage_a(PAGE) + "\n" + damage_b(PAGE)) == "AB"


def test_cut_characters_alone_are_found() -> None:
    text = "大家都有認識?？茖W家們也這樣說。現在的知識?；首宕迦硕贾馈？"
    assert verdict(text) in ("A", "unsure")


def test_text_of_somebody_who_knows_traditional_is_left_alone() -> None:
    seen = evidence_toned(CLEAN["lesson"])
    assert seen.fitting >= 6
    assert seen.proper


@pytest.mark.parametrize("text", ["", "\n", "?", "(", PAGE, to_traditional(PAGE)])
def test_text_without_signs_gets_no_verdict(text: str) -> None:
    assert verdict(text) is None
