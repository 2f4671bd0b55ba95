"""A source that stalls is left; a slow one that gives pages is not."""

from __future__ import annotations

from crawler.patience import Patience


def test_pages_that_come_in_time_never_end_it() -> None:
    patience = Patience()
    for _ in range(5000):
        patience.answered(9.0)
    assert not patience.ended


def test_silence_ends_it_within_minutes() -> None:
    patience, waited = Patience(), 0.0
    while not patience.ended:
        patience.failed(30.0)
        waited += 30.0
    assert waited <= 400


def test_dripping_ends_it_too() -> None:
    patience, waited = Patience(), 0.0
    while not patience.ended:
        patience.answered(28.0)
        waited += 28.0
    assert waited <= 600


def test_one_page_among_failures_begins_anew() -> None:
    patience = Patience()
    for _ in range(20):
        for _ in range(20):
            patience.failed(0.1)
        patience.answered(0.1)
    assert not patience.ended


def test_many_quick_failures_in_a_row_end_it() -> None:
    patience = Patience()
    for _ in range(30):
        patience.failed(0.1)
    assert patience.ended
