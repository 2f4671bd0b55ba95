"""Step: a request for a further page of a listing, and what a pager reader is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from .page import Page

Options = Mapping[str, str | int | bool]
MOST = 5_000  # pages; no pager is believed beyond


@dataclass(frozen=True, slots=True)
class Step:
    """A request for a further page of a listing."""

    url: str
    method: str = "GET"
    form: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()


PagerReader = Callable[[Page, Options], Iterable[Step]]
