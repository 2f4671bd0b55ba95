"""A finished page in another script: every text of it, whatever part of the program wrote it."""

from __future__ import annotations

import re

from pipelines.scripts import Target, convert

AS_IS = ("<!--as-is-->", "<!--/as-is-->")  # what stands between these is never converted

_MARKUP = re.compile(
    r"(<!--as-is-->.*?<!--/as-is-->|<(?:script|style|textarea)\b.*?</(?:script|style|textarea)>|<[^>]*>)",
    re.DOTALL,
)
_INLINE = re.compile(r"</?(?:mark|em|strong|b|i|span|ins|del)\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(r'(?<=\s)((?:title|aria-label|placeholder|alt)=")([^"]*)(?=")')


def in_script(html: str, target: Target) -> str:
    """The page with its texts and spoken attributes in a script; markup and addresses stay.

    The texts are converted together, because words decide which character is right; a word that
    is marked inside stays one word.
    """
    pieces = _MARKUP.split(html)
    texts, markup = pieces[::2], pieces[1::2]
    joints = ["" if _INLINE.match(tag) else "\n" for tag in markup] + [""]
    whole = "".join(text + joint for text, joint in zip(texts, joints, strict=True))
    made = convert(whole, target)
    out = []
    place = 0
    for number, (text, joint) in enumerate(zip(texts, joints, strict=True)):
        out.append(made[place : place + len(text)])
        place += len(text) + len(joint)
        if number < len(markup):
            out.append(_spoken(markup[number], target))
    return "".join(out)


def _spoken(tag: str, target: Target) -> str:
    """A tag with the attributes that are read out converted."""
    if tag.isascii() or tag.startswith("<!--"):
        return tag
    if tag.startswith(("<script", "<style", "<textarea")):
        return tag
    return _ATTRIBUTE.sub(lambda found: found[1] + convert(found[2], target), tag)
