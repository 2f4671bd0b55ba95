"""Visit: one request to the reading room: what the reader chose, links, answers."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from datasette import Response
from jinja2 import Environment, FileSystemLoader

from . import language, showing
from .files import address
from .language import Choice
from .rewriting import in_script
from .room import Room
from .security import NONCE, policy

CACHED = 60  # seconds for which a page may be shown again without asking


@dataclass
class Visit:
    """One request. ``room`` is None where no archive, or more than one, is open."""

    datasette: Any
    request: Any
    room: Room | None
    choice: Choice
    images: tuple[str, ...] = field(default=())  # origins whose pictures the reader asked for

    @classmethod
    def of(cls, datasette: Any, request: Any, room: Room | None) -> Visit:
        """The visit that a request makes."""
        return cls(datasette, request, room, language.choice(request))

    def asked(self, name: str) -> str:
        """A parameter of the address, without spaces around it; '' where it is missing."""
        return (self.request.args.get(name) or "").strip()

    def number(self, name: str, default: int) -> int:
        """A whole number of at least 1 from the address. Raises BadRequest."""
        text = self.asked(name)
        if not text:
            return default
        if not text.isdecimal() or not 0 < len(text) < 10 or int(text) < 1:
            raise BadRequest(self.say("“{value}”不是页码或编号。", value=text[:20]))
        return int(text)

    def say(self, chinese: str, **values: Any) -> str:
        """A text of the pages in the reader's language."""
        return language.say(self.choice.lang, chinese, **values)

    def link(self, path: str, **parameters: Any) -> str:
        """An address of ours with parameters (empty ones left out) and the reader's choices."""
        return self._address(path, {**parameters, **self.choice.carried})

    def here(self, **changes: Any) -> str:
        """The address of this page with some parameters changed, or left out where empty."""
        args = self.request.args
        kept = {name: args.get(name) for name in args} if self.request else {}
        return self._address(self._path(), {**kept, **changes})

    async def page(
        self, template: str, status: int = 200, headers: dict[str, str] | None = None, **values: Any
    ) -> Response:
        """A page of the reading room, in the reader's language and script."""
        html = self.render(template, **values)
        headers = {
            "cache-control": f"max-age={CACHED}" if status == 200 else "no-store",
            "content-security-policy": policy(self.nonce, self.images),
            "content-language": self.choice.page_tag,
            **(headers or {}),
        }
        response = Response.html(html, status=status, headers=headers)
        for name, value in self.choice.asked.items():
            base = self.datasette.setting("base_url")
            response.set_cookie(name, value, max_age=31_536_000, path=base, httponly=True)
        return response

    def render(self, template: str, **values: Any) -> str:
        """The HTML of a page."""
        html = _templates().get_template(template).render({**self.words(), **values})
        script = self.choice.script
        if script == "hans" or script == "original":
            return html
        return in_script(html, script)

    def words(self) -> dict[str, Any]:
        """What every template may use."""
        lang = self.choice.lang
        return {
            "visit": self,
            "request": self.request,
            "room": self.room,
            "lang": lang,
            "script": self.choice.script,
            "_": self.say,
            "link": self.link,
            "here": self.here,
            "file": partial(address, self.datasette),
            "nonce": self.nonce,
            "day": partial(showing.day, lang),
            "moment": partial(showing.moment, lang),
            "region": partial(showing.region, lang),
            "safe_url": showing.safe_url,
            "count": showing.count,
            "KINDS": showing.KINDS,
            "FORMS": showing.FORMS,
            "VERDICTS": showing.VERDICTS,
        }

    @property
    def nonce(self) -> str:
        """The number that this answer's scripts and styles carry."""
        return str(self.request.scope.get(NONCE, "")) if self.request else ""

    def _path(self) -> str:
        """The path of this page as we route it, without the prefix it is served under."""
        path: str = self.request.path if self.request else "/"
        base = self.datasette.setting("base_url")
        return "/" + path[len(base) :] if base != "/" and path.startswith(base) else path

    def _address(self, path: str, parameters: dict[str, Any]) -> str:
        query = urlencode({k: v for k, v in parameters.items() if v not in (None, "", [])}, True)
        base: str = self.datasette.setting("base_url")
        return base + path.lstrip("/") + (f"?{query}" if query else "")


@cache
def _templates() -> Environment:
    """Our templates; Datasette's own environment renders with tasks, which costs twice the time."""
    loader = FileSystemLoader(Path(__file__).with_name("templates"))
    return Environment(loader=loader, autoescape=True)


class BadRequest(Exception):
    """What was asked cannot be understood; the text says why, in the reader's language."""

    status = 400


class Missing(Exception):
    """There is no such thing in the archive; the text says so."""

    status = 404


View = Callable[[Visit], Awaitable[Response]]


def as_json(data: Any, status: int = 200) -> Response:
    """An answer for programs."""
    text = json.dumps(data, ensure_ascii=False)
    return Response(text, status=status, content_type="application/json; charset=utf-8")


def joined(parts: Iterable[str | None], mark: str = " · ") -> str:
    """What there is of some texts, in one line."""
    return mark.join(part for part in parts if part)
