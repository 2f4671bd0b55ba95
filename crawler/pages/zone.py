"""The lines around a title that tell date, outlet and author, and what stands there unlabelled."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import byline, content, furniture
from .address import absolute, host
from .headline import site_names
from .labels import LABELS, SOFT, bare, fold
from .names import outlet_name, person_names
from .outline import Line, Outline
from .page import Page
from .spelling import squeezed
from .surnames import is_person
from .titles import Title

_MEDIA = re.compile(
    r"(?:网|網|报|報|社|台|臺|电视|電視|广播|周刊|週刊|杂志|雜誌|在线|線上|在線|通讯|通訊|新闻|新聞|财经|財經|快报|传媒|"
    r"中心|媒体|发布|频道|頻道|局|委|厅|部|办|政府|协会|學會|学会|客户端|观察|时评|評論|资讯|資訊|科技|体育|娱乐|综合|[报報网網刊].{0,4}版|"
    r"\.(?:com|cn|net|org)|com|日报|卫视|头条)$",
    re.IGNORECASE,
)
_TOOL = re.compile(
    r"看|打印|列印|手机|评论|评論|字|收藏|分享|微博|博客|登录|登入|注册|首页|转发|轉寄|回复|留言|订阅|訂閱|下载|下載|关注|参与|"
    r"投稿|返回|更多|大|小|中$|添加|举报|复制|听|播放|我要|网友|人气|发表|推荐|相关|来自|复制|点击|扫|RSS|English|专题|"
    r"论坛|股吧|搜索|查询|收听|热点|栏目|滚动|正文|编辑|繁体|简体|引用|繁體|評分|留言|上一|下一|展开|全文",
    re.IGNORECASE,
)
_SERVICE = re.compile("(?:系统|邮箱|平台|空间|入口|贴吧|地图|导航|热线|办公)$")
_COLUMN = re.compile(  # what any site calls a part of itself
    "(?:"
    "新闻|新聞|资讯|資訊|动态|要闻|快讯|公告|通知|政策|法规|财经|財經|体育|娱乐|科技|时政|社会|国内|国际|本地|地方|行业|企业|"
    "公司|协会|学会|党建|工作|信息|图片|视频|综合|热点|焦点|最新|今日|专题|中心|频道|栏目|发布|速报|速報|快报|报道|时评|"
    "评论|观察|版|网站|首页|政务|公开|办事|服务|互动|宣传|媒体|部门|机关|单位|文化|教育|生活|房产|健康|即时|滚动|头条"
    ")+"
)
_AUTHOR_NAME = re.compile(r"author|zuozhe|writer|byline", re.IGNORECASE)
# Under the title of a law or rule stands in brackets when it was passed; it is part of the text.
_ADOPTED = re.compile(
    r"\s*[(（].*(?:通过|公布|施行|修订|修正|批准|通過|施行|修訂|批準)(?![日时時人者:：]).*[)）]\s*$"
)
_BEFORE, _AFTER = 4, 6
_REACH = 60  # lines between title and body that are looked at


@dataclass(frozen=True, slots=True)
class Zone:
    """The by-line of an article and the lines it was read from."""

    row: byline.Byline
    lines: tuple[int, ...]
    outlet: str = ""  # a bare name beside the date
    author: str = ""


def read(page: Page, made: Outline, title: Title, first: int, last: int) -> Zone:
    """What the lines between title and body say, and those just above the title."""
    inner = _short(
        made, title.line + 1 if 0 <= title.line < first else max(0, first - 8), first + _AFTER
    )
    row = _row(made, inner)
    above: list[int] = []
    if row.published is None and not row.bare and title.line > 0:
        above = _short(made, max(0, title.line - _BEFORE), title.line)
        above = [at for at in above if not _another(made.lines[at])]
        row = _merged(row, _row(made, above))
    lines = (*inner, *above)
    outlet, author = _bare(page, made, title, lines, row)
    return Zone(row, lines, outlet, author)


def matter(made: Outline, at: int, title: Title) -> bool:
    """Whether a line above the body is by-line, tools, breadcrumb or the title once more."""
    line = made.lines[at]
    if line.image is not None:
        return False
    if squeezed(line.text) == squeezed(title.text):
        return True
    if furniture.place(line.raw) or furniture.tail(line.raw) or line.linked * 2 > line.size:
        return line.size < 150
    if line.size > 90 or _ADOPTED.match(line.raw):
        return False
    row = byline.read(line.raw)
    if not row.marks and sum(map(len, row.rest)) > 30:
        return False
    return bool(row.marks or row.bare) and len(row.rest) <= 6 and "。" not in line.raw


def _short(made: Outline, start: int, stop: int) -> list[int]:
    """Lines that can belong to a by-line: no prose, up to the first prose."""
    found: list[int] = []
    for at in range(max(0, start, stop - _REACH), min(stop, len(made.lines))):
        line = made.lines[at]
        if line.image is not None or line.size > 200:
            continue
        if content.prose(line) and not byline.read(line.raw).found and not _dated(line):
            if at >= stop - _AFTER:
                break
            continue
        found.append(at)
        if len(found) >= 40:
            break
    return found


def _another(line: Line) -> bool:
    """Whether a line is a row of a listing: another article's linked title and its date."""
    if not content.headline(line) or line.size > line.linked + 20:
        return False
    row = byline.read(line.raw)
    return bool(row.bare) and not row.marks


