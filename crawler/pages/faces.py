"""Pages that answer 200 and hold no article: challenges, logins, missing and restricted pages."""

from __future__ import annotations

import re

from model.errors import PageError, RefusedPage
from model.source import Faces

from .page import Page

_CHALLENGES = re.compile(
    r"__jsl_clearance|__jsluid|X-Via-JSL|云防护|創宇盾|创宇盾|安全狗|防火墙拦截|人机验证|滑动验证|访问验证|请完成验证|验证您是否是真人|"
    r"captcha|challenge-platform|cf-browser-verification|网站防火墙|Web应用防火墙|WAF拦截|访问被拦截|访问过于频繁|请求过于频繁|"
    r"您的访问被阻断|恶意访问|ddos|百度云加速|yunsuo|安全验证|_\$jsvmprt|\$_ts\s*=",
    re.IGNORECASE,
)
_SHELL = re.compile(r"document\s*\.\s*cookie|location\s*\.\s*(?:reload|replace|href)|eval\s*\(")
_GONE = re.compile(
    r"(?:页面|文章|信息|内容)不存在|您访问的页面|找不到(?:该|此|相关|您)?(?:页面|文章|信息|网页|内容)|"
    r"暂无相关(?:信息|内容|数据)|(?:该|此|本)(?:信息|文章|页面|内容|文档|新闻|网页)(?:已经?|已被)?"
    r"(?:不存在|删除|被删除|下线|失效|撤销|移除)|参数错误|404 not found|无法找到|没有找到|"
    r"已被删除|不存在或已"
)
_RESTRICTED = re.compile(
    r"无查看权限|没有(?:查看|阅读|访问|浏览)?(?:的)?权限|无权(?:查看|访问|浏览)|请先登录|请登录后|会员(?:专享|可见|才能|登录后)|仅限会员|登录后(?:查看|阅读|可见)|需要登录"
)
_SMALL = 12_000  # characters of markup; a face is a small page
_LITTLE = 260  # signs of text; a page with more to read is no face


def check(page: Page, faces: Faces, text: str) -> None:
    """Raise what the page is when it is none: RefusedPage, or PageError (gone, restricted).

    ``text`` is what could be read as the article's body; a page with an article is no face.
    """
    source = page.text
    little = len(text) < _LITTLE
    for word in faces.refused:
        if word in source and little:
            raise RefusedPage(f"refused: the page says {word}", url=page.url, field="refused")
    if not little:
        return
    for kind, words in (("gone", faces.gone), ("restricted", faces.restricted)):
        for word in words:
            if word in source:
                raise PageError(f"{kind}: the page says {word}", url=page.url, field=kind)


def check_unknown(page: Page, text: str, title: str) -> None:
    """The same for a page with hardly any text, by the faces that many sites share."""
    if len(text) >= _LITTLE:
        return
    source = page.text
    small = len(source) <= _SMALL
    found = _CHALLENGES.search(source) if small else None
    if found is not None and len(text) < 120:
        raise RefusedPage(f"refused: the page holds {found[0]}", url=page.url, field="refused")
    said = f"{title}\n{text}" if len(text) > 2 or not small else source
    for kind, pattern in (("gone", _GONE), ("restricted", _RESTRICTED)):
        found = pattern.search(said)
        if found is not None and len(text) < 120:
            raise PageError(f"{kind}: the page says {found[0]}", url=page.url, field=kind)
    scripted = not text.strip() and small and "<script" in source.lower()
    if scripted and (not title or _SHELL.search(source)):
        raise RefusedPage(
            "refused: a script stands in place of the page", url=page.url, field="refused"
        )
