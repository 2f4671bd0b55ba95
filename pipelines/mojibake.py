"""Text that was read in a wrong charset: what it was, where nothing or little was lost.

A line is read anew only where it looks like no Chinese at all and the new reading does. What a
wrong reading destroyed (锟斤拷 is what is left of two characters) becomes U+FFFD, nothing else.
"""

from __future__ import annotations

import re

from ftfy import bad_codecs, fix_encoding

# In any dozen characters of Chinese prose, and in next to no text that was read wrongly.
_FREQUENT = frozenset(
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里"
    "后小心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动"
    "两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等"
    "几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先"
    "市建设管理通知办城区社会务安项目规定标准企业组织委员省单位服务住房物"
    "這來國個說們為時會過學對裡後沒於還發當無開見經頭動兩長樣現將與進實點種聲話兒問機給幾業間從"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_LOST = "\ufffd"

# --- read as Latin: ä¸­å›½, ÖÐ¹ú ------------------------------------------------------------------

bad_codecs.ok()  # registers sloppy-windows-1252, which has no gaps
_AS_BYTE = {bytes((code,)).decode("sloppy-windows-1252"): code for code in range(0x80, 0x100)}
_AS_BYTE |= {chr(code): code for code in range(0x100)}
_LATIN_RUN = re.compile(f"[\x20-\x7e{''.join(char for char in _AS_BYTE if char > '~')}]{{2,}}")
_TWO_LATIN = re.compile("[\xa1-\xff]{2}|[À-ï][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


def _latin(match: re.Match[str]) -> str:
    run = match[0]
    if len({char for char in run if char > "~"}) < 2:
        return run
    raw = bytes(map(_AS_BYTE.__getitem__, run))
    try:
        made = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _latin_gbk(run, raw)
    return made if _eastern(made) else fix_encoding(run)


def _latin_gbk(run: str, raw: bytes) -> str:
    """GBK, or else UTF-8 in which bytes are missing."""
    if _TWO_GBK.search(raw) and len(_ACCENTED.findall(run)) > 1:
        try:
            made = raw.decode("gb18030")
        except UnicodeDecodeError:
            made = run
        if _eastern(made) and _likely(made):
            return made
    made = fix_encoding(run)
    fewer = sum(char > "~" for char in made) * 2 < sum(char > "~" for char in run)
    return made if fewer and len(_HAN.findall(made)) > 1 else run


_ACCENTED = re.compile("[À-ÖØ-öø-ÿ]")  # no sign such as ×, ÷, ±
_TWO_GBK = re.compile(rb"[\x81-\xfe][\x40-\xfe][\x81-\xfe][\x40-\xfe]")


def _eastern(text: str) -> bool:
    """Whether everything beyond ASCII is what Chinese text has: Han and marks, no Latin."""
    beyond = [char for char in text if char > "~" and char not in "·×÷°±§"]
    return bool(beyond) and min(beyond) > "\u200f"


def _share(text: str) -> float:
    """The share of frequent characters among the Han of a text."""
    han = _HAN.findall(text)
    return sum(char in _FREQUENT for char in han) / len(han) if han else 0.0


def _likely(text: str) -> bool:
    """Whether text decoded as GBK is Chinese; Latin words with accents give rare characters."""
    han = _HAN.findall(text)
    common = sum(_in_gb2312(char) for char in han)
    frequent = sum(char in _FREQUENT for char in han)
    if len(han) < 2 or not frequent:
        return False
    return common >= 0.95 * len(han) or frequent >= 0.35 * len(han)


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


# --- UTF-8 read as GBK: 涓浗, 锟斤拷 -------------------------------------------------------------

_LOST_AS_GBK = re.compile("锟斤拷|锟(?!斤)[^\n]?")
# What the first two bytes of frequent characters in UTF-8 are in GBK.
_AS_GBK = re.compile(
    f"[{''.join(sorted({char.encode()[:2].decode('gbk', 'ignore') for char in _FREQUENT}))}锛銆鈥]"
)


def _lost(match: re.Match[str]) -> str:
    if match[0] == "锟斤拷":
        return _LOST * 2
    rest = match[0][1:].encode("gbk", "ignore")
    if rest[:1] == b"\xbd" and rest[1:] < b"\x80":
        return _LOST + rest[1:].decode("ascii")  # the second byte was a letter of its own
    return match[0]


def _gbk_line(line: str) -> str:
    if _AS_GBK.search(line) is None or _share(line) > 0.2:
        return line
    raw = b"\xff".join(part.encode("gb18030", "ignore") for part in line.split(_LOST))
    made = _AROUND_LOST.sub(_LOST, raw.decode("utf-8", "replace"))
    # Three bytes of three Han each that fit by chance: not in a library.
    if len(_HAN.findall(made)) < max(3, made.count(_LOST)):
        return line
    return made if made.count("\t") == line.count("\t") else line


_AROUND_LOST = re.compile("\ufffd[\ufffd?]*")

# --- GBK and Big5 read as each other ------------------------------------------------------------

_LEAST = 12  # letters; a shorter text may be a list of rare names
_EASTERN = re.compile("[\u3040-\uf8ff]")


def _exchanged(text: str) -> str:
    for wrong, right in (("gb18030", "big5hkscs"), ("big5hkscs", "gb18030")):
        try:
            made = text.encode(wrong).decode(right)
        except UnicodeError:
            continue
        if len(_HAN.findall(made)) >= _LEAST and _share(made) >= 0.35:
            return made
    return text


def undo(text: str) -> tuple[str, int]:
    """The text as it was, and how many runs, lines or lost characters were read anew."""
    count = 0
    if "锟" in text:
        made = _LOST_AS_GBK.sub(_lost, text)
        if made != text:
            text, count = made, made.count(_LOST) - text.count(_LOST)
    if _TWO_LATIN.search(text):
        made = _LATIN_RUN.sub(_latin, text)
        if made != text:
            text, count = made, count + 1
    if _AS_GBK.search(text):
        lines = text.split("\n")
        read = [_gbk_line(line) for line in lines]
        count += sum(a is not b for a, b in zip(lines, read, strict=True))
        text = "\n".join(read)
    sample = text[:400]
    if len(_EASTERN.findall(sample)) >= _LEAST and _share(sample) < 0.1:
        made = _exchanged(text)
        if made is not text:
            text, count = made, count + 1
    return text, count
