"""The replica web served on loopback from a thread, for tests, the demo and benchmarks."""

from __future__ import annotations

import socket
import threading
import time
from types import TracebackType
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from .copied import take_apart
from .site import Entry
from .text import make
from .visit import Visit, visit
from .web import Web


class Replica:
    """Serves the replica web while a ``with`` block runs.

    ``port`` 0 takes a free one. ``requests`` is the log of (method, host, path and query) of every
    request answered; ``clear()`` it. RuntimeError where the port cannot be had.
    """

    def __init__(self, port: int = 0) -> None:
        self.port = port
        self.web = Web()
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def address(self) -> str:
        """``127.0.0.1:PORT``, what TASHAN_REPLICA wants."""
        return f"127.0.0.1:{self.port}"

    @property
    def requests(self) -> list[tuple[str, str, str]]:
        """What has been asked so far."""
        return self.web.requests

    def visit(
        self,
        url: str,
        form: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Visit:
        """One request, as visit() makes it."""
        return visit(self.address, url, form, headers)

    def switch(self, name: str, value: Any = True) -> None:
        """Turns a quirk on, off or to a value: ``switch("gov.stubs", False)``."""
        self.web.switch(name, value)

    def truth(self, host: str) -> list[dict[str, Any]]:
        """What a perfect crawl of a host finds now: a dict an article, see Site.fact."""
        return self.web.site(host).truth()

    def publish(
        self, host: str, article: dict[str, Any] | str, column: str = "", **words: Any
    ) -> str:
        """A new article on a host; its address. A str is the whole page, a dict a Text.

        ``words`` say otherwise what the template says by itself, and ``encoding``.
        """
        if isinstance(article, str):
            words["page"] = article
            article = {"title": words.pop("title"), "date": words.pop("date")}
        site = self.web.site(host)
        return site.url(site.publish(make(article), column, **words))

    def publish_copied(
        self, host: str, copied: str, column: str = "", encoding: str = "gbk"
    ) -> str:
        """A page as a browser copied it (see copied.py), in the host's template; its address."""
        article, words = take_apart(copied)
        return self.publish(host, article, column, encoding=encoding, **words)

    def edit(self, host: str, id_: str, **fields: Any) -> None:
        """Changes fields of a published article: title, body (Markdown), date, outlet …"""
        entry = self._entry(host, id_)
        entry.text = entry.text.changed(**fields)
        entry.date = fields.get("date", entry.date)

    def withdraw(self, host: str, id_: str) -> None:
        """Takes an article from its listing; its address answers as the site does for nothing."""
        self._entry(host, id_).state = "gone"

    def restrict(self, host: str, id_: str) -> None:
        """Leaves an article to members; it stays in its listing."""
        self._entry(host, id_).state = "restricted"

    def _entry(self, host: str, id_: str) -> Entry:
        return self.web.site(host).held(id_)

    def __enter__(self) -> Replica:
        held = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # no Nagle
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            held.bind(("127.0.0.1", self.port))
        except OSError as error:
            held.close()
            raise RuntimeError(f"port {self.port} cannot be had: {error.strerror}") from None
        self.port = held.getsockname()[1]
        config = uvicorn.Config(
            self.web,
            http=_protocol(self.web),
            loop="asyncio",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [held]}, daemon=True
        )
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(0.005)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = self._server.force_exit = True
        self._thread.join(timeout=5)


def _protocol(web: Web) -> type[H11Protocol]:
    """uvicorn's HTTP, with a way for the web to cut a connection off."""

    class Cuttable(H11Protocol):
        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            web.connections[transport.get_extra_info("peername")[:2]] = transport

        def connection_lost(self, exc: Exception | None) -> None:
            if self.client is not None:
                web.connections.pop(self.client, None)
            super().connection_lost(exc)

    return Cuttable
