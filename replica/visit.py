"""One request to the replica web as a test makes it: no redirect followed, nothing decoded."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True, slots=True)
class Visit:
    """What was answered; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as UTF-8."""
        return self.body.decode()


def visit(
    address: str,
    url: str,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float = 10,
) -> Visit:
    """Asks the server at ``address`` for a url of any of its hosts; with a form it is a POST.

    Raises what http.client raises for an answer that is none: IncompleteRead, ConnectionError …
    """
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    sent = {"Host": parts.netloc, **(headers or {})}
    body = urlencode(form) if form is not None else None
    if body is not None:
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    connection = http.client.HTTPConnection(address, timeout=timeout)
    try:
        connection.request("GET" if body is None else "POST", target, body, sent)
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        return Visit(answer.status, told, answer.read())
    finally:
        connection.close()
