"""Where in its site a page stands: the breadcrumb, and the column it names last."""

from __future__ import annotations

import re

from . import furniture
from .body import clean
from .content import names
from .labels import SOFT, fold
from .outline import Outline
from .words import words

_NAMED = re.compile(r"crumb|position|location|weizhi|dqwz|\bpath\b|place", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:>+|＞|»|›|→|≫|》(?!.{0,1}$)|\\|\||｜|::|-{1,2}>|—>|/)\s*|\s+[-–—·]\s+")
_LABEL = re.compile(
    r"^.{0,40}?(?:(?:当前|现在|所在|所处|目前|你的|您的|的|您)\s*(?:所在)?的?\s*(?:位置|页面)|位置|位于|导航)\s*(?:是|在|为)?\s*[:>]?\s*"
)
_NO_COLUMN = words("""
    正文 详情 内容 文章 信息 查看 浏览 新闻详情 文章详情 内容详情 文章内容 详细内容 详细信息
    新闻正文 信息详情 详细 阅读 文章正文 新闻内容 信息内容 详情页 内容页 查看文章 浏览文章
    信息浏览 文章页 当前页
    """)
_HOME = words("""
    首页 网站首页 本站首页 主页 返回首页 站点首页 网站主页 本网首页 home 网首页
    """)


def breadcrumb(made: Outline, stop: int, title: str) -> tuple[str, ...]:
    """The steps from the home page to here; the first line before ``stop`` that is a breadcrumb."""
    for at, line in enumerate(made.lines[:stop]):
        if line.image is None and line.size <= 150 and _is_place(made, at):
            parts = of_line(line.raw, title)
            if len(parts) < 2 and at + 1 < stop:
                parts = (
                    of_line(line.raw + " > " + made.lines[at + 1].raw, title)
                    if _open(line.raw)
                    else parts
                )
            if parts:
                return parts
    return ()


def _is_place(made: Outline, at: int) -> bool:
    line = made.lines[at]
    if furniture.place(line.raw):
        return True
    named = _NAMED.search(names(made.boxes[line.box].element)) is not None
    return named and len(_PARTS.split(line.raw.replace(SOFT, ""))) >= 2


def _open(raw: str) -> bool:
    return fold(raw).rstrip(" \0\x1f").endswith((":", ">"))


def of_line(raw: str, title: str = "") -> tuple[str, ...]:
    """The steps that a breadcrumb's text names, without its label, 正文 and the title itself."""
    folded = fold(raw)
    match = _LABEL.match(folded.replace(SOFT, " "))
    text = raw[match.end() :] if match is not None else raw
    steps = _PARTS.split(text.replace(SOFT, ""))
    if len(steps) == 1:
        steps = text.split(SOFT)
    parts = [clean(part).strip("：:>＞ ·") for part in steps]
    parts = [part for part in parts if part]
    short = clean(title)
    while parts and (
        fold(parts[-1]).replace("\0", "") in _NO_COLUMN
        or parts[-1] == short
        or (len(parts[-1]) > 8 and short.startswith(parts[-1].rstrip(".… ")))
    ):
        parts.pop()
    return tuple(part for part in parts if len(part) <= 40)


def column(parts: tuple[str, ...]) -> str:
    """The last step that is not the home page."""
    for part in reversed(parts):
        if fold(part).replace("\0", "").lower() not in _HOME:
            return part
    return ""
