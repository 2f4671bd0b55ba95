"""Torture: what must never happen, provoked often; seeded, with the counts printed.

Every module beside this one that has TRIALS takes part. The test suite runs some of them with
small numbers; `make torture` runs the full ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing done many times.

    ``run`` takes a number, a seed and an empty folder, and gives counts by name; those named in
    ``bad`` must be zero.
    """

    name: str
    number: int  # of a full run
    run: Callable[[int, int, Path], dict[str, int]]
    bad: tuple[str, ...]
