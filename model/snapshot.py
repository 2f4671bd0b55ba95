"""A page as it was fetched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One page as fetched."""

    url: str
    body: bytes
    fetched: str  # ISO 8601, UTC
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Snapshot({self.url!r}, {len(self.body)} bytes)"

    @property
    def content_type(self) -> str:
        """The Content-Type header, '' where there was none."""
        return next((v for k, v in self.headers.items() if k.lower() == "content-type"), "")
