"""How moments are written in the archive: ISO 8601 in UTC, to the second, ending in Z."""

from __future__ import annotations

from datetime import UTC, datetime


def stamp(moment: datetime) -> str:
    """``2026-11-25T01:43:23Z``"""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
