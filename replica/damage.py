"""Damages clean Simplified text the way machine-converted mirror pages are damaged.

Family A: text is converted character by character to Traditional within GBK, a toned reading in
parentheses is written behind certain characters *as bytes*, so that it may fall inside another
character, the bytes are cut apart at full-width punctuation, and each piece is decoded by a
decoder that shows one ``?`` for an illegal pair and swallows both bytes.
Family B: the same conversion, no byte damage; toneless readings stand behind characters drawn at
random, as often as they were drawn, at every occurrence in the line.
"""

from __future__ import annotations

import functools
import random
from collections import Counter

import opencc
from pypinyin.constants import PINYIN_DICT

# Characters that mirrors annotate, from those that nearly every mirror annotates downwards.
ANNOTATED = (
    "業學發動現區務會實機關產術設對內網時進個國統護構導質應經領結聯當態標數預樂規創調續認醫養節轉"
    "驗絡復環運準臺協據蟲風點優礎過強無級項來號負達頁識長團濟穩計評隊驅習語費遠鄉報擔書獻開問嚴戰"
    "監簡見說責類愛紀衛訓場權萬錯價勢堅寫專測請險執滿稱線覺詢譽貿鎮門陽儲勵夢擴沒營獨細聽藍財農"
    "冊購蘊側謹"
)
# Where a mirror's converter differs from OpenCC's first choice: characters that stay as they are,
_KEPT = (
    "于范后并干游么床采云里杠斗征愿恒占秘咨筑郁余厘杰辟淀吃峰群夸丑凶佣吁岳叹涂烟熏签盖盘粮脉"
    "迹咸尸洒淡腊炼弥帘灶托"
)
# and characters that become something else.
_CHOSEN = dict(
    zip(
        "台着准症脏净冲钟锈鉴为众湿启岩碱艳面",
        "臺著準癥臟凈沖鐘銹鑒為眾濕啟巖堿艷面",
        strict=True,
    )
)
_LEVELS = {1: 20, 2: 60, 3: len(ANNOTATED)}
_ISOLATED = tuple(mark.encode("gbk") for mark in "！？；，。")  # one after the other
_HAN = [
    han
    for lead in range(0x81, 0xFF)
    for han in bytes(b for t in range(0x40, 0xFF) if t != 0x7F for b in (lead, t)).decode(
        "gbk", "ignore"
    )
    if "\u4e00" <= han <= "\u9fff"
]


def to_traditional(text: str) -> str:
    """The text as a mirror's converter writes it: one character for one, GBK only."""
    return text.translate(_converted())


def damage_a(text: str, level: int = 3, private_use: bool = True) -> str:
    """Simplified text with the damage of family A.

    ``level`` 1 to 3 annotates 20, 60 or all of the characters mirrors were seen to annotate, 4
    every converted character; ``private_use`` False drops private-use characters, as cleaners do.
    """
    return "\n".join(
        _damaged_line(line, level, private_use) for line in to_traditional(text).split("\n")
    )


def damage_b(text: str, rate: float = 0.25, seed: int = 1) -> str:
    """Simplified text with the damage of family B; ``rate`` is draws for each Han character."""
    chance = random.Random(seed)  # noqa: S311  # repeatable damage, no secret
    return "\n".join(_drawn_line(line, rate, chance) for line in to_traditional(text).split("\n"))


def reading(character: str) -> str:
    """The first reading of pypinyin's table of single characters, toned; "" where it has none."""
    return str(PINYIN_DICT.get(ord(character), "")).split(",")[0]


@functools.cache
def _converted() -> dict[int, str]:
    """Simplified character (as a code point): what a mirror's converter makes of it."""
    to_hant, to_hans = opencc.OpenCC("s2t").convert, opencc.OpenCC("t2s").convert
    simplified = [
        c for c, s in zip(_HAN, to_hans("\n".join(_HAN)).split("\n"), strict=True) if c == s
    ]
    table = {}
    for old, new in zip(simplified, to_hant("\n".join(simplified)).split("\n"), strict=True):
        new = _CHOSEN.get(old, old if old in _KEPT else new)
        if new != old and len(new) == 1 and _in_gbk(new):
            table[ord(old)] = new
    return table


def _in_gbk(character: str) -> bool:
    try:
        return len(character.encode("gbk")) == 2
    except UnicodeEncodeError:
        return False


@functools.cache
def _insertions(level: int) -> tuple[tuple[bytes, bytes], ...]:
    """Two bytes of a character, and the same followed by its reading in parentheses."""
    if level == 4:
        hans = opencc.OpenCC("t2s").convert("\n".join(_HAN)).split("\n")
        chosen = "".join(c for c, s in zip(_HAN, hans, strict=True) if c != s)
    else:
        chosen = ANNOTATED[: _LEVELS[level]]
    return tuple((c.encode("gbk"), f"{c}({reading(c)})".encode("gbk")) for c in chosen)


def _damaged_line(line: str, level: int, private_use: bool) -> str:
    raw = line.encode("gbk", "replace")
    for plain, annotated in _insertions(level):
        raw = raw.replace(plain, annotated)
    pieces = [raw]
    for mark in _ISOLATED:
        pieces = [part for piece in pieces for part in _cut(piece, mark)]
    return "".join(_decoded(piece, private_use) for piece in pieces)


def _cut(piece: bytes, mark: bytes) -> list[bytes]:
    if piece in _ISOLATED:
        return [piece]
    first, *rest = piece.split(mark)
    return [part for part in (first, *(p for r in rest for p in (mark, r))) if part]


def _decoded(piece: bytes, private_use: bool) -> str:
    """Two bytes a character; an illegal pair, or half of one at the end, is a single ``?``."""
    out = []
    at = 0
    while at < len(piece):
        if piece[at] < 0x80:
            out.append(chr(piece[at]))
            at += 1
            continue
        pair = piece[at : at + 2]
        at += 2
        if (
            len(pair) < 2
            or not (0x81 <= pair[0] <= 0xFE and 0x40 <= pair[1] <= 0xFE)
            or pair[1] == 0x7F
        ):
            out.append("?")
            continue
        character = _character(pair)
        if private_use or not "\ue000" <= character <= "\uf8ff":
            out.append(character)
    return "".join(out)


@functools.lru_cache(maxsize=24_000)
def _character(pair: bytes) -> str:
    try:
        return pair.decode("gbk")
    except UnicodeDecodeError:
        return pair.decode("gb18030", "replace")


def _drawn_line(line: str, rate: float, chance: random.Random) -> str:
    han = [c for c in line if "\u4e00" <= c <= "\u9fff"]
    drawn = Counter(chance.choice(han) for _ in range(int(len(han) * rate))) if han else Counter()
    return "".join(c + f"({_toneless(reading(c))})" * drawn[c] if drawn[c] else c for c in line)


_TONES = str.maketrans(
    "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹḿ",
    "aaaaeeeeiiiioooouuuuvvvvvennnm",
)


def _toneless(toned: str) -> str:
    return toned.translate(_TONES)
