"""One rule of a source file applied to a page: css, xpath, meta, json or label, then a pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from lxml import etree
from parsel.csstranslator import HTMLTranslator

from model.errors import PageError
from model.source import Rule

from .byline import value_of_label
from .fragment import text_of
from .outline import outline
from .page import Page
from .parsing import Element

Context = Any  # an element, a part of a JSON document, or None for the whole page


def values(
    page: Page, rules: Iterable[Rule], context: Context = None, *, marks: bool = False
) -> Iterator[tuple[str, str]]:
    """The texts that rules find, not empty, in the order of the rules; with each the rule.

    With ``marks`` texts of elements keep the marks where inline elements meet.
    """
    for rule in rules:
        for found in _found(page, rule, context):
            text = _text(found, marks and not rule.pattern)
            if rule.pattern:
                text = _picked(rule.pattern, text)
            if text.strip():
                yield text, str(rule)


def first(page: Page, rules: Iterable[Rule], context: Context = None) -> tuple[str, str]:
    """The first text that rules find and the rule; two empty strings where none finds any."""
    return next(values(page, rules, context), ("", ""))


def elements(
    page: Page, rules: Iterable[Rule], context: Context = None
) -> list[tuple[Element, str]]:
    """The elements found by the first rule that finds any, with the rule."""
    for rule in rules:
        found = [item for item in _found(page, rule, context) if isinstance(item, etree._Element)]
        if rule.pattern:
            found = [item for item in found if re.search(rule.pattern, text_of(item))]
        if found:
            return [(item, str(rule)) for item in found]
    return []


def items(page: Page, rules: Iterable[Rule], context: Context = None) -> list[Context]:
    """What the first rule that finds any finds: elements, or members of a JSON list."""
    for rule in rules:
        found = list(_found(page, rule, context))
        if found:
            return found
    return []


def _found(page: Page, rule: Rule, context: Context) -> Iterator[Any]:
    if rule.json_:
        yield from _in_json(page, rule.json_, context)
    elif rule.meta:
        yield from page.metas.get(rule.meta.lower(), ())
    elif rule.label:
        root = page.root if context is None else context
        if isinstance(root, etree._Element):
            for line in outline(root).lines:
                value = value_of_label(line.raw, rule.label)
                if value:
                    yield value
    else:
        root = page.root if context is None else context
        if isinstance(root, etree._Element):
            yield from _in_tree(root, rule)


def _in_tree(root: Element, rule: Rule) -> Iterator[Any]:
    path = rule.xpath or _css(rule.css)
    try:
        found = _compiled(path)(root)
    except etree.XPathError as error:
        raise PageError(f"rule {rule}: {error}", field="rules") from None
    if isinstance(found, list):
        yield from found
    elif isinstance(found, float):
        yield f"{found:g}"
    else:
        yield str(found)


@lru_cache(maxsize=2048)
def _css(selector: str) -> str:
    try:
        return HTMLTranslator().css_to_xpath(selector)
    except Exception as error:  # cssselect raises SyntaxError-like errors of its own
        raise PageError(f"rule css {selector}: {error}", field="rules") from None


@lru_cache(maxsize=2048)
def _compiled(path: str) -> etree.XPath:
    try:
        return etree.XPath(path, smart_strings=False)
    except etree.XPathSyntaxError as error:
        raise PageError(f"rule xpath {path}: {error}", field="rules") from None


def _in_json(page: Page, path: str, context: Context) -> Iterator[Any]:
    """Members at a dotted path; a list on the way is gone through, a number picks from it."""
    names = [name for name in path.split(".") if name]
    if context is not None and not isinstance(context, etree._Element):
        roots = [context]
    elif page.json is not None:
        roots = [page.json]
    else:
        roots = [page.data(names[0])] if names else []
        names = names[1:]
    for name in names:
        roots = list(_members(roots, name))
    for value in roots:
        if isinstance(value, list):
            yield from value
        elif value is not None:
            yield value


def _members(roots: list[Any], name: str) -> Iterator[Any]:
    for value in roots:
        if isinstance(value, dict):
            if name == "*":
                yield from value.values()
            elif name in value:
                yield value[name]
        elif isinstance(value, list):
            if name.isdecimal():
                yield from value[int(name) : int(name) + 1]
            else:
                yield from _members(value, name)


def _text(found: Any, marks: bool) -> str:
    if isinstance(found, etree._Element):
        return text_of(found, marks=marks)
    if isinstance(found, bool) or found is None:
        return ""
    return str(found)


def _picked(pattern: str, text: str) -> str:
    match = re.search(pattern, text, re.DOTALL)
    if match is None:
        return ""
    return match[(match.lastindex and 1) or 0] or ""
