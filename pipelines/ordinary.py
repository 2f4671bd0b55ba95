"""Ordinary damage: what servers, editors, Word and wrong charsets leave in a text, rule by rule."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import unescape
from html.entities import html5

from model.article import Article, Damage

from . import forms, mojibake, spacing

_LOST = "\ufffd"
_LAYERS = 8
_WRECKED = 0.05  # share of lost characters at which a text cannot be trusted at all


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of damage: its name in reports, and how it is mended.

    ``mend`` gives the text and how often it found the damage; the same object, when never.
    It keeps newlines and tabs.
    """

    name: str
    mend: Callable[[str], tuple[str, int]]


def mend(text: str) -> str:
    """The text without ordinary damage; the same object where there is none."""
    return _mended(text, Counter())


def found(text: str) -> Counter[str]:
    """How often each rule finds something in a text: rule name, count."""
    counts: Counter[str] = Counter()
    _mended(text, counts)
    return counts


def _mended(text: str, counts: Counter[str]) -> str:
    """The rules applied until none finds anything: one kind of damage may hide another."""
    for _ in range(_LAYERS):
        made = text
        for rule in RULES:
            made, number = rule.mend(made)
            if number:
                counts[rule.name] += number
        if made == text:
            break
        text = made
    return text


def mend_article(article: Article) -> Article:
    """The article without ordinary damage. Where characters are lost, ``damage`` says so."""
    made = article.map_text(lambda _field, text: mend(text))
    words = f"{made.title}\n{made.text}"
    lost = words.count(_LOST)
    if lost and made.damage is None:
        trust = max(0.0, 1 - lost / len(words) / _WRECKED)
        made = replace(made, damage=Damage("unsure" if trust > 0.5 else "wreck", round(trust, 3)))
    return made


def storable_article(article: Article) -> Article:
    """The article with every text storable; comes before anything else."""
    return article.map_text(lambda _field, text: storable(text))


def storable(text: str) -> str:
    """The text without NUL, at which SQLite and OpenCC stop, and without half surrogates.

    Two halves are the character they stand for, a half alone is U+FFFD.
    """
    if _UNSTORABLE.search(text) is None:
        return text
    whole = text.replace("\0", "").encode("utf-16", "surrogatepass")
    return whole.decode("utf-16", "replace")


_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")

# --- entities -----------------------------------------------------------------------------------

_ENTITY = re.compile(
    r"[&＆][ \u00a0\u3000]?(?:amp;)*(?:"
    r"#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6})[;；]"
    r"|(?:nbsp|ensp|emsp|ldquo|rdquo|lsquo|rsquo|hellip|mdash|middot)(?![A-Za-z0-9=])[;；]?"
    r"|[A-Za-z][A-Za-z0-9]{1,30};)"
)


def _entities(text: str) -> tuple[str, int]:
    count = 0
    while "&" in text or "＆" in text:
        made, number = _ENTITY.subn(_entity, text)
        if made == text:
            break
        text, count = made, count + number
    return text, count


def _entity(match: re.Match[str]) -> str:
    written = match[0]
    body = re.sub(r"^.[ \u00a0\u3000]?(?:amp;)*", "", written).rstrip(";；")
    if body.startswith("#"):
        return _LINE_BREAK.sub(" ", unescape(f"&{body};"))
    return html5.get(f"{body};", written)


_LINE_BREAK = re.compile(r"[\n\t\r]")

# --- characters that nobody sees ----------------------------------------------------------------

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_BREAKS = dict.fromkeys(map(ord, "\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029"), " ")
_FOREIGN = "\u0590-\u08ff\u0900-\u0dff\u1800-\u18af"  # scripts that join letters by such marks
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffc\ufffe\uffff\U000e0000-\U000e01ef]"
    f"|(?<![{_FOREIGN}\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
    f"|[\u200c\u200d](?![{_FOREIGN}\u2190-\u2bff\U0001f000-\U0001faff])"
)


def _controls(text: str) -> tuple[str, int]:
    if _CONTROL.search(text) is None:
        return text, 0
    return _CONTROL.subn(lambda match: _control(match[0]), text)


def _control(char: str) -> str:
    if ord(char) in _BREAKS:
        return " "
    if char < "\x80":
        return ""
    made = char.encode("latin-1").decode("cp1252", "ignore")  # quotation marks of Windows pages
    return made if made > "\x9f" else ""


def _invisible(text: str) -> tuple[str, int]:
    return _INVISIBLE.subn("", text) if _INVISIBLE.search(text) else (text, 0)


def _composed(text: str) -> tuple[str, int]:
    if unicodedata.is_normalized("NFC", text):
        return text, 0
    return unicodedata.normalize("NFC", text), 1


# --- ○ in numbers -------------------------------------------------------------------------------

_DIGIT = "一二三四五六七八九〇"
_ZERO = re.compile(f"(?<=[{_DIGIT}])[○◯OoＯ0]+(?=[{_DIGIT}年月日号条岁届])")


def _zeros(text: str) -> tuple[str, int]:
    if _ZERO.search(text) is None:
        return text, 0
    return _ZERO.subn(lambda match: "〇" * len(match[0]), text)


RULES = (
    Rule("entities", _entities),
    Rule("mojibake", mojibake.undo),
    Rule("controls", _controls),
    Rule("invisible", _invisible),
    Rule("composed", _composed),
    Rule("glyphs", forms.glyphs),
    Rule("forms", forms.compatible),
    Rule("width", forms.narrow),
    Rule("zeros", _zeros),
    Rule("spaces", spacing.spaces),
    Rule("letter spacing", spacing.letters),
    Rule("doubled marks", spacing.marks),
)
