"""What is read on the spot is stopped in time."""

from __future__ import annotations

import time

import pytest

from commands.bounded import bounded
from model.errors import PageError


def test_what_takes_too_long_is_stopped() -> None:
    with pytest.raises(PageError, match="takes more than"), bounded("http://a.test/", seconds=0.05):
        time.sleep(5)


def test_too_much_memory_is_a_page_error() -> None:
    with pytest.raises(PageError, match="too much memory"), bounded("http://a.test/"):
        bytearray(8 << 30)


def test_nothing_is_left_behind() -> None:
    with bounded("http://a.test/", seconds=0.05):
        pass
    time.sleep(0.1)
    assert len(bytearray(1 << 20)) == 1 << 20
