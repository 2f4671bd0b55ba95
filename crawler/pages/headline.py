"""A page's own title tag, and what is left of it without the names of site and column."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice

from .labels import fold
from .page import Page

_CUT = re.compile(
    r"\s*[_|｜»«]+\s*|\s+[-–—·>]+\s+|\s*(?:--+|——)\s*|\s*>+\s*|\s{2,}|\s*::\s*|\s*<+\s*|[-－–—](?=[^-－–—]+$)"
    r"|(?<=[\u3400-\u9fff）)》”!！?？\d])-(?=[\u3400-\u9fffA-Za-z])|\s+(?=[^\s]+$)"
)
_SITE = re.compile(
    r"(?:网|網|网站|網站|新闻|新聞|频道|頻道|中心|协会|協會|学会|學會|门户|政府|日报|日報|晚报|时报|時報|晨报|都市报|周刊|"
    r"杂志|报|报社|電子報|在线|在線|資訊|资讯|局|厅|委|委员会|公司|集团|论坛|博客|社区|主页|官网|平台|首页|"
    r"客户端|数字报|电子报|百科|館|台|\.?(?:com|cn|net|org|tw|hk)|app|online|news|滚动|滾動|"
    r"要闻|正文|新闻网|財經|财经|娱乐|電視|电视|门户网站|人民政府|办公室|云|页)$",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(?:网|网站|频道|协会|学会|门户|人民政府|政府网|日报|晚报|报社|电视台|局|厅|委|委员会|公司|集团|"
    r"官网|平台|首页|主页|中心|办公室|新闻网|在线)$|^(?:首页|正文|欢迎)"
    r"|^(?:新闻|文章|信息|详细|公告|通知|政策|内容)(?:内容|详情|正文|动态|公告|信息|中心|浏览|显示|查看|法规)$"
)
_LONGEST = 300  # characters of a title tag that are read
_WEAK = re.compile(r"^(?:\s+|[-－–—]|-)$")  # cuts that stand inside titles as well


def of_head(page: Page) -> str:
    """The text of the page's title tag."""
    for element in page.root.iter("title"):
        text = " ".join("".join(map(str, element.itertext()))[:_LONGEST].split())
        if text:
            return text
    return ""


def inner_titles(page: Page) -> list[str]:
    """The texts of further title tags, as of a document inside the page."""
    elements = list(islice(page.root.iter("title"), 8))
    texts = (" ".join("".join(map(str, e.itertext()))[:_LONGEST].split()) for e in elements)
    return [re.sub(r"\.html?$", "", text) for text in texts if text][1:]


def without_site(text: str, page: Page) -> str:
    """A page's title without the names of site and column at its ends."""
    text = " ".join(text.split())
    known = _known(page)
    cuts = list(_CUT.finditer(text))
    end = len(text)
    for cut in reversed(cuts):
        tail = text[cut.end() : end].strip()
        before = text[: cut.start()].strip()
        if not before:
            break
        if not _belongs_to_site(tail, before, cut[0], known) and not _named_below(tail, page):
            break
        end = cut.start()
    start = 0
    for cut in cuts:
        if cut.start() >= end:
            break
        lead, rest = text[start : cut.start()].strip(), text[cut.end() : end].strip()
        strong = not _WEAK.match(cut[0])
        if _key(lead) in known or (strong and _site_like(lead) and len(lead) < len(rest)):
            start = cut.end()
        else:
            break
    return text[start:end].strip()


def _belongs_to_site(tail: str, before: str, cut: str, known: set[str]) -> bool:
    if not tail or _key(tail) in known:
        return True
    if _WEAK.match(cut):
        if site_name(tail) and cut.strip() and len(before) >= 4:
            return True
        return _site_like(tail) and len(tail) <= 14 and len(before) > len(tail)
    if _site_like(tail):
        return True
    short, rest = len(_key(tail)), len(_key(before))
    return cut.strip() in ("_", "|", "｜", "-") and (short <= 8 < rest or short <= min(6, rest - 1))


def _named_below(tail: str, page: Page) -> bool:
    """Whether the page names this office elsewhere too, as in its foot."""
    return site_name(tail) and page.text.count(tail) >= 2


def _known(page: Page) -> set[str]:
    names = ("sitename", "columnname", "og:site_name", "application-name")
    return {_key(value) for name in names for value in page.metas.get(name, ())}


def _key(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def _site_like(text: str) -> bool:
    return 0 < len(text) <= 30 and _SITE.search(fold(text).strip("\0 ")) is not None


def site_name(text: str) -> bool:
    """Whether a text is the name of a site or office and no article's title."""
    return len(text) <= 24 and _OFFICE.search(fold(text).replace("\0", "").strip()) is not None


def site_names(page: Page) -> set[str]:
    """Names by which a page calls its site: the ends of its title tag, and its metas."""
    head = of_head(page)
    tails = [text for text in _CUT.split(head) if text and _site_like(text.strip())]
    return {*_known(page), *map(_key, tails)} - {""}
