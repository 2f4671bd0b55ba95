"""Simplified and Traditional: detection, conversion, and what must not change."""

from __future__ import annotations

import sys
from pathlib import Path

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.article import Script
from pipelines import scripts

# A word of Traditional text and the same in Simplified.
WORDS = [
    line.split()
    for line in """
    隨著城市發展 随着城市发展  意味著改變 意味着改变
    著名學者 著名学者  名著閱讀 名著阅读
    著作權法 著作权法  顯著成效 显著成效
    執著追求 执着追求  著重強調 着重强调
    看著作業發呆 看着作业发呆  沿著河岸綠道 沿着河岸绿道
    編著者說明 编著者说明  穿著打扮講究 穿着打扮讲究
    睡不著覺 睡不着觉  土著居民權利 土著居民权利
    昭著於世間 昭著于世间  鹽堿地治理 盐碱地治理
    酸鹼度檢測 酸碱度检测  於姓村民說 於姓村民说
    關於物業管理 关于物业管理  由於潛在風險 由于潜在风险
    樊於期獻頭 樊於期献头  浙江於潛縣誌 浙江於潜县志
    乾隆年間修繕 乾隆年间修缮  扭轉乾坤之勢 扭转乾坤之势
    乾縣與乾陵 乾县与乾陵  餅乾和乾燥劑 饼干和干燥剂
    乾淨衛生環境 干净卫生环境  瞭望塔遠處 瞭望塔远处
    瞭解民眾訴求 了解民众诉求  一目瞭然的圖 一目了然的图
    簡單明瞭說 简单明了说  聲名狼藉的 声名狼藉的
    藉此機會感謝 借此机会感谢  憑藉優勢發展 凭借优势发展
    藉著節日慰問 借着节日慰问  慰藉與蘊藉 慰藉与蕴藉
    答覆業主來信 答复业主来信  覆蓋率達標 覆盖率达标
    反覆協商後 反复协商后  顛覆認識的 颠覆认识的
    徵收與徵求意見 征收与征求意见  宮商角徵羽樂 宫商角徵羽乐
    魏徵勸諫太宗 魏徵劝谏太宗  徵調人員車輛 征调人员车辆
    特徵與象徵 特征与象征  甚麼時候開會 什么时候开会
    為什麼這樣 为什么这样  幺麼小丑們 幺麽小丑们
    裏面與外面 里面与外面  裡程碑與鄰里 里程碑与邻里
    其餘業務 其余业务  年年有餘慶 年年有余庆
    剋扣工資問題 克扣工资问题  千克與攻克難關 千克与攻克难关
    鍾先生發言 钟先生发言  情有獨鍾的鄉村 情有独钟的乡村
    時鐘與鐘樓 时钟与钟楼  酒麴釀造業 酒曲酿造业
    歌曲與彎曲 歌曲与弯曲  穀物與山谷 谷物与山谷
    頭髮與發展 头发与发展  理髮店開業 理发店开业
    皇后與後來 皇后与后来  幹部與樹幹 干部与树干
    干涉與若干項 干涉与若干项  一隻貓與隻身 一只猫与只身
    只有這樣 只有这样  祇是與神祇們 只是与神祇们
    捲土重來與試卷 卷土重来与试卷  老闆與木板門 老板与木板门
    鬱金香與鬱悶 郁金香与郁闷  馥郁芬芳氣 馥郁芬芳气
    崑崙山與週末 昆仑山与周末  周圍與週期 周围与周期
    委託與托兒所 委托与托儿所  複雜與恢復 复杂与恢复
    複習功課時 复习功课时  製造與制度 制造与制度
    系統與聯繫關係 系统与联系关系  髒亂與心臟 脏乱与心脏
    鬥爭與北斗 斗争与北斗  醜陋與丑時 丑陋与丑时
    面條與麵粉廠 面条与面粉厂  范先生規範 范先生规范
    遊覽與游泳館 游览与游泳馆  颱風與臺灣 台风与台湾
    證券與卷宗檔 证券与卷宗档  佔領與占卜師 占领与占卜师
    衝突與沖洗間 冲突与冲洗间  採購與風采 采购与风采
    準備與批准 准备与批准  症狀與癥結 症状与症结
    鬆散與松樹 松散与松树  雲彩與人云亦云 云彩与人云亦云
    嚮往與方向 向往与方向  籲請與長吁短嘆 吁请与长吁短叹
    姜維與生薑湯 姜维与生姜汤  辟邪與開闢 辟邪与开辟
    僕人與前仆後繼 仆人与前仆后继  才能與剛纔 才能与刚才
    岩石與巖洞 岩石与岩洞  彷彿與徬徨 仿佛与彷徨
    回來與迴圈 回来与回圈  傢俱與傢具廠 家具与家具厂
    沈陽與瀋陽市 沈阳与沈阳市  沈先生與沉默 沈先生与沉默
    計畫與規劃 计划与规划  註冊與備註欄 注册与备注栏
    佈置與公佈 布置与公布  合夥人與伙食 合伙人与伙食
    週年慶與周公 周年庆与周公  籤名與簽到 签名与签到
    牆壁與璧還 墙壁与璧还  想像與現象 想象与现象
    衞生署與説明書 卫生署与说明书  敍述與枱面 叙述与台面
    着手與看着辦 着手与看着办  羣眾與峯會 群众与峰会
    砲兵與姪兒 炮兵与侄儿  牠們與妳們 它们与妳们
    喆堃淼先生們 喆堃淼先生们  錢鍾書與圍城 钱锺书与围城
    並且合併了 并且合并了  丟棄與併購案 丢弃与并购案
    儘管與盡力 尽管与尽力  噹啷與應當 当啷与应当
    彙報與匯款 汇报与汇款  獲得與收穫 获得与收获
    歷史與農曆 历史与农历  裡應外合 里应外合
    萬曆年間 万历年间  李鴻章與張之洞 李鸿章与张之洞
    墻體與暖氣 墙体与暖气  檯燈與講臺 台灯与讲台
    繫鞋帶與系主任 系鞋带与系主任  錶面與手錶 表面与手表
    秋韆與鞦韆 秋千与秋千  鹹菜與咸豐 咸菜与咸丰
    餵養與喂 喂养与喂  讚揚與贊成 赞扬与赞成
    闆娘 板娘  閒置與空閑 闲置与空闲
    暱稱與親暱 昵称与亲昵  汙染與污水 污染与污水
    洩漏與泄密 泄漏与泄密  蹤跡與古蹟 踪迹与古迹
    慾望與欲言 欲望与欲言  靈柩與櫃檯 灵柩与柜台
    法院司法覆核機制 法院司法复核机制  餅乾安全與乾安縣 饼干安全与乾安县
    烘乾定型與風乾 烘干定型与风干  湊合著與合著者 凑合着与合著者
""".replace("  ", "\n").split("\n")
    if line.strip()
]

