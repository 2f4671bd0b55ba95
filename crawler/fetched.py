"""What the spider hands to delivery."""

from __future__ import annotations

from dataclasses import dataclass

from model.article import Article, Refusal
from model.listed import Listed
from model.snapshot import Snapshot
from model.source import Source

Pages = tuple[Snapshot, ...]


@dataclass(frozen=True, slots=True)
class Fetched:
    """One article made whole, or why it is none, with its raw pages."""

    source: Source
    listed: Listed
    article: Article | Refusal
    pages: Pages
