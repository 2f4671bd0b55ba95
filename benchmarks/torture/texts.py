"""Texts that arrive damaged: NUL, half surrogates, bad bytes, wrong declarations, deep nesting.

What was written must be there, or its loss must be recorded (U+FFFD, ``damage``, a PageError);
what follows a NUL must be found; a worse reading must never replace a better one.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import opencc

from archive import Archive, search
from benchmarks.torture import Trial, night
from crawler.pages import read_article
from model.article import Article, Refusal
from model.errors import PageError
from pipelines.chain import derive
from pipelines.revision import Wording, doubt
from replica.text import read_texts

_HAN = re.compile("[\u4e00-\u9fff]")
_LOST = "\ufffd"
_SOWN = ("\0", "&#0;", "&#xD800;", "\ud83d", "\x0b", "\x1f", "\u200b", "\ufeff", "\ufffe")
_CODECS = {"utf-8": "utf-8", "gb18030": "gb2312", "big5": "big5"}  # and what pages call them
_DEPTHS = (*[0] * 57, 255, 3_000, 10_000)
_EVERY = 20  # one text in so many is kept and searched
_PIECE = 6  # characters that are looked for
BAD = ("lost silently", "undercounted", "uncaught", "not found", "worse believed")


@dataclass(frozen=True, slots=True)
class _Case:
    """A page, and the characters somebody wrote on it."""

    body: bytes
    header: str
    written: str
    title: str
    bad: int  # bytes that no codec has


def texts(number: int, seed: int, folder: Path) -> dict[str, int]:
    """Reads so many damaged pages; see the module."""
    chance = random.Random(seed)
    told = dict.fromkeys(("texts", "whole", "marked", "refused", "searched", *BAD), 0)
    source = night.source()
    with Archive.write(folder / "texts.db") as archive:
        with archive.writing():
            archive.runs.describe(source)
        for turn, case in zip(range(number), _cases(chance), strict=False):
            told["texts"] += 1
            try:
                article = derive(read_article(case.body, f"http://a.test/{turn}.html",
                                              content_type=case.header))  # fmt: skip
            except PageError:
                told["refused"] += 1
                continue
            except Exception as error:
                told["uncaught"] += 1
                (folder / f"{type(error).__name__}-{turn}").write_bytes(case.body)
                continue
            if isinstance(article, Refusal):
                told["refused"] += 1
                (folder / f"refused-{turn}").write_bytes(case.body)
                continue
            verdict = _verdict(case, article)
            told[verdict] += 1
            if verdict in BAD:
                (folder / f"{verdict}-{turn}").write_bytes(case.body)
            clean = Wording(case.title, case.written)
            worse = _LOST in article.title + article.text
            believed = doubt(clean, Wording(article.title, article.text)) is None
            told["worse believed"] += worse and believed
            if turn % _EVERY == 0:
                told["searched"] += 1
                with archive.writing():
                    kept = archive.articles.add(source, article.url, article, [])
                told["not found"] += not _found(archive, kept, case.written, article)
    return told


def _verdict(case: _Case, article: Article) -> str:
    got = Counter(_HAN.findall(_plain(article.title + article.text)))
    missing = (Counter(_HAN.findall(_plain(case.title + case.written))) - got).total()
    marked = (article.title + article.text).count(_LOST)
    if not missing:
        return "whole"
    if not marked and article.damage is None:
        return "lost silently"
    if article.damage is None and missing > 2 * max(marked, case.bad):
        return "undercounted"
    return "marked"


def _plain(text: str) -> str:
    made: str = opencc.OpenCC("t2s").convert(text.replace("\0", ""))
    return made


def _found(archive: Archive, number: int, written: str, article: Article) -> bool:
    """Whether the last whole words of a text find its article."""
    pieces = [p for p in re.findall("[\u4e00-\u9fff]{6,}", written) if p in article.text]
    if not pieces:
        return True  # what is there of them is judged elsewhere
    word = pieces[-1][-_PIECE:]
    return number in search.find(archive.db.conn, search.compile(word))


def _cases(chance: random.Random) -> Iterator[_Case]:
    known = read_texts()
    traditional = opencc.OpenCC("s2t").convert
    while True:
        text = chance.choice(known)
        codec = chance.choice(("utf-8", "utf-8", "gb18030", "gb18030", "big5"))
        paragraphs = [line for line in text.paragraphs if len(line) > 20]
        if len(paragraphs) < 2:
            continue  # pictures or tables
        number = min(len(paragraphs), chance.randint(2, 6))
        lines = [paragraphs[at] for at in sorted(chance.sample(range(len(paragraphs)), number))]
        title = text.title
        if codec == "big5":
            title, *lines = (
                traditional(line).encode("big5", "ignore").decode("big5")
                for line in (title, *lines)
            )
        yield _case(chance, codec, title, lines)


def _case(chance: random.Random, codec: str, title: str, lines: list[str]) -> _Case:
    sown = [_sown(line, chance) if chance.random() < 0.5 else line for line in lines]
    depth = chance.choice(_DEPTHS)
    said = chance.choice((_CODECS[codec], _CODECS[codec], "", "utf-8", "gbk", "iso-8859-1"))
    header = chance.choice((_CODECS[codec], "", "", "utf-8", "iso-8859-1"))
    page = (
        f"<html><head><meta charset='{said}'><title>{title}</title></head><body>"
        f"<h1>{title}</h1><div class='info'>发布时间：2026-08-16 来源：某报</div>"
        f"<div class='content'>{'<div>' * depth}"
        + "".join(f"<p>{line}</p>" for line in sown)
        + f"{'</div>' * depth}</div></body></html>"
    )
    body, bad = _encoded(page, codec, chance)
    content_type = f"text/html; charset={header}" if header else "text/html"
    return _Case(body, content_type, "\n".join(lines), title, bad)


def _sown(line: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(line) + 1)
        line = line[:at] + chance.choice(_SOWN) + line[at:]
    return line


def _encoded(page: str, codec: str, chance: random.Random) -> tuple[bytes, int]:
    """The page as bytes, and how often there are some that no codec has.

    They stand between two characters, or are what is left of one that was cut. In GBK and Big5
    a cut character takes the next one with it unseen, unless a tag follows.
    """
    bad = chance.choice((0, 0, 1, 3, 10))
    start = page.index("class='content'")
    places = {chance.randrange(start, len(page)) for _ in range(bad)}
    errors = "surrogatepass" if codec == "utf-8" else "ignore"
    made = bytearray()
    for at, character in enumerate(page):
        there = character.encode(codec, errors)
        if at in places and _HAN.match(character):
            if chance.random() < 0.5 and (codec == "utf-8" or page[at + 1] == "<"):
                there = there[:-1]
            else:
                there = chance.choice((b"\xff", b"\xff\xff")) + there
        made += there
    return bytes(made), bad


TRIALS = (Trial("texts", 10_000, texts, BAD),)
