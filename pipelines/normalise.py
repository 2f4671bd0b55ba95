"""One form for all text: ordinary damage mended, and Simplified as the reading text."""

from __future__ import annotations

from dataclasses import replace

from model.article import Article, Script

from . import ordinary, scripts


def normalise(text: str) -> str:
    """The reading text of a text; the same object where it is one."""
    return scripts.convert(ordinary.mend(ordinary.storable(text)), "hans")


def normalise_article(article: Article) -> Article:
    """The article in Simplified, with the script it was in and its title in Traditional.

    Fields too short to tell their script are taken to be of the article's.
    """
    whole = scripts.kind(f"{article.title}\n{article.text}")
    made = article.map_text(lambda _field, text: scripts.simplify(text, whole))
    script: Script = "hant" if whole == "machine" else whole
    # A title that people wrote in Traditional is better than one made again.
    traditional = scripts.convert(article.title if whole == "hant" else made.title, "hant")
    if (script, traditional) != (made.script, made.title_traditional):
        made = replace(made, script=script, title_traditional=traditional)
    return made
