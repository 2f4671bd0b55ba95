"""Web: the application behind the server; finds the site of a host name and logs what is asked."""

from __future__ import annotations

import asyncio
import functools
import importlib
import pkgutil
from difflib import get_close_matches
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from . import hosts
from .ask import Ask
from .site import Site
from .text import read_texts


class Web:
    """An ASGI application. Sites are made when first asked for."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, str, str]] = []
        self.connections: dict[tuple[str, int], asyncio.Transport] = {}
        self._sites: dict[str, Site] = {}

    def site(self, host: str) -> Site:
        """The site that answers for a host name; KeyError for a name nobody has."""
        kind = site_classes().get(host)
        if kind is None:
            near = get_close_matches(host, site_classes(), n=1, cutoff=0)
            raise KeyError(f"the replica web has no host {host}; did you mean {near[0]}?")
        if kind.host not in self._sites:
            self._sites[kind.host] = kind(read_texts(), self)
        return self._sites[kind.host]

    def switch(self, name: str, value: Any) -> None:
        """``host.quirk``, where host is the first part of a host name."""
        host, _, quirk = name.rpartition(".")
        self.site(f"{host}.test").switch(quirk, value)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        request = Request(scope, receive)
        ask = await Ask.of(request)
        self.requests.append((ask.method, ask.host, ask.target))
        try:
            site = self.site(ask.host)
        except KeyError:
            answer: Response = PlainTextResponse(f"no such host: {ask.host}", 404)
        else:
            answer = await site.answer(ask)
        await answer(scope, receive, send)


@functools.cache
def site_classes() -> dict[str, type[Site]]:
    """Every host name of the replica web and the class that answers for it."""
    for module in pkgutil.iter_modules(hosts.__path__):
        importlib.import_module(f"{hosts.__name__}.{module.name}")
    found = {}
    waiting: list[type[Site]] = [Site]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if "host" in vars(kind):
            found.update(dict.fromkeys((kind.host, *kind.names), kind))
    return found
