"""An article as a listing names it, before it is fetched."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Listed:
    """An article address as a listing named it; ``url`` is its canonical form."""

    url: str
    address: str
    title: str = ""
    published: str = ""

    def before(self, moment: str) -> bool:
        """Whether the listing dates it before a moment such as ``2015``; never without a date."""
        return bool(self.published) and self.published[: len(moment)] < moment
