"""The fingerprint of a wording: the same words have the same value, however they are spelt."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from functools import cache

from model.article import Article

from . import conversion
from .lexicon import shipped

_NOT_WORDS = re.compile(r"[\W_]+")


def fingerprint_article(article: Article) -> Article:
    """The article with ``wording`` set, of title, body and the names of its attachments.

    Counters, dates, editors and addresses change without a word being changed: they do not
    count. The same object comes back where the value was right.
    """
    made = wording(article.title, article.text, *(part.name for part in article.attachments))
    return article if made == article.wording else replace(article, wording=made)


def wording(*texts: str) -> str:
    """32 hexadecimal digits for the letters, digits and Han of these texts.

    Punctuation, spaces, case, and the choice between forms of one character do not count.
    """
    parts = (_NOT_WORDS.sub("", text).casefold().translate(_forms()) for text in texts)
    digest = hashlib.blake2b("\n".join(parts).encode("utf-8", "replace"), digest_size=16)
    return digest.hexdigest()


@cache
def _forms() -> dict[int, str]:
    """From every Traditional character to one Simplified form, whatever word it is in.

    Text and copy were made Simplified word by word; where context led to different choices
    (复 or 覆), this makes them equal.
    """
    han = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    simple = conversion.by_character("t2s")("\n".join(han)).split("\n")
    made = dict(zip(han, simple, strict=True)) | shipped().variants
    for word, form in shipped().words.items():
        made |= {a: made[b] for a, b in zip(word, form, strict=True) if made[a] != made[b]}
    return {ord(a): b for a, b in made.items() if a != b}
