"""An edition frozen from the hard archive; what the tests of editions read and spoil."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hard_archive import TITLES

from archive import Archive
from exports.edition import freeze
from exports.facts import Plan

ALL = len(TITLES) + 1
PLAN = Plan("2026-11", date(2026, 11, 25))
TABLES = ("articles", "attachments", "revisions", "sources", "coverage")


def silent(_: int) -> Callable[[int], object]:
    return lambda number: None


@pytest.fixture(scope="module")
def made(hard_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("editions") / "2026-11"
    with Archive.read(hard_path) as archive:
        freeze(archive, PLAN, folder, silent)
    return folder
