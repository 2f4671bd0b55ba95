"""Pages that no reader can finish: the raw page is kept aside, marked, for better rules to come."""

from __future__ import annotations

import hashlib

from model.article import Article
from model.errors import PageError
from model.listed import Listed
from model.snapshot import Snapshot

from .report import Run

KIND = "unparsed"


def keep_raw(run: Run, source: str, listed: Listed, page: Snapshot, error: PageError) -> None:
    """Keeps a page whose reading had to be ended; it replaces nothing and is no article."""
    if error.field != KIND:
        return
    known = run.archive.articles.find(source, listed.url, "")
    wording = f"{KIND}-{hashlib.sha256(page.body).hexdigest()[:32]}"
    made = Article(page.url, title=listed.title or listed.address, wording=wording)
    with run.archive.writing():
        held, new = run.archive.suspects.hold(
            source, listed.url, known.id if known else None, f"{KIND}: {error}", made
        )
        if new:
            run.archive.suspects.add_pages(held.id, [page])
