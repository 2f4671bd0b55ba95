"""Text beyond repair, and text that only looks like it."""

from __future__ import annotations

import pytest

from pipelines.damage.wreck import is_wreck, strangeness
from replica.damage import to_traditional

PROSE = (
    "近日，清河市物业管理协会召开经验交流会，六十二个小区的业主委员会主任和物业服务企业负责人到会发言。"
    "会议认为，公开服务标准、公开收费、公开维修资金、公开共用收益，是化解矛盾的第一步。"
)


def from_the_wrong_byte(text: str) -> str:
    return text.encode("gbk")[1:].decode("gb18030", "ignore")


@pytest.mark.parametrize(
    "text",
    [
        from_the_wrong_byte(PROSE),
        from_the_wrong_byte(PROSE.replace("，", "").replace("。", "")),
        "锟斤拷" * 20,
        PROSE.encode("gbk").decode("utf-8", "replace"),
        "????????，?????????????。" * 4,
        "\ue123\ue456\uf001" * 30 + "物业",
    ],
)
def test_a_wreck_is_recognised(text: str) -> None:
    assert is_wreck(text)


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        to_traditional(PROSE),
        PROSE.encode().decode("gb18030", "ignore"),  # wrong charset, can be read back
        PROSE.encode("gbk").decode("cp1252", "replace"),
        "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛",
        "帝高陽之苗裔兮朕皇考曰伯庸攝提貞于孟陬兮惟庚寅吾以降皇覽揆余初度兮肇錫余以嘉名",
        "苯并芘蒽醌萘酚吡啶嘧啶嘌呤噻吩呋喃咔唑吲哚喹啉哌嗪吗啉肼脒胍腈酰胺羧酸酯酮醛烯炔烷烃",
        "龘靐齉爩鱻麤龗灪吁龖厵滟爨癵驫麣纞虋讟钃鸜麷鞻韽韾顟顠饙騳騱饐",
        "これは日本語の文章です。図書館で本を読みました。東京都の天気は晴れです。",
        "What??? Really??? The answer is 42. " * 3,
        "报名时间：待定\ufffd，地点：二楼会议室。" + PROSE,
        "",
    ],
)
def test_other_text_is_no_wreck(text: str) -> None:
    assert not is_wreck(text)


def test_scrambled_text_is_stranger_than_prose() -> None:
    assert strangeness(from_the_wrong_byte(PROSE)) < -10.5 < strangeness(PROSE) < 0
