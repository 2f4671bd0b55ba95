"""What is known of an edition while and after it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .coverage import SourceCoverage, Total, total
from .rows import Rows
from .selection import Selection
from .writing import Written

PUBLISHER = "Tashan 他山"


@dataclass(frozen=True, slots=True)
class Plan:
    """What an edition is to be. ``day`` stands for now in everything that is written."""

    name: str
    day: date
    title: str = ""
    creators: tuple[str, ...] = ()
    selection: Selection = field(default_factory=Selection)
    bodies: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A table as written: what was asked, how many rows it has, its files by format."""

    rows: Rows
    number: int
    files: Mapping[str, Written]


@dataclass(frozen=True, slots=True)
class Facts:
    """All that cards and packages tell of an edition. ``fingerprint`` is a hash of all data."""

    plan: Plan
    tables: Mapping[str, Table]
    sources: list[SourceCoverage]
    refusals: list[tuple[str, int]]  # why addresses were refused
    until: str  # the last moment at which an article was seen
    fingerprint: str

    @property
    def articles(self) -> int:
        """How many articles it holds."""
        return self.tables["articles"].number

    @property
    def total(self) -> Total:
        """Coverage of all sources together."""
        return total(self.sources)

    @property
    def title(self) -> str:
        """Its title."""
        return self.plan.title or f"他山：各地经验与政策文章档案 {self.plan.name}"

    @property
    def creators(self) -> tuple[str, ...]:
        """Who made it."""
        return self.plan.creators or (PUBLISHER,)

    @property
    def first(self) -> str:
        """The earliest date of publication, '' where none is known."""
        return min((source.first for source in self.sources if source.first), default="")

    @property
    def last(self) -> str:
        """The latest date of publication."""
        return max((source.last for source in self.sources), default="")
