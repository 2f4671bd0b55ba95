"""Pagers of links and of numbered files, read from what the page says about itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .address import absolute, split
from .fragment import opening
from .labels import bare, fold
from .page import Page
from .parsing import Element
from .steps import MOST, Options, Step

_NEXT = re.compile(
    r"^\W{0,2}(?:下一?页|后一?页|后页|next(?:page)?|下一批)\W{0,3}$|^[>›»→]{1,2}$", re.IGNORECASE
)
_NUMBER = re.compile(r"^[\[(]?(\d{1,4})[\])]?$")
_TRS = re.compile(
    r"""\bcreatePage(?:HTML)?\w*\s*\(\s*['"]?(\d+)['"]?\s*,\s*['"]?(\d+)['"]?\s*,"""
    r"""\s*['"]([^'"]+)['"]\s*,\s*['"]([^'"]+)['"]""",
    re.IGNORECASE,
)
_LONGEST_LINK = 40  # signs of a link that are read
_LONGEST_SCRIPT = 50_000  # signs; a longer one is a library
_COUNT = re.compile(
    r"\b(?:totalpages?|page_?count|countpage|page_?total|maxpage|totalpagenum|pages)['\"]?"
    r"\s*[:=]\s*['\"]?(\d{1,4})\b",
    re.IGNORECASE,
)
_FROM_NOUGHT = re.compile(r"\bcurrentpage['\"]?\s*[:=]\s*['\"]?0\b", re.IGNORECASE)
_BUILT = re.compile(r"""['"]([\w./-]{0,60}_)['"]\s*\+\s*[\w.]{1,40}\s*\+\s*['"](\.s?html?)['"]""")
_FILE = re.compile(r"(?P<stem>[^/]*?)(?:_(?P<number>\d{1,4}))?(?P<ending>\.s?html?)$")
_TOTALS = (
    re.compile(r"共\s*(\d{1,5})\s*页|(?:总|總)页数\s*[:=]?\s*(\d{1,5})|/\s*(\d{1,5})\s*页"),
    re.compile(r"(?<![\d/.-])\d{1,4}\s*/\s*(\d{1,5})(?![\d/.-])"),
    re.compile(
        r"(?:totalpages?|pagecount|countpage|pagetotal|maxpage|totalpagenum)['\"]?\s*[:=]\s*['\"]?(\d{1,5})",
        re.IGNORECASE,
    ),
)


def links(page: Page, options: Options) -> Iterable[Step]:
    """Links of the pager: the one that says 下一页, then those that are page numbers."""
    later: list[tuple[int, Step]] = []
    nearest: list[Step] = []
    for element in page.root.iter("a"):
        step = _step(page, element)
        if step is None:
            continue
        text = bare(fold(opening(element, _LONGEST_LINK) or _of_image(element)))
        if _NEXT.match(text):
            nearest.append(step)
        elif (match := _NUMBER.match(text)) and _of_listing(page.url, step.url):
            later.append((int(match[1]), step))
    later.sort(key=lambda pair: pair[0])
    return [*nearest[:1], *(step for _, step in later)]


def _of_image(element: Element) -> str:
    image = element.find(".//img")
    if image is None:
        return element.get("title") or ""
    said = image.get("alt") or image.get("title") or element.get("title") or ""
    drawn = re.search(r"next|xiayiye", image.get("src") or "", re.IGNORECASE)
    return said or ("下一页" if drawn else "")


def _step(page: Page, element: Element) -> Step | None:
    href = (element.get("href") or "").strip()
    if not href or href.startswith("#") or href.lower().startswith("javascript:"):
        return None
    url = absolute(page.base, href).split("#")[0]
    return Step(url) if url and url != page.url.split("#")[0] else None


def _of_listing(here: str, url: str) -> bool:
    """Whether a numbered link may be a page of this listing: same host, same or nearby path."""
    ours, theirs = split(here), split(url)
    if ours.hostname != theirs.hostname:
        return False
    stem, other = re.sub(r"\d+", "", ours.path.lower()), re.sub(r"\d+", "", theirs.path.lower())
    folder = ours.path.lower().rsplit("/", 1)[0]
    return stem == other or theirs.path.lower().startswith(folder)


def trs(page: Page, options: Options) -> Iterable[Step]:
    """createPageHTML(pages, current, name, suffix), as TRS and its kin write it into the page.

    Page k of a count from 0 is name_k.suffix; where the first page calls itself 1, page 2 is
    name_2. All pages that follow are named at once. Option ``from_one`` decides for a site
    whose numbers do not tell.
    """
    for script in page.scripts:
        match = _TRS.search(script)
        if match is None:
            continue
        total, current = int(match[1]), int(match[2])
        name, ending = match[3], match[4].lstrip(".")
        number = re.search(rf"{re.escape(name)}_(\d+)\.{re.escape(ending)}$", split(page.url).path)
        here = int(number[1]) if number else 0
        # Only the first page tells: a later one has named itself k in either way of counting.
        from_one = bool(options.get("from_one", not here and current == 1))
        last = total if from_one else total - 1
        start = max(here + 1, 2 if from_one else 1)
        return [
            Step(absolute(page.base, f"{name}_{k}.{ending}"))
            for k in range(start, min(last, MOST) + 1)
        ]
    return ()


def counted(page: Page, options: Options) -> list[Step]:
    """A pager that is a script alone: it states the count, and the address says how to go on.

    The script's own names of files count (``"list_" + page + ".html"``), else name_2.html is
    page 2; name_1.html where the script counts from 0, as TRS does.
    """
    text = "\n".join(script for script in page.scripts if len(script) < _LONGEST_SCRIPT)
    match = _COUNT.search(text)
    total = int(match[1]) if match else 0
    path = split(page.url).path
    file = _FILE.search(path if not path.endswith("/") else path + "index.html")
    if total < 2 or file is None:
        return []
    named = _BUILT.search(text)
    stem, ending = (named[1], named[2]) if named else (file["stem"] + "_", file["ending"])
    shift = 1 if not named and _FROM_NOUGHT.search(text) and not file["number"] else 0
    here = int(file["number"] or 1)
    return [
        Step(absolute(page.url, f"{stem}{number - shift}{ending}"))
        for number in range(here + 1, min(total, MOST) + 1)
    ]


def numbers(page: Page, options: Options) -> Iterable[Step]:
    """Numbered addresses, by the pattern that option ``template`` gives with {n} in it.

    ``second`` is the number of page 2 (default 2). The count comes from the page (共 8 页, 1/8,
    totalPage = 8); where it tells none, only the page after this one is named.
    """
    template = str(options.get("template", ""))
    if "{n}" not in template:
        return ()
    second = int(options.get("second", 2))
    pattern = re.escape(absolute(page.base, template.replace("{n}", "99999"))).replace(
        "99999", r"(\d+)"
    )
    match = re.search(pattern + "$", page.url.split("#")[0])
    here = int(match[1]) if match else second - 1
    total = total_pages(page)
    last = second + total - 2 if total else here + 1
    return [
        Step(absolute(page.base, template.replace("{n}", str(k))))
        for k in range(max(here + 1, second), min(last, here + MOST) + 1)
    ]


def total_pages(page: Page) -> int:
    """How many pages a listing says it has; 0 where it does not."""
    text = fold(" ".join(line for line in map(str, page.root.itertext()) if len(line) < 3000))
    for pattern in _TOTALS:
        match = pattern.search(text)
        if match is not None:
            return min(int(next(group for group in match.groups() if group)), MOST)
    return 0
