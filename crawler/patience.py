"""How long a source may keep us waiting before it is left behind, for its own good and the rest.

A host that drips, breaks off or answers nothing costs its own source some minutes, never the
night. What is not fetched waits in the frontier for the next run.
"""

from __future__ import annotations

from dataclasses import dataclass

ORDINARY = 5.0  # seconds an answer may take without anybody minding
_MOST_LOST = 300.0  # seconds above that, in all, beside what pages that came have earned
_MOST_FAILURES = 30  # attempts in a row that brought nothing; an address has three


@dataclass(slots=True)
class Patience:
    """What the hosts of one source have cost so far."""

    lost: float = 0.0  # seconds beyond the ordinary
    earned: float = 0.0  # a page that came earns as much as it may ordinarily take
    failures: int = 0  # in a row

    def answered(self, seconds: float) -> None:
        """A page came, or an honest word that there is none."""
        self.failures = 0
        self.lost += max(0.0, seconds - ORDINARY)
        self.earned += ORDINARY

    def failed(self, seconds: float) -> None:
        """Nothing came that could be used."""
        self.failures += 1
        self.lost += max(0.0, seconds - ORDINARY)

    @property
    def ended(self) -> bool:
        """Whether the source has stalled."""
        return self.failures >= _MOST_FAILURES or self.lost > _MOST_LOST + self.earned
