"""The chain: an Article as read becomes the article as shown. The stages, in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from model.article import Article, Refusal

from .check import check_article
from .fingerprint import fingerprint_article
from .normalise import normalise_article
from .ordinary import mend_article, storable_article
from .repair import repair_article

Stage = Callable[[Article], Article | Refusal]

STAGES: tuple[Stage, ...] = (
    storable_article,  # what no database keeps
    repair_article,  # before all else: it must see characters as they were on the page
    mend_article,  # ordinary damage
    normalise_article,
    check_article,
    fingerprint_article,
)


def derive(article: Article) -> Article | Refusal:
    """Runs the stages; a Refusal ends the chain."""
    made = article
    for stage in STAGES:
        found = stage(made)
        if isinstance(found, Refusal):
            return found
        made = found
    return _with_originals(made, storable_article(article))


def _with_originals(made: Article, read: Article) -> Article:
    title = read.title if read.title != made.title else None
    body = read.text if read.text != made.text else None
    if (title, body) == (made.title_original, made.body_original):
        return made
    return replace(made, title_original=title, body_original=body)
