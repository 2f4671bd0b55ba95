"""Characters that stand in for others: glyphs of symbol fonts, radicals, presentation forms."""

from __future__ import annotations

import re
import unicodedata

# Wingdings and Symbol as Word writes them into pages, U+F000 and the place in the font. Places
# that mean different things in the two fonts are left alone.
_GLYPHS = {
    0xF026: "📖", 0xF028: "☎", 0xF02A: "✉", 0xF046: "☞", 0xF04A: "☺", 0xF052: "☑",
    0xF06C: "●", 0xF06E: "■", 0xF06F: "□", 0xF071: "❑", 0xF075: "◆", 0xF076: "❖",
    0xF077: "◆", 0xF09F: "•", 0xF0A7: "▪", 0xF0A8: "□", 0xF0B7: "•", 0xF0D8: "➢",
    0xF0DC: "➲", 0xF0E0: "→", 0xF0E8: "➔", 0xF0F0: "⇨", 0xF0FB: "✘", 0xF0FC: "✔",
    0xF0FD: "☒", 0xF0FE: "☑",
}  # fmt: skip
# Characters that GB 18030 once kept in the private area.
_GB18030 = {
    0xE7C7: "ḿ", 0xE81E: "龴", 0xE826: "龵", 0xE82B: "龶", 0xE82C: "龷", 0xE832: "龸",
    0xE843: "龹", 0xE854: "龺", 0xE864: "龻", 0xE816: "𠂇", 0xE817: "𠂉", 0xE818: "𠃌",
    0xE831: "𡗗", 0xE83B: "𢦏", 0xE855: "𤇾",
    0xE78D: "，", 0xE78E: "。", 0xE78F: "、", 0xE790: "：", 0xE791: "；", 0xE792: "！",
    0xE793: "？", 0xE794: "〖", 0xE795: "〗", 0xE796: "…",
}  # fmt: skip
_PRIVATE = _GLYPHS | _GB18030
_FIND_PRIVATE = re.compile(f"[{''.join(map(chr, _PRIVATE))}]")

# Radicals for which Unicode names no character.
_RADICALS = (
    "⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食"
    "⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"
)  # fmt: skip
_BLOCKS = (
    (0x2E80, 0x2FD5),  # radicals, as PDF readers give them
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0x2F800, 0x2FA1F),
    (0xFB00, 0xFB06),  # ligatures
    (0xFE10, 0xFE19),  # vertical forms
    (0xFE30, 0xFE48),  # the same; ︰ is a colon in pages that were Big5
    (0xFE50, 0xFE6B),  # small forms
    (0xFF61, 0xFF65),  # half-width marks
)


def _compatible() -> dict[int, str]:
    """What the characters of these blocks stand for; marks are full-width, as in Chinese text."""
    made = {}
    for first, last in _BLOCKS:
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if plain == chr(code) or len(plain) > 3 or " " in plain:
                continue
            wide = len(plain) == 1 and "!" <= plain <= "~" and not plain.isalnum()
            made[code] = chr(ord(plain) + 0xFEE0) if wide else plain
    made |= {ord(a): b for a, b in zip(_RADICALS[::2], _RADICALS[1::2], strict=True)}
    return made | {0xFE31: "—", 0xFE32: "–", 0xFE33: "_", 0xFE19: "…", 0xFE30: "："}


_COMPATIBLE = _compatible()
# Blocks, not characters: a set with characters beyond U+FFFF is searched one by one.
_ANY_COMPATIBLE = re.compile(f"[{''.join(f'{chr(a)}-{chr(b)}' for a, b in _BLOCKS)}]")
# ︵, ︶ and ︿ are in faces, too; those are not at a Han.
_IN_A_FACE = re.compile("(?<![\u3400-\u9fff])[\ufe30-\ufe48](?![\u3400-\u9fff])")

_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code).isalnum()}
_FIND_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_BETWEEN = re.compile("(?<=[0-9A-Za-z])[．／－＠＿＆](?=[0-9A-Za-z])|(?<=[0-9])％")


def glyphs(text: str) -> tuple[str, int]:
    """Glyphs of symbol fonts as the signs they show; unknown ones stay."""
    if _FIND_PRIVATE.search(text) is None:
        return text, 0
    return _FIND_PRIVATE.subn(lambda match: _PRIVATE[ord(match[0])], text)


def compatible(text: str) -> tuple[str, int]:
    """Radicals, compatibility ideographs and presentation forms as the usual characters."""
    if _ANY_COMPATIBLE.search(text) is None:
        return text, 0
    kept = {match.start() for match in _IN_A_FACE.finditer(text)}
    count = 0

    def plain(match: re.Match[str]) -> str:
        nonlocal count
        char = match[0]
        if match.start() in kept or ord(char) not in _COMPATIBLE:
            return char
        count += 1
        return _COMPATIBLE[ord(char)]

    made = _ANY_COMPATIBLE.sub(plain, text)
    return (made, count) if count else (text, 0)


def narrow(text: str) -> tuple[str, int]:
    """Full-width letters and digits as ASCII, and the marks inside numbers and addresses.

    Other full-width marks stay: they are right in Chinese text.
    """
    if _FIND_WIDE.search(text) is None:
        return text, 0
    count = len(_FIND_WIDE.findall(text))
    text = text.translate(_WIDE)
    return _BETWEEN.sub(lambda match: chr(ord(match[0]) - 0xFEE0), text), count
