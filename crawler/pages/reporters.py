"""Who wrote an article, as its own first and last paragraphs say: （记者 张三）, 文/李四."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .labels import SOFT, fold
from .names import person_names
from .surnames import apart, is_person

_H = "\u3400-\u9fff"
_N = rf"[{_H}·]{{2,4}}(?:[\s\u3000、，,和]+[{_H}·](?:[\s\u3000]?[{_H}·]){{1,3}})*"
# Readings in order of trust; the group holds the names.
_BRACKET = re.compile(
    r"[(（【〔\[][^()（）【】\[\]]{0,30}?(?:记者|作者|通讯员|撰文|特约评论员|评论员|文)\s*[:：/／丨|]?\s*([^()（）【】\[\]]{2,60})[)）】〕\]]"
)
_REPORT = re.compile(
    rf"(?:记者|特约撰稿人?)\s*[:：]?\s*([{_H}]{{2,3}})\s*[/／]?\s*(?:[{_H}]{{2,6}})?(?:专题|專題|综合|綜合|特稿)?(?:报导|报道|電|电|讯|訊|摄)"
)
_DATED = re.compile(rf"(?:记者|编辑)\s*([{_H}]{{2,3}}(?:[、\s]+[{_H}]{{2,3}})*)\s*\d{{1,2}}[月日]")
_WHOLE = re.compile(
    rf"^[^。！？，,；]{{0,24}}?(?:记者|通讯员|特约评论员|评论员|撰稿人?|采写)\s*[:：/／丨|]?\s*({_N})\s*(?:来源.*|文|报导|报道|摄影报道|文并摄)?$"
)
_LABEL = re.compile(
    r"^(?:[(（【\[]\s*)?(?:作者|文|撰文|撰稿|采写|执笔|本文作者)\s*[:：/／丨|]\s*([^。！？；]{2,60})$|^作者\s+([^。！？；:：]{2,30})$"
)
_DATELINE = re.compile(rf"^[^。]{{0,30}}?\d日?(?:电|電|讯|訊)\s*[(（]\s*({_N})\s*[)）]")
_SIGNED = re.compile(rf"[(（]\s*(?:文/)?({_N})\s*(?:[/／]?(?:编译|撰文|文))?\s*[)）]\s*$")
_END = re.compile(
    rf"[。！？”」』…]\s*[(（]\s*([{_H}]{{2,3}}(?:[、\s]+[{_H}]{{2,3}}){{0,3}})\s*[)）]\s*$"
)
_STATION = re.compile(rf"(?:台|社|网|報|报)\s*(?:记者)?([{_H}]{{2,3}})(?:综合)?(?:报导|报道)$")
_SLASH = re.compile(
    rf"^[【\[(（]?[{_H}]{{2,8}}[/／]([{_H}]{{2,3}})(?:[/／].{{0,12}})?[】\])）]?$|^(?:.{{0,12}}\s)?([{_H}]{{2,3}})[/／][{_H}]{{2,4}}(?:报导|报道|電|电)"
)


def reporter(lines: Sequence[str]) -> tuple[str, str]:
    """Names joined by 、 and the place they stand in (first or last lines); empty for none."""
    texts = [line.replace(SOFT, "").strip() for line in lines]
    heads, tails = texts[:4], texts[-4:] if len(texts) > 4 else []
    for text in heads:
        names = _in_head(text)
        if names:
            return names, "first lines"
    for text in reversed(tails):
        names = _in_tail(text)
        if names:
            return names, "last lines"
    if texts:
        names = _end(texts)
        if names:
            return names, "end of the text"
    return "", ""


def in_row(lines: Sequence[str]) -> str:
    """Names in a by-line that labels nothing: 中國時報 李四／台北報導."""
    for line in lines:
        text = line.replace(SOFT, "").strip()
        match = _SLASH.search(fold(text)) if len(text) <= 60 else None
        names = _names(text, match) if match is not None else ""
        if names:
            return names
    return ""


def _in_head(text: str) -> str:
    start = text[:160]
    folded = fold(start)
    patterns = [_BRACKET, _DATELINE]
    if len(text) <= 50:
        patterns += [_WHOLE, _LABEL, _SLASH]
    for pattern in [*patterns, _REPORT, _DATED]:
        match = pattern.search(folded if pattern not in (_REPORT, _DATED) else folded[:90])
        names = _names(start, match) if match is not None else ""
        if names:
            return names
    return ""


def _in_tail(text: str) -> str:
    if len(text) > 80:
        folded = fold(text[-80:])
        match = _BRACKET.search(folded)
        if match is not None and match.end() >= len(folded) - 2:
            return _names(text[-80:], match)
        return ""
    folded = fold(text)
    for pattern in (_LABEL, _WHOLE, _STATION, _BRACKET):
        match = pattern.search(folded)
        names = _names(text, match) if match is not None else ""
        if names:
            return names
    return ""


def _end(texts: Sequence[str]) -> str:
    """A name in brackets behind the last sentence."""
    for text in reversed(texts[-3:]):
        tail = text[-40:]
        match = _END.search(fold(tail))
        if match is not None:
            return _names(tail, match)
    return ""


def _names(text: str, match: re.Match[str]) -> str:
    """The names of a match, cut from the text as it came; those that can be no names refused."""
    group = next(index for index in range(1, len(match.groups()) + 1) if match[index])
    said = text[match.start(group) : match.end(group)]
    said = re.split(r"[，,；;。](?=系|为|单位|来自|是)|(?:系|为)[^、]{4,}", said)[0]
    names: list[str] = []
    for name in person_names(said).split("、"):
        if is_person(fold(name)) or is_person(name):
            names.append(name)
        elif len(name) > 3 and (parts := apart(name)):
            names += parts
    return "、".join(dict.fromkeys(names))
