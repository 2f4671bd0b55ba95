"""Names of outlets and persons cut clean, and refused where they can be none."""

from __future__ import annotations

import re

from .labels import LABELS, SOFT, bare, fold
from .surnames import apart, is_person
from .words import words

_TRIM = " \t\r\n\0\x1f\u3000\xa0:：,，;；|｜/\\、.·•>＞<＜*＊=_-－—"
_PAIRS = {
    "[": "]",
    "【": "】",
    "(": ")",
    "（": "）",
    "〔": "〕",
    "「": "」",
    "“": "”",
    '"': '"',
    "'": "'",
}
_ADDRESS = re.compile(r"https?://\S*|www\.\S+", re.IGNORECASE)
_LETTER = re.compile(r"[A-Za-z\u3400-\u9fff\uf900-\ufaff]")
_SENTENCE = re.compile(r"[。！？；]|[，,].{12}|.{41}")
_NO_NAME = words("""
    无 没有 暂无 未知 不详 佚名 匿名 网络 互联网 管理员 超级管理员 系统管理员 admin
    administrator null none undefined 更多 返回 首页 未填写 其他 其它 空 系统 测试 test root
    user editor 小编 本站编辑 编辑
    """)
_NO_OUTLET = words("""
    无 没有 暂无 未知 不详 null none undefined 更多 首页 未填写 其他 其它 空 返回 原创 转载 转帖
    编译 佚名 评论 发表评论 我来说两句 我要评论 微博 新浪微博 腾讯微博 新华微博 搜狐微博 微信 QQ空间
    qq空间 人人网 开心网 豆瓣 豆瓣网 百度贴吧 邮箱 企业邮箱 点击 查看 打印 请点击查看
    """)
# What no name of an outlet holds: a clock's time, a day, a label with its value.
_NOT_IN_OUTLET = re.compile(r"\d:\d\d|\d年\d{1,2}月|\d{4}-\d{1,2}-\d|^[^:]{1,5}:")
_REPORT = re.compile("(?:报道|报导|報導|報道|电|電|讯|訊)$")
_ROLE = re.compile(
    r"(?:本报|本网|本刊|本台|特约|特派|特邀|实习|见习|首席|驻\w{2,6}|全媒体|融媒体|新媒体|文字|摄影|图片|客户端|资深)*"
    r"(?:记者|記者|通讯员|通訊員|作者|撰稿人?|撰文|编辑|供稿人?|评论员|责编|责任编辑|编译|译者|翻译|采写|报道员|"
    r"实习生|實習生|圖記者|校对|审核|主编|(?<![\u3400-\u9fff])(?:文|图|摄))(?=[\s:：/、,，(（]|$)[\s:：/]*"
)
_BETWEEN_NAMES = re.compile(
    r"(?:记者|記者|通讯员|通訊員|评论员|評論員|编辑|編輯|实习生|實習生)(?=[\u3400-\u9fff]{2,12}$)"
)
_LONG = 4  # signs; a longer Chinese name is an office or stands behind one
_MOST = 12  # names
_TITLED = re.compile("(?:员|长|授|士|任|师|书记|秘书|代表)$")
_AFTER_TITLE = re.compile("(?:员|长|授|士|任|师|书记|秘书)([\u3400-\u9fff]{2,3})$")
_BETWEEN = re.compile(
    r"(?:(?<![A-Za-z.])\s+|\s+(?![A-Za-z])|[\x1f、,，;；/／|&＆])+|(?<=[\u3400-\u9fff])(?:和|与)(?=[\u3400-\u9fff]{2,4}$)"
)
_NAME = re.compile(
    r"[\u3400-\u9fff\u3007·•．]{2,12}|[A-Z][A-Za-z.'\- ]{1,30}|[\w\u3400-\u9fff·.@\-]{2,20}"
)
_HAN = r"\u3400-\u9fff"


def outlet_name(value: str) -> str:
    """The name of an outlet or office; empty where the text cannot be one."""
    value = _clean(_ADDRESS.sub("", value))
    folded = bare(fold(value))
    if not 2 <= len(folded) <= 40 or not _LETTER.search(folded):
        return ""
    if folded.lower() in _NO_OUTLET or folded in LABELS or _SENTENCE.search(value):
        return ""
    if _NOT_IN_OUTLET.search(fold(value)):
        return ""
    return value


def person_names(value: str) -> str:
    """Names joined by 、; roles such as 记者 left out, texts that can be no names refused."""
    value = _ADDRESS.sub("", value).replace(SOFT, " ")
    value = re.sub(r"[（(][^（()）]{0,20}[)）]", " ", value)
    names: list[str] = []
    for piece in _BETWEEN.split(_joined(_ROLE.sub(" ", _clean(value)))):
        name = _glued(_clean(piece))
        if "、" in name:
            names += name.split("、")
            continue
        folded = bare(fold(name))
        if not folded or folded.lower() in _NO_NAME or folded in LABELS or folded.isdecimal():
            continue
        if not _NAME.fullmatch(name) or not _LETTER.search(name):
            return "、".join(names)
        if len(name) > _LONG and _TITLED.search(name):
            continue  # an office, as in 大学教授
        if len(name) >= _LONG and _REPORT.search(name):
            continue  # where it was reported from, as in 台北報導
        names.append(name)
        if len(names) == _MOST:
            break
    return "、".join(dict.fromkeys(names))


def _glued(piece: str) -> str:
    """What a role is glued to or stands between: 半月谈记者谭飞王艳明 is two persons."""
    match = _BETWEEN_NAMES.search(piece)
    if match is None:
        titled = _AFTER_TITLE.search(piece) if len(piece) > _LONG else None
        return titled[1] if titled is not None and is_person(fold(titled[1])) else piece
    before, after = piece[: match.start()], piece[match.end() :]
    names = ([before] if is_person(fold(before)) else []) + apart(after)
    return "、".join(names) or piece


def _joined(value: str) -> str:
    """Names set apart to three squares: 王　明 is one person."""
    return re.sub(
        rf"(?<![{_HAN}])([{_HAN}])[ \u3000\xa0]{{1,4}}([{_HAN}])(?![{_HAN}])",
        r"\1\2",
        value,
    )


def _clean(value: str) -> str:
    value = " ".join(value.replace(SOFT, "").replace("\0", "").split()).strip(_TRIM)
    while value and value[0] in _PAIRS:
        close = _PAIRS[value[0]]
        if value[-1] == close and len(value) > 1:
            value = value[1:-1].strip(_TRIM)
        elif close not in value:
            value = value[1:].strip(_TRIM)
        else:
            break
    while value and value[-1] in _PAIRS and value[-1] not in "\"'":
        value = value[:-1].strip(_TRIM)
    while (
        value
        and value[-1] in _PAIRS.values()
        and not any(
            opening in value
            for opening, close in _PAIRS.items()
            if close == value[-1] and opening != close
        )
    ):
        value = value[:-1].strip(_TRIM)
    return value
