"""Ask: one request to the replica web, taken apart once for all sites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: ``path`` is percent-decoded; ``query`` and ``form`` keep the last value."""

    method: str
    host: str
    path: str
    target: str  # path and query as sent
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    client: tuple[str, int] = ("", 0)

    def folded(self) -> dict[str, str]:
        """The query with its keys in lower case, for servers that do not care."""
        return {key.lower(): value for key, value in self.query.items()}

    @classmethod
    async def of(cls, request: Request) -> Ask:
        """What Starlette gives, read to the end."""
        scope = request.scope
        query = scope["query_string"].decode("latin-1")
        body = await request.body() if request.method == "POST" else b""
        client = request.client
        return cls(
            method=request.method,
            host=request.headers.get("host", "").partition(":")[0].lower(),
            path=scope["path"],
            target=scope["raw_path"].decode("latin-1") + (f"?{query}" if query else ""),
            query=dict(parse_qsl(query, keep_blank_values=True)),
            form=dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)),
            headers=request.headers,
            cookies=request.cookies,
            client=(client.host, client.port) if client else ("", 0),
        )
