"""The walk through one listing: which page comes next, and when there is no use in going on."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable

from .pages.pagers import Step

_BARREN = 2  # pages without a new row, one after the other, end the walk


class Walk:
    """Where the walk stands. ``seen`` are the addresses of all rows so far.

    ``whole`` stays true while every page could be had; a walk that ends whole has seen all that
    the listing shows.
    """

    def __init__(self, start: Step, most: int) -> None:
        self.seen: set[str] = set()
        self.pages = 0
        self.whole = True
        self._most = most
        self._barren = 0
        self._named = {start}
        self._steps: deque[Step] = deque()
        self._ended = False

    def name(self, steps: Iterable[Step]) -> None:
        """Further pages that a page names; each is gone to once."""
        for step in steps:
            if step not in self._named:
                self._named.add(step)
                self._steps.append(step)

    def take(self, rows: Collection[str]) -> set[str]:
        """The rows of a page that was read; gives those not seen before in this walk.

        One page may bring nothing new: a start page without rows, page 1 under a second address.
        Two in a row end the walk: some sites answer every page number with page 1.
        """
        new = set(rows) - self.seen
        self.seen |= new
        self._barren = 0 if new else self._barren + 1
        self._ended |= self._barren >= _BARREN
        return new

    def miss(self) -> None:
        """A page that has no rows at all, as deep pages of many sites."""
        self._barren += 1
        self._ended |= self.pages == 1 or self._barren >= _BARREN

    def stop(self) -> None:
        """Goes no further."""
        self._ended = True

    def next(self) -> Step | None:
        """The next page, or None where the walk has ended."""
        if self._ended or not self._steps or self.pages >= self._most:
            return None
        return self._steps.popleft()
