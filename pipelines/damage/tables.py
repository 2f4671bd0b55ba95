"""The facts of the damage: bytes of GBK, readings, what a mirror's converter makes of a character.

Everything here is derived at first use from the codecs, OpenCC and pypinyin; the only lists kept
are observations that follow from no rule.
"""

from __future__ import annotations

import functools
import os
import unicodedata
from collections.abc import Mapping

from ..conversion import by_character

# Its phrases, which are not used here, take 50 MB.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
from pypinyin.constants import PINYIN_DICT

# Characters seen annotated on mirrors, from those that nearly every mirror annotates downwards.
OBSERVED = (
    "業學發動現區務會實機關產術設對內網時進個國統護構導質應經領結聯當態標數預樂規創調續認醫養節轉"
    "驗絡復環運準臺協據蟲風點優礎過強無級項來號負達頁識長團濟穩計評隊驅習語費遠鄉報擔書獻開問嚴戰"
    "監簡見說責類愛紀衛訓場權萬錯價勢堅寫專測請險執滿稱線覺詢譽貿鎮門陽儲勵夢擴沒營獨細聽藍財農"
    "冊購蘊謹側"
)
# Traditional forms that mirrors' converters choose where OpenCC would choose another one.
CHOSEN = frozenset("臺著準癥臟凈沖鐘銹鑒為眾濕啟巖堿艷")
# Simplified characters that mirrors leave as they are though a Traditional form exists.
KEPT = frozenset(
    "于后里云干系制只面松采游么范并斗征愿秘郁余杰占咨筑恒杠床峰群厘辟淀吃夸丑凶佣吁岳叹涂烟熏签"
    "盖盘粮脉迹咸尸洒淡腊炼弥帘灶托才谷布升回困折欲表志舍注向卷合家周胡蒙了仆征"
)
SPLITTING = "！？；，。："  # the converter cuts its bytes before and after each of these

_HAN = ("\u4e00", "\u9fff")
_TONES = {"\u0304": "", "\u0301": "", "\u030c": "", "\u0300": "", "\u0302": "", "\u0308": ""}


@functools.cache
def decoded() -> list[str]:
    """lead * 256 + trail: the character of two bytes of GBK, "" where there is none.

    Pairs that GBK leaves free are private-use characters, as in GB 18030.
    """
    table = [""] * 0x10000
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            if trail == 0x7F:
                continue
            pair = bytes((lead, trail))
            try:
                table[lead << 8 | trail] = pair.decode("gbk")
            except UnicodeDecodeError:
                table[lead << 8 | trail] = pair.decode("gb18030", "replace")
    return table


@functools.cache
def encoded() -> dict[str, int]:
    """Character: lead * 256 + trail; the inverse of ``decoded``, with decoders' other choices."""
    table = {c: pair for pair, c in enumerate(decoded()) if c and c != "\ufffd"}
    for other, usual in zip("―‖～·−￥∥", "—∥~・－￥‖", strict=True):
        if usual in table:
            table.setdefault(other, table[usual])
    return table


@functools.cache
def readings() -> dict[str, str]:
    """Converted character: the one reading that stands behind it, toned.

    Converted is every Han character of GBK that is the Traditional form of another one; the
    reading is the first of pypinyin's table of single characters, right in its place or not.
    """
    return {
        c: first
        for c, simple in simplified().items()
        if c != simple and (first := _all_readings(c).split(",")[0])
    }


@functools.cache
def simplified() -> dict[str, str]:
    """Han character of GBK: its Simplified form."""
    han = [c for c in encoded() if _HAN[0] <= c <= _HAN[1]]
    forms = by_character("t2s")("\n".join(han)).split("\n")
    return dict(zip(han, forms, strict=True))


@functools.cache
def keys() -> dict[int, str]:
    """Two bytes (lead * 256 + trail) behind which a reading is written: that reading."""
    table = encoded()
    return {table[c]: reading for c, reading in readings().items()}


@functools.cache
def trails() -> dict[tuple[int, str], tuple[int, ...]]:
    """(first byte, reading): the second bytes that make a key with it, the likeliest first."""
    rank = {c: n for n, c in enumerate(OBSERVED)}
    found: dict[tuple[int, str], list[str]] = {}
    table = encoded()
    for c, reading in readings().items():
        found.setdefault((table[c] >> 8, reading), []).append(c)
    return {
        at: tuple(
            table[c] & 0xFF
            for c in sorted(group, key=lambda c: (rank.get(c, 999), not is_written(c)))
        )
        for at, group in found.items()
    }


@functools.cache
def written() -> frozenset[str]:
    """Han characters that a mirror's converter writes: no Simplified ones it would convert."""
    forms = simplified()
    simple = sorted({s for s in forms.values() if s in forms})
    made = by_character("s2t")("\n".join(simple)).split("\n")
    image = {t for t in made if t in forms} | CHOSEN | KEPT | set(OBSERVED)
    return frozenset(image)


def is_written(character: str) -> bool:
    """Whether a mirror's converter could have written this Han character."""
    return character in written()


@functools.lru_cache(maxsize=24_000)
def toneless_readings(character: str) -> frozenset[str]:
    """All readings of a character without tones, ü written v, u and ü."""
    found = set()
    for reading in filter(None, _all_readings(character).split(",")):
        flat = toneless(reading)
        found |= {flat, flat.replace("v", "u"), flat.replace("v", "ü")}
    return frozenset(found)


def toneless(reading: str) -> str:
    """A reading without its tone: lǜ becomes lv."""
    parts = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(_TONES.get(c, c) for c in parts)


def _all_readings(character: str) -> str:
    table: Mapping[int, str] = PINYIN_DICT
    return table.get(ord(character), "")


def is_han(character: str) -> bool:
    """Whether this is one of the common Han characters (U+4E00 to U+9FFF)."""
    return _HAN[0] <= character <= _HAN[1]
