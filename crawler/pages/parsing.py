"""Markup to one tree, in bounded time and memory, without losing text to broken nesting.

libxml2 stops reading below 2,048 levels, needs quadratic time for thousands of attributes in
one tag and a tenth of a kilobyte for every node. Pages built like that are thinned first, by
linear scans; what goes is markup, never text.
"""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

from model.errors import PageError

from .words import words

Element = etree._Element  # the public name of lxml's element type is only in its stubs

_LARGE = 150_000  # characters; below that no shape of page takes long
_MOST_TAGS = 80_000
_MOST_ATTRIBUTES = 100
_DEEPEST = 200

# What closes the document early puts the rest of the page beside the tree: it says nothing else.
_ENDINGS = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(
    r"""<!--(?:.*?-->|.*)
    | <(?P<raw>script|style|textarea|xmp)\b(?:[^>]*+>)(?:.*?</(?P=raw)\b[^>]*+>|.*)
    | </(?P<close>[a-z][^\s/>]*+)[^>]*+>?
    | <(?P<open>[a-z][^\s/>]*+)
      (?P<attributes>(?:[\s/]++ | [^\s/>=]++ | =\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))*+)>?""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_UNSEEN = re.compile(
    r"<!--(?:.*?-->|.*)|<(script|style)\b(?:.*?</\1\b[^>]*>|.*)", re.IGNORECASE | re.DOTALL
)
_FORMATTING = re.compile(
    r"</?(?:abbr|b|big|code|em|font|i|o:p|s|small|span|strong|sub|sup|u)(?:\s[^<>]{0,500})?>",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{1500}")
_ANGLE_IN_QUOTES = re.compile(r"=\s{0,9}[\"'][^\"'<>]{0,200}[<>]")
_ATTRIBUTE = re.compile(r"""[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?""")
_INLINE = words("""
    a abbr acronym b big code em font i o:p s small span strong sub sup u
    """)
_VOID = words("""
    area base br col embed hr img input link meta param source wbr
    """)


def parse(text: str) -> Element:
    """The root of the page's tree; comments are left out. PageError where there is no markup."""
    text = _UNREADABLE.sub("", _ENDINGS.sub("", text))
    if len(text) > _LARGE:
        if text.count("<") > _MOST_TAGS:
            text = _few_tags(text)
        if _LONG_TAG.search(text) or len(_ANGLE_IN_QUOTES.findall(text)) > _MOST_ATTRIBUTES:
            text = _TAG.sub(_few_attributes, text)
    root, whole = _tree(text)
    if not whole:
        root, _ = _tree(_shallow(text))
    if root is None:
        raise PageError("the page is empty or holds no markup", field="page")
    return root


def _tree(text: str) -> tuple[Element | None, bool]:
    """The tree and whether libxml2 read to the end."""
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        return None, False
    limits = parser.error_log.filter_types(etree.ErrorTypes.ERR_RESOURCE_LIMIT)
    return root, len(limits) == 0


def _few_attributes(tag: re.Match[str]) -> str:
    attributes = tag["attributes"]
    if not attributes or len(attributes) < 3 * _MOST_ATTRIBUTES:
        return tag[0]
    kept: list[str] = []
    for number, attribute in enumerate(_ATTRIBUTE.finditer(attributes)):
        if number == _MOST_ATTRIBUTES:
            return f"<{tag['open']} {' '.join(kept)}>"
        kept.append(attribute[0])
    return tag[0]


def _few_tags(text: str) -> str:
    """With markup up to a number of tags; what follows is left as text alone."""
    cut = -1
    for _ in range(_MOST_TAGS):
        cut = text.find("<", cut + 1)
    rest = _UNSEEN.sub(" ", text[cut:])
    return text[:cut] + _ANY_TAG.sub("\n", _FORMATTING.sub("", rest))


def _shallow(text: str) -> str:
    """Markup nested deeper than the limit becomes line breaks; the text in it stays."""
    stack: list[str] = []
    dropped: Counter[str] = Counter()

    def flat(tag: re.Match[str]) -> str:
        opened, closed = (tag["open"] or "").lower(), (tag["close"] or "").lower()
        if opened and opened not in _VOID:
            if len(stack) >= _DEEPEST:
                dropped[opened] += 1
                return "" if opened in _INLINE else "<br>"
            stack.append(opened)
        elif closed and dropped[closed]:
            dropped[closed] -= 1
            return "" if closed in _INLINE else "<br>"
        elif closed and closed in stack[-20:]:
            while stack.pop() != closed:
                pass
        return tag[0]

    return _TAG.sub(flat, text)