# Simplified as people write it, with characters that Traditional text has too.
SIMPLIFIED = """
乾隆年间，乾县修过一座瞭望塔，塔名取自《乾卦》，著名学者於先生题写了匾额，著作至今保存。
魏徵的后人说，宫商角徵羽五音俱全，获益甚夥；狼藉的院落经过整治，覆盖了草皮，令人慰藉。
社区工作者拚命干了三个月，把摺扇、蒜薹、袷袢都写进了地方名录，李昇先生任编著。
物业服务企业应当于每年十二月底前，向业主公布维修资金的收支情况，接受业主和街道的监督。
里弄改造后，居民只需步行五百米就能到达卫生站；并联审批把七个环节减为两个，群众普遍叫好。
干部下沉到网格，与业主面对面谈台账、谈系统故障、谈制度短板，松绑减负，采集意见一百余条。
"""


@pytest.mark.parametrize(("traditional", "simplified"), WORDS)
def test_words_of_traditional_text(traditional: str, simplified: str) -> None:
    assert scripts.convert(traditional, "hans") == simplified


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("", "none"),
        ("2019 ABC，。", "none"),
        ("人民", "none"),
        ("中国", "hans"),
        ("臺灣", "hant"),
        ("香港税務局説明", "hant"),
        ("物业服务企业资质管理办法", "hans"),
        ("物業服務企業資質管理辦法", "hant"),
        ("李東輝出席中国建筑学会年会并发表讲话", "hans"),
        ("乾隆与瞭望塔", "hans"),
        ("學術界談物業服務，转载自网络", "mixed"),
        ("各区业主大会在清河市召开。\n各區業主大會在清河市召開。", "mixed"),
    ],
)
def test_the_script_is_told_by_what_exists_in_one_only(text: str, script: Script) -> None:
    assert scripts.detect(text) == script


def test_simplified_text_is_never_touched() -> None:
    for line in [SIMPLIFIED, *SIMPLIFIED.split("\n")]:
        assert scripts.convert(line, "hans") is line


