"""What kind of change a new wording is, or whether it is only a worse reading of the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal
from urllib.parse import unquote, urlsplit

Kind = Literal["typographic", "boilerplate", "substantive", "attachment"]
Doubt = Literal[
    "truncated", "worse decoded", "emptied", "fields lost", "another page stands in its place"
]

# What pages print around an article. Only a whole line that opens with it counts.
_FURNITURE = re.compile(
    r"^\W*(?:\(?责任?编[辑審审]|责编|(?:本期|网络|图文)?编\s*辑|(?:一|二|三|初|终)?[校审][对核稿]?\s*[:：]|审\s*核|监\s*制|签\s*发|"
    r"供\s*稿|撰\s*稿|来\s*源\s*[:：]|作\s*者\s*[:：]|(?:记|通讯)[者员]\s*[:：]|发布(?:时间|日期|者|人|机构)|更新(?:时间|日期)|"
    r"信息来源|文章来源|字\s*[号体]\s*[:：]|扫一扫|扫码|二维码|打印|关闭|分享|收藏|返回顶部|附件下载|版权所有|联系电话|免责声明|主办单位|"
    r"技术支持|网站标识码|声\s*明\s*[:：]|微信公众号)"
)
# What is another on every visit, wherever it stands.
_COUNTER = re.compile(
    r"(?:(?:阅读|浏览|点击|访问|查看|围观|人气|点赞|评论|转发|收藏|下载)(?:次数|人数|数量|数|量|率)?|人气|阅)\s*[:：]?\s*[(（\[【]?\s*\d[\d,，.]*\s*万?\+?\s*[次人]?[)）\]】]?"
    r"|(?:被|已)?(?:阅读|浏览|点击|访问)了?\s*\d[\d,]*\s*次|您?是(?:本[站页])?第\s*\d[\d,]*\s*位(?:访客|访问者|读者)?"
    r"|\d[\d,]*\s*(?:次(?:阅读|浏览|点击|访问)|人(?:阅读|浏览|已读|看过))"
)
_TODAY = re.compile(
    r"(?:今天|今日|现在|当前(?:时间|日期)?|北京时间)\s*(?:是|为)?\s*[:：]?\s*(?:公元)?\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?"
    r"(?:\s*星期[一二三四五六日天])?(?:\s*\d{1,2}[:：时]\d{2}(?:[:：分]\d{2})?秒?)?(?:\s*农历\S{2,8})?"
)
_DAY = re.compile(
    r"^\W*(?:公元)?\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?\s*星期[一二三四五六日天]\W*(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?\W*$"
)
_WEATHER = re.compile(
    r"^.{0,24}?(?:晴|阴|多云|(?:小|中|大|暴|阵|雷阵)雨|[小中大暴]雪|雾|霾).{0,16}?-?\d+\s*(?:℃|°C?|度).{0,24}$"
)
_NEIGHBOUR = re.compile(r"^\W*[上下前后]一?[篇条页则个]\s*(?:文章|新闻|信息)?\s*[:：]?")
_RECOMMENDED = re.compile(
    r"^\W*(?:相关|推荐|热门|延伸|最新|精彩|猜你|更多|往期|热点)(?:的)?"
    r"(?:链接|阅读|新闻|文章|信息|推荐|喜欢|资讯|报道|内容|回顾|解读|排行)\W*$"
)
_LONGEST_ROW = 80  # characters; what is longer is prose, whose numbers are written
_SHORT_LINE = 60  # characters; what follows the word "recommended" are titles

# Small words that turn a sentence round, and whatever counts.
_WEIGHTY = re.compile(
    r"[0-9０-９零〇一二三四五六七八九十百千万亿两半双倍元年月日时％%‰]|[不未非无否勿禁止除免没莫]"
    r"|[可应须必当准许暂停废缓限至起内外上下前后以均各或和与及]|[男女甲乙丙丁东南西北省市县区]"
)
_LOST = re.compile(r"[\ufffd□■\ue000-\uf8ff]|(?<=[\u4e00-\u9fff])\?{2,}|[Â-ï][\x80-¿]")
_FEW = 6  # characters; more that differ in one place are no slip of the pen
_SMALL_SHARE = 0.02
_CUT_SHARE = 0.9  # a text that only lost, and more than this leaves, was cut
_LITTLE = 0.25  # of the former text: so short a text under another title is another page
_LONGEST_COMPARED = 4000  # characters of one line; above it a change counts as substantive


@dataclass(frozen=True, slots=True)
class Wording:
    """What two readings of an article are compared by."""

    title: str
    body: str
    attachments: tuple[str, ...] = ()  # their names
    files: tuple[str, ...] = ()  # their addresses
    dated: bool = True
    sourced: bool = True


def doubt(old: Wording, new: Wording) -> Doubt | None:
    """Why the new reading must not replace the old one, or None where it may.

    A body that is gone, only lost passages, or holds more unreadable characters than before
    tells of a bad fetch, not of an edit; so does a page that says something else altogether.
    """
    if old.body and not new.body and not new.attachments:
        return "emptied"
    if len(_LOST.findall(new.title + new.body)) > len(_LOST.findall(old.title + old.body)):
        return "worse decoded"
    if new.body and len(new.body) < _CUT_SHARE * len(old.body) and _is_part(new.body, old.body):
        return "truncated"
    short = len(new.body) < _LITTLE * len(old.body)
    if short and _pairs(old.title).isdisjoint(_pairs(new.title)):
        return "another page stands in its place"
    if (old.dated and not new.dated) or (old.sourced and not new.sourced and not new.dated):
        return "fields lost"
    return None


def kind(old: Wording, new: Wording) -> Kind | None:
    """What the change means: the gravest of its parts; None where nothing was written.

    Counters, the date of the visit, the weather, neighbours and recommendations are not written.
    """
    before, after = _written(old.body), _written(new.body)
    other_files = old.attachments != new.attachments or _names(old.files) != _names(new.files)
    same_title = old.title == new.title
    if same_title and before == after:
        return "attachment" if other_files else None
    if _letters(old.title) == _letters(new.title) and _letters(before) == _letters(after):
        return "attachment" if other_files else "typographic"
    changes = list(_changes(before, after))
    if _letters(old.title) == _letters(new.title):
        changes = [pair for pair in changes if _letters(pair[0]) != _letters(pair[1])]
        if all(_is_furniture(*pair) for pair in changes):
            return "attachment" if other_files else "boilerplate"
    else:
        changes.append((old.title, new.title))
    slips = [slip for change in changes for slip in _slips(*change)]
    changed = sum(max(len(gone), len(come)) for gone, come in slips)
    light = all(
        max(len(gone), len(come)) <= _FEW and not _WEIGHTY.search(gone + come)
        for gone, come in slips
    )
    if not light or changed > max(2, _SMALL_SHARE * len(old.body)):
        return "substantive"
    return "attachment" if other_files else "typographic"


def _written(body: str) -> str:
    """A body without what is another on every visit."""
    lines, recommended = [], False
    for line in body.split("\n"):
        said = line.strip()
        recommended = bool(_RECOMMENDED.match(said)) or (
            recommended and len(said) <= _SHORT_LINE and not said.endswith(("。", "！", "？"))
        )
        if recommended or _NEIGHBOUR.match(said) or _WEATHER.match(said) or _DAY.match(said):
            continue
        if len(said) <= _LONGEST_ROW:
            said = _TODAY.sub("", _COUNTER.sub("", said)).strip()
        if said:
            lines.append(said)
    return "\n".join(lines)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _pairs(text: str) -> set[str]:
    said = _letters(text)
    return {said[n : n + 2] for n in range(len(said) - 1)} or {said}


def _names(files: tuple[str, ...]) -> set[str]:
    """The names files have on the site; addresses without one tell nothing."""
    names = (unquote(urlsplit(url).path).rpartition("/")[2].lower() for url in files)
    return {name for name in names if "." in name}


def _is_part(part: str, whole: str) -> bool:
    """Whether a text has nothing that the other has not, in the same order.

    Of its last line the end may be missing.
    """
    lines = iter(whole.split("\n"))
    said = part.split("\n")
    for number, line in enumerate(said):
        last = number == len(said) - 1
        if not any(other == line or (last and other.startswith(line)) for other in lines):
            return False
    return True


def _is_furniture(before: str, after: str) -> bool:
    return all(not text or _FURNITURE.match(text.strip()) for text in (before, after))


def _changes(old: str, new: str) -> Iterator[tuple[str, str]]:
    """The passages that differ, as whole lines before and after."""
    before, after = old.split("\n"), new.split("\n")
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        gone, come = before[a:b], after[c:d]
        for number in range(max(len(gone), len(come))):
            yield (
                gone[number] if number < len(gone) else "",
                come[number] if number < len(come) else "",
            )


def _slips(before: str, after: str) -> Iterator[tuple[str, str]]:
    """The characters that differ within one line."""
    if max(len(before), len(after)) > _LONGEST_COMPARED:
        yield before, after
        return
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield before[a:b], after[c:d]