def _dated(line: Line) -> bool:
    return line.size <= 60 and bool(byline.read(line.raw).bare)


def _row(made: Outline, lines: list[int]) -> byline.Byline:
    return byline.read("\n".join(made.lines[at].raw for at in lines))


def _merged(row: byline.Byline, other: byline.Byline) -> byline.Byline:
    """The first row, its gaps filled from the second."""
    for name in ("published", "outlet", "author", "editor", "reviewer", "column", "read_count"):
        if getattr(row, name) in ("", None) and getattr(other, name) not in ("", None):
            setattr(row, name, getattr(other, name))
            row.found[name] = other.found[name]
    row.bare += other.bare
    row.rest += other.rest
    row.dated = {**other.dated, **row.dated}
    return row


def _bare(
    page: Page, made: Outline, title: Title, lines: tuple[int, ...], row: byline.Byline
) -> tuple[str, str]:
    """An outlet and an author that stand beside the date without labels."""
    sites = site_names(page)
    dated = [
        at for at in lines if made.lines[at].size <= 120 and byline.read(made.lines[at].raw).bare
    ]
    near = dated[:2] if dated else []
    order = [*near, *(at for at in lines if near and at not in near and abs(at - near[0]) <= 3)]
    free = set(row.rest)
    outlet = author = ""
    for at in order:
        line = made.lines[at]
        if line.size > 120 or (at not in near and line.size > 24):
            continue
        for token in byline.read(line.raw).rest:
            if token not in free:
                continue
            if not outlet and _outlet_like(token, sites):
                outlet = outlet_name(token)
            elif not author and at in near and token not in title.text and _person_like(token):
                author = person_names(token)
    if not outlet:
        outlet = _linked_outlet(page, made, near)
    return outlet, author or _author_line(made, lines)


def _author_line(made: Outline, lines: tuple[int, ...]) -> str:
    """Names that have a line to themselves, beside the row or in a box named for the author."""
    telling = {at for at in lines if _says(made.lines[at])}
    for at in lines:
        line = made.lines[at]
        if line.size > 24 or at in telling:
            continue
        names = _names_only(line.text)
        if names and (
            telling & {at - 1, at + 1}
            or _AUTHOR_NAME.search(content.names(made.boxes[line.box].element))
        ):
            return names
    return ""


def _says(line: Line) -> bool:
    row = byline.read(line.raw)
    return bool(row.published or row.bare or row.outlet)


def _names_only(text: str) -> str:
    """The names of a text that consists of names; one of them at least is Chinese."""
    names = person_names(text)
    parts = names.split("、")
    plain = squeezed(text) == squeezed(names)
    known = [is_person(fold(part)) or part.isascii() for part in parts]
    return names if plain and all(known) and not names.isascii() else ""


def _outlet_like(token: str, sites: set[str]) -> bool:
    folded = bare(fold(token))
    if not 2 <= len(folded) <= 20 or folded in LABELS or furniture.tail(token):
        return False
    if squeezed(token) in sites and not _TOOL.search(folded):
        return True
    if _COLUMN.fullmatch(folded):
        return False
    return _MEDIA.search(folded) is not None and not _TOOL.search(folded) and len(folded) >= 3


def _person_like(token: str) -> bool:
    folded = fold(token)
    return is_person(folded) or bool(
        re.fullmatch(r"(?:记者|作者)[:： ]?[\u3400-\u9fff]{2,4}", folded)
    )


def _linked_outlet(page: Page, made: Outline, near: list[int]) -> str:
    """A name beside the date that is a link to another site."""
    for anchor in made.anchors:
        if anchor.line in near and anchor.text:
            there = host(absolute(page.base, anchor.element.get("href") or ""))
            text = anchor.text.replace(SOFT, "")
            if not there or there == host(page.url) or not 2 <= len(text) <= 12:
                continue
            folded = fold(text)
            if not (_TOOL.search(folded) or _SERVICE.search(folded) or is_person(folded)):
                return outlet_name(text)
    return ""
