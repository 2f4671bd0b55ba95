"""What every answer tells the browser: what may run, load, frame and be sent on."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

NONCE = "tashan_nonce"  # key of the request's scope

App = Callable[[Any, Any, Any], Awaitable[None]]

_ALWAYS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=(), browsing-topics=()",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"x-frame-options": b"SAMEORIGIN",
}
_NOTHING = b"default-src 'none'; sandbox; frame-ancestors 'none'"


def policy(nonce: str, images: Iterable[str] = ()) -> str:
    """The policy of a page: scripts and style sheets that it names itself, nothing from outside.

    ``images``: origins whose pictures the reader asked to see.
    """
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'nonce-{nonce}'",
            f"style-src 'self' 'nonce-{nonce}'",
            " ".join(["img-src 'self' data:", *images]),
            "font-src 'self'",
            "connect-src 'self'",
            "frame-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'self'",
        ]
    )


def sandbox(nonce: str) -> str:
    """The policy of a page made of what a stranger wrote: text, our style sheet, nothing else."""
    return f"default-src 'none'; sandbox; style-src 'nonce-{nonce}'; frame-ancestors 'self'"


def headers() -> dict[bytes, bytes]:
    """What goes with an answer that is no page of ours."""
    return {**_ALWAYS, b"content-security-policy": _NOTHING}


def secured(app: App) -> App:
    """The application with these headers on every answer; what an answer says itself stays.

    An application that fails before it has answered is answered for.
    """

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        begun = False

        async def sending(message: Any) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                told = [(key.lower(), value) for key, value in message.get("headers", [])]
                said = dict(told)
                more = headers()
                if said.get(b"content-type", b"").startswith(b"text/html"):
                    more[b"content-security-policy"] = policy(nonce).encode()
                told += [(key, value) for key, value in more.items() if key not in said]
                message = {**message, "headers": told}
            await send(message)

        try:
            await app({**scope, NONCE: nonce}, receive, sending)
        except Exception:
            if begun:
                raise  # the connection is closed, so that a part is not taken for the whole
            logging.getLogger(__name__).exception("%s", scope["path"])
            plain = [(b"content-type", b"text/plain; charset=utf-8")]
            await sending({"type": "http.response.start", "status": 500, "headers": plain})
            await sending({"type": "http.response.body", "body": b"Something went wrong."})

    return wrapped


_CLOSED = frozenset(
    {"databases", "threads", "plugins", "versions", "settings", "config", "permissions", "actor",
     "messages", "allow-debug", "patterns", "metadata", "auth-token", "logout"}
)  # fmt: skip


def discreet(app: App) -> App:
    """The application without Datasette's pages about the machine: paths, versions, threads."""

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            before, _, name = scope["path"].rpartition("/-/")
            if _ and name.partition(".")[0].strip("/") in _CLOSED:
                scope = {**scope, "path": before + "/-/closed", "raw_path": b"/-/closed"}
        await app(scope, receive, send)

    return wrapped