@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2hk"])
def test_simplified_survives_the_way_there_and_back(config: str) -> None:
    back = scripts.convert(opencc.OpenCC(config).convert(SIMPLIFIED), "hans")
    wrong = [f"{a}{b}" for a, b in zip(SIMPLIFIED, back, strict=True) if a != b]
    assert wrong == ["於于", "拚拼", "摺折"]  # which Traditional text uses for 于, 拼, 折 as well


def test_text_made_character_by_character_comes_back_whole(shared: Path) -> None:
    sys.path.insert(0, str(shared / "text"))
    try:
        import damage_model as model
    finally:
        sys.path.pop(0)
    made = model.convert(SIMPLIFIED)
    assert scripts.kind(made) == "machine"
    assert scripts.convert(made, "hans") == SIMPLIFIED


def test_a_name_in_simplified_text_is_converted_and_its_neighbours_are_not() -> None:
    text = "李東輝与乾县的於先生，瞭望著作"
    assert scripts.convert(text, "hans") == "李东辉与乾县的於先生，瞭望著作"


def test_a_classical_quotation_in_simplified_text_is_read_as_traditional() -> None:
    text = "他在会上引用“青，取之於藍而青於藍”，说明乾隆年间的经验仍有启发，业主听后叫好。"
    made = scripts.convert(text, "hans")
    assert made == text.replace("取之於藍而青於藍", "取之于蓝而青于蓝")


def test_each_line_of_a_mixed_text_is_read_in_its_own_script() -> None:
    simplified = "乾县的业主们说，瞭望塔年久失修，应当维护。"
    traditional = "餅乾廠的幹部說，廠裡乾燥，後來瞭解到是設備問題。"
    text = f"{simplified}\n{traditional}"
    assert scripts.detect(text) == "mixed"
    made = scripts.convert(text, "hans")
    assert made == f"{simplified}\n饼干厂的干部说，厂里干燥，后来了解到是设备问题。"


def test_a_short_text_takes_the_script_of_what_surrounds_it() -> None:
    assert scripts.simplify("乾燥") == "乾燥"
    assert scripts.simplify("乾燥", "hant") == "干燥"
    assert scripts.simplify("乾燥", "machine") == "乾燥"
    assert scripts.simplify("沿著", "machine") == "沿着"


def test_each_region_has_its_characters_and_nobody_another_vocabulary() -> None:
    text = "后来干部在里面着重说明软件质量与网络信息"
    assert scripts.convert(text, "hant") == "後來幹部在裏面着重說明軟件質量與網絡信息"
    assert scripts.convert(text, "tw") == "後來幹部在裡面著重說明軟件質量與網絡信息"
    assert scripts.convert(text, "hk") == "後來幹部在裏面着重説明軟件質量與網絡信息"
    assert scripts.convert("執行程式的資料與軟體品質", "hans") == "执行程式的资料与软体品质"


def test_traditional_is_made_from_the_simplified_where_a_machine_made_it() -> None:
    assert scripts.convert("頭發里的癥狀，后來與干部説", "tw") == "頭髮裡的症狀，後來與幹部說"


def test_surnames_stay_in_traditional() -> None:
    text = "姓于的于女士与范先生、余教授由于家具问题属于余下的事"
    assert scripts.convert(text, "hant") == "姓于的于女士與范先生、余教授由於家具問題屬於餘下的事"


def test_text_behind_a_nul_is_converted() -> None:
    assert scripts.convert("臺\0灣", "hans") == "台\0湾"
    assert scripts.convert("台\0湾", "tw") == "臺\0灣"


MIXED = st.text(
    st.sampled_from("的国國乾著於瞭藉發发后後里裡臺台说說藝艺，。 \n\t\0A1") | st.characters(),
    max_size=60,
).filter(lambda text: text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text))


@pytest.mark.parametrize("to", ["hans", "hant", "tw", "hk"])
def test_twice_equals_once_and_no_character_is_lost(to: scripts.Target) -> None:
    @settings(max_examples=150, deadline=None)
    @given(MIXED)
    def law(text: str) -> None:
        made = scripts.convert(text, to)
        assert len(made) == len(text)
        assert scripts.convert(made, to) is made

    law()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([simplified for _, simplified in WORDS]), min_size=1, max_size=8))
def test_simplified_is_stable_through_traditional(words: list[str]) -> None:
    text = "，".join(words)
    for to in ("hant", "tw", "hk"):
        once = scripts.convert(scripts.convert(text, to), "hans")
        assert scripts.convert(scripts.convert(once, to), "hans") == once
