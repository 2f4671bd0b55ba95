"""The row under a title: date, outlet, author, editor and read count told apart by their labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from model.article import When

from . import dates, marks
from .labels import SOFT, bare, fold
from .names import outlet_name, person_names
from .surnames import is_person
from .words import either, words

_PERSONS = words("author editor reviewer")
_DOCUMENT = words("index_number number signed validity topics")
# Fields whose values nobody asks for here and nobody else may take.
_CLAIMED = words("photo topics classification name index_number number validity")
_SHARING = words("分享 分享到 分享至")
_SEPARATORS = re.compile(r"[\n\t|｜】〗\]]| {2,}")
_NUMBER = re.compile(r"[ \0\x1f\n(\[【<]*(\d[\d,]{0,11}(?:\.\d{1,3})?) ?(万)?")
_COMPACT = re.compile(r"(?:19|20)\d{6}")
# What stands before a day that is not the article's own: a change of it, the reader's day.
_LATER = re.compile(r"(?:推荐|更新|修改|编辑|回复|评论)(?:文章)?[于在]?[\s\0\x1f:]*$")
_CLOCK = re.compile(r"(?:今天|今日|现在|此刻)[是为]?[\s\0\x1f:]*$")
# Words of the page's furniture that follow a value after one space.
_FURNITURE = re.compile(
    r"(?:^|[ \x1f\0【\[(<])[【\[(<]?"
    + either(
        r"""
        打印 字体 字号 分享 关闭 收藏 评论 我要 大中小 大+中+小 大\b 大\] 大】 A[+] A- 扫一扫 扫描
        浏览 点击 阅读 访问 保护视力 微信 微博 复制 进入 手机 二维码 投稿 订阅 举报 纠错 参与 背景
        繁体 推荐 朗读 听 下载 切换 放大 缩小 正常 默认 更多 欢迎 加入 转发 查看 留言 跟帖 原创稿
        T\| 小字 大字 人参与 回复 条评论 网友 \d{1,9}次 \d{1,9}人 \d{1,9}条 \d{1,9}+次 \d{1,9}+人
        \d{1,9}+条 print share font text
        """
    ),
    re.IGNORECASE,
)


@dataclass(slots=True)
class Byline:
    """What a row says; empty where it says nothing. ``found`` names the label of each field."""

    published: When | None = None
    dated: dict[str, When] = field(default_factory=dict)  # signed, in_force, expires, updated
    outlet: str = ""
    issuer: str = ""
    author: str = ""
    editor: str = ""
    reviewer: str = ""
    column: str = ""
    read_count: int | None = None
    bare: list[When] = field(default_factory=list)  # dates without a label
    rest: list[str] = field(default_factory=list)  # short texts without a label
    found: dict[str, str] = field(default_factory=dict)
    marks: int = 0  # labels of any kind, those of the page's tools included


def read(row: str) -> Byline:
    """The fields of a row. Lines are separated by newlines, inline elements by SOFT."""
    folded = fold(row)
    every = dates.find(row)
    labels = marks.find(folded, every)
    made = Byline(marks=len(labels))
    taken: list[tuple[int, int]] = []
    ends = [mark.start for mark in labels[1:]] + [len(row)]
    for mark, end in zip(labels, ends, strict=False):
        used = _take(made, mark, row, folded, end, every)
        taken.append((mark.start, used))
    for dated in every:
        if not any(start <= dated.start < end for start, end in taken):
            before = folded[max(0, dated.start - 16) : dated.start].rpartition("\n")[2]
            if _LATER.search(before):
                made.dated.setdefault("updated", dated.when)
                made.found.setdefault("updated", "更新")
            elif not _CLOCK.search(before):
                made.bare.append(dated.when)
            taken.append((dated.start, dated.end))
    if not made.outlet and made.published and not _DOCUMENT & {mark.field for mark in labels}:
        _set(made, "outlet", made.issuer, made.found.get("issuer", ""))
    made.rest = []
    for text in _rest(row, sorted(taken)):
        when = dates.first(text) if _COMPACT.fullmatch(text) else None
        if when is None:
            made.rest.append(text)
        else:
            made.bare.append(when)
    _slashed(made, row, every)
    return made


def _take(
    made: Byline, mark: marks.Mark, row: str, folded: str, end: int, every: list[dates.Dated]
) -> int:
    """Put the value after a mark into its field; where that value ends."""
    name, start = mark.field, mark.end
    if name in marks.DATES:
        for dated in every:
            if start <= dated.start < end:
                if dated.start - start <= 12 or not folded[start : dated.start].strip(" \0\x1f\n"):
                    when = When(dated.when.value, dated.when.precision, "label")
                    _set_date(made, name, when, mark.label)
                    return dated.end
                break
        when_compact = dates.first(folded[start : start + 20].strip(" \0\x1f\n").split(" ")[0])
        if when_compact is not None and when_compact.precision in ("day", "minute"):
            _set_date(
                made, name, When(when_compact.value, when_compact.precision, "label"), mark.label
            )
            return end
        if mark.label not in ("发布", "发表", "发稿"):
            return start
        name = "outlet"
    if name == "read_count":
        match = _NUMBER.match(folded, start)
        if match is None or match.start(1) >= end:
            return start
        if made.read_count is None:
            number = float(match[1].replace(",", ""))
            made.read_count = round(number * (10_000 if match[2] else 1))
            made.found["read_count"] = mark.label
        return match.end()
    # Only a label that has its line (its cell) to itself is answered by the next one.
    alone = not folded[: mark.start].rpartition("\n")[2].strip(" \0\x1f·|")
    blank = " \0\x1f\t\n" if alone else " \0\x1f\t"
    value, used = _value(row, folded, start, end, every, blank)
    if name == "outlet":
        _outlet(made, value, mark.label)
    elif name in _PERSONS:
        _set(made, name, person_names(value), mark.label)
    elif name in ("issuer", "column"):
        _set(made, name, outlet_name(value), mark.label)
    elif mark.label in _SHARING:
        line_end = folded.find("\n", start, end)
        return end if line_end < 0 else line_end
    elif name not in _CLAIMED:
        return start
    return used


def value_of_label(row: str, label: str) -> str:
    """The value that follows this very label in a row; empty where the row does not have it."""
    folded = fold(row)
    wanted = bare(fold(label)).rstrip(":")
    at = folded.find(":")
    while at != -1:
        if bare(folded[:at]).endswith(wanted):
            later = [mark.start for mark in marks.find(folded, []) if mark.start > at]
            end = min([*later, len(row)])
            match = _SEPARATORS.search(
                folded, at + 1 + len(row[at + 1 :]) - len(row[at + 1 :].lstrip()), end
            )
            return row[at + 1 : match.start() if match else end].replace(SOFT, "").strip()
        at = folded.find(":", at + 1)
    return ""


def _outlet(made: Byline, value: str, label: str) -> None:
    """An outlet, and the author that some pages write behind it."""
    parted = re.match(
        r"(.{2,30}?)[ (（/]+(?:本报|特约|见习|实习)?(?:记者|作者|通讯员|文)[:： /]+(.{2,20})$",
        value,
    )
    if parted is not None:
        value = parted[1]
        _set(made, "author", person_names(parted[2]), label)
    head, _, last = value.rpartition(" ")
    if head and is_person(fold(last)):
        value = head
        _set(made, "author", last, label)
    _set(made, "outlet", outlet_name(value), label)


def _set(made: Byline, name: str, value: str, label: str) -> None:
    if value and not getattr(made, name):
        setattr(made, name, value)
        made.found[name] = label


def _set_date(made: Byline, name: str, when: When, label: str) -> None:
    if name == "published":
        if made.published is None:
            made.published = when
            made.found["published"] = label
    elif name not in made.dated:
        made.dated[name] = when
        made.found[name] = label


def _value(
    row: str, folded: str, start: int, end: int, every: list[dates.Dated], blank: str
) -> tuple[str, int]:
    """The text after a label up to what cannot belong to it, and where that is."""
    while start < end and folded[start] in blank:
        start += 1
    for dated in every:
        if start <= dated.start < end:
            end = dated.start
            break
    match = _SEPARATORS.search(folded, start, end)
    if match is not None:
        end = match.start()
    match = _FURNITURE.search(folded[start:end])
    if match is not None:
        end = start + match.start()
    soft = row.find(SOFT, start, end)
    while soft != -1 and soft < end:
        joint = row[max(start, soft - 1) : soft] + row[soft : soft + 3].strip(SOFT + " ")[:1]
        if row[start:soft].strip(SOFT + " ") and not any(
            char in "-－—–·、&和及_" for char in joint
        ):
            end = soft
            break
        soft = row.find(SOFT, soft + 1, end)
    return row[start:end].replace(SOFT, "").strip(), end


def _rest(row: str, taken: list[tuple[int, int]]) -> Iterator[str]:
    """Short texts that neither labels nor dates have claimed."""
    start = 0
    for begin, end in [*taken, (len(row), len(row))]:
        if begin > start:
            for piece in re.split(r"[\x1f\n|｜\t【】\[\]<>]+|[ \u3000\xa0]{1,}", row[start:begin]):
                piece = piece.strip(" \0\x1f\u3000\xa0()（）:：/,，")
                if piece and len(piece) <= 30:
                    yield piece
        start = max(start, end)


def _slashed(made: Byline, row: str, every: list[dates.Dated]) -> None:
    """Author/date/column/outlet, as trade papers write it."""
    parts = [part.strip() for part in row.replace(SOFT, "").split("/")]
    if len(parts) < 3 or not every or made.author:
        return
    if any(dated.start == len(parts[0]) + 1 for dated in every):
        _set(made, "author", person_names(parts[0]), "/")
        made.rest = []
