"""Page: one response, decoded once and parsed once, shared by everything that reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any, TypeVar, cast

from model.errors import PageError

from .address import absolute
from .decoding import Decoded, decode
from .parsing import Element, parse

Reader = TypeVar("Reader", bound=Callable[..., Any])
_LONGEST_META = 2_000  # characters
_MOST_METAS = 20  # of one name
_ASSIGNED = r"(?:\bvar\s+|\bwindow\.|\blet\s+|\bconst\s+)?\b%s\s*=\s*"


class Page:
    """A page as it came: its bytes and the address that answered with them.

    Nothing is decoded or parsed before somebody asks. ``content_type`` is the header's value.
    """

    def __init__(self, body: bytes, url: str, content_type: str = "") -> None:
        self.body = body
        self.url = url
        self.content_type = content_type

    @cached_property
    def decoded(self) -> Decoded:
        """Text, codec and count of unreadable characters."""
        return decode(self.body, self.content_type)

    @property
    def text(self) -> str:
        """The page's source as text."""
        return self.decoded.text

    @cached_property
    def root(self) -> Element:
        """The tree of the page. Raises PageError where there is no markup."""
        try:
            return parse(self.text)
        except PageError as error:
            error.url = self.url
            raise

    @cached_property
    def base(self) -> str:
        """The address that relative links are relative to."""
        try:
            for element in self.root.iter("base"):
                href = (element.get("href") or "").strip()
                if href:
                    return absolute(self.url, href) or self.url
        except PageError:
            pass
        return self.url

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """Values of meta tags that are not empty, by name or property in lower case."""
        found: dict[str, list[str]] = {}
        for element in self.root.iter("meta"):
            name = element.get("name") or element.get("property") or element.get("itemprop")
            value = " ".join((element.get("content") or "")[:_LONGEST_META].split())
            values = found.setdefault(name.strip().lower(), []) if name and value else []
            if value and len(values) < _MOST_METAS:
                values.append(value)
        return found

    def meta(self, *names: str) -> str:
        """The first value of the first of these metas that has one; empty if none has."""
        for name in names:
            for value in self.metas.get(name.lower(), ()):
                return value
        return ""

    @cached_property
    def scripts(self) -> list[str]:
        """The text of inline scripts, in order."""
        return [element.text for element in self.root.iter("script") if element.text]

    @cached_property
    def json(self) -> Any:
        """The document where the response is JSON or JSONP, else None."""
        return loads(self.text)

    def data(self, name: str) -> Any:
        """JSON inside the page: a script of this id, or the value of a variable so called."""
        for element in self.root.iter("script"):
            if element.get("id") == name and element.text:
                return loads(element.text)
        pattern = re.compile(_ASSIGNED % re.escape(name))
        for script in self.scripts:
            for match in pattern.finditer(script):
                found = _first_value(script, match.end())
                if found is not None:
                    return found
        return None


def page_errors_only(read: Reader) -> Reader:
    """A reader of pages that raises PageError for whatever else a page provokes in it.

    Readers are written so that no page does; what is caught here is what nobody foresaw in
    bytes that strangers write, and one page of them must not end a crawl.
    """

    @wraps(read)
    def safe(page: Page, *args: Any, **kwargs: Any) -> Any:
        try:
            return read(page, *args, **kwargs)
        except (ArithmeticError, AssertionError, LookupError, MemoryError) as error:
            raise _unreadable(page, error) from error
        except (RecursionError, TypeError, ValueError) as error:
            raise _unreadable(page, error) from error

    return cast(Reader, safe)


def _unreadable(page: Page, error: Exception) -> PageError:
    return PageError(f"cannot be read: {type(error).__name__}", url=page.url, field="page")


def loads(text: str) -> Any:
    """The value of a JSON or JSONP text; None where it is neither."""
    text = text.strip().removeprefix("\ufeff")
    if text[:1] not in "{[":
        wrapped = re.match(r"[\w.$]{1,80}\s*\(\s*(?=[{\[])", text)
        if wrapped is None:
            return None
        return _first_value(text, wrapped.end())
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return _first_value(text, 0)


def _first_value(text: str, start: int) -> Any:
    """The JSON value that begins here, whatever follows it."""
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return None
