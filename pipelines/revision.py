"""What kind of change a new wording is, or whether it is only a worse reading of the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["typographic", "boilerplate", "substantive", "attachment"]
Doubt = Literal["truncated", "worse decoded", "emptied"]

_FURNITURE = re.compile(
    r"责任?编辑|责编|编辑[:：]|校对|审核|来源[:：]|作者[:：]|扫一扫|二维码|打印|关闭|分享|上一篇|下一篇|相关链接|"
    r"浏览|阅读次数|点击|版权所有|联系电话|免责声明|附件下载"
)
_WEIGHTY = re.compile(r"[0-9０-９零一二三四五六七八九十百千万亿两不未非无否勿禁止除免]")
_FEW = 6  # characters; more that differ in one place are no slip of the pen
_SMALL_SHARE = 0.02
_CUT_SHARE = 0.9  # a text that stops before this share of the former one was cut
_LONGEST_COMPARED = 4000  # characters of one line; above it a change counts as substantive


@dataclass(frozen=True, slots=True)
class Wording:
    """What two readings of an article are compared by."""

    title: str
    body: str
    attachments: tuple[str, ...] = ()  # their names


def doubt(old: Wording, new: Wording) -> Doubt | None:
    """Why the new reading must not replace the old one, or None where it may.

    A body that is gone, stops in the middle, or holds more unreadable characters than before
    tells of a bad fetch, not of an edit.
    """
    if old.body and not new.body and not new.attachments:
        return "emptied"
    if new.body.count("\ufffd") > old.body.count("\ufffd"):
        return "worse decoded"
    if new.body and len(new.body) < _CUT_SHARE * len(old.body) and old.body.startswith(new.body):
        return "truncated"
    return None


def kind(old: Wording, new: Wording) -> Kind:
    """What the change means: the gravest of its parts."""
    if _letters(old.title) != _letters(new.title):
        return "substantive"
    if _letters(old.body) == _letters(new.body):
        return "attachment" if old.attachments != new.attachments else "typographic"
    changes = list(_changes(old, new))
    if all(_FURNITURE.search(before) or _FURNITURE.search(after) for before, after in changes):
        return "boilerplate"
    total = max(len(old.body), 1)
    slips = [slip for change in changes for slip in _slips(*change)]
    changed = sum(max(len(before), len(after)) for before, after in slips)
    light = all(
        max(len(before), len(after)) <= _FEW and not _WEIGHTY.search(before + after)
        for before, after in slips
    )
    return "typographic" if light and changed <= _SMALL_SHARE * total else "substantive"


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _changes(old: Wording, new: Wording) -> Iterator[tuple[str, str]]:
    """The passages of the body that differ, as whole lines before and after."""
    before, after = old.body.split("\n"), new.body.split("\n")
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
