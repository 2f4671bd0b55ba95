"""Retry-After in both forms."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.pacing import seconds_to_wait

NOW = datetime(2026, 11, 25, 2, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("5", 5.0),
        (" 120 ", 120.0),
        ("0", 0.0),
        ("Wed, 25 Nov 2026 02:00:30 GMT", 30.0),
        ("Wed, 25 Nov 2026 10:00:30 +0800", 30.0),
        ("Wed, 25 Nov 2020 02:00:30 GMT", 0.0),
        ("9" * 400, 999999999.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("٣", None),
    ],
)
def test_both_forms_are_understood(value: str, seconds: float | None) -> None:
    assert seconds_to_wait(value, NOW) == seconds
