"""A gzip stream that breaks off is told from a whole one."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.failures import Unusable
from crawler.whole import is_whole

MOST = 10_000_000


@given(st.binary(max_size=5000))
def test_a_whole_stream_is_whole(data: bytes) -> None:
    assert is_whole(gzip.compress(data), MOST)


@given(st.binary(min_size=20, max_size=3000), st.data())
def test_a_cut_stream_is_not(data: bytes, draw: st.DataObject) -> None:
    packed = gzip.compress(data)
    at = draw.draw(st.integers(0, len(packed) - 1))
    assert not is_whole(packed[:at], MOST)


def test_several_members_and_padding_are_whole() -> None:
    packed = gzip.compress(b"one" * 100) + gzip.compress(b"two" * 100)
    assert is_whole(packed, MOST)
    assert is_whole(packed + b"\0" * 9, MOST)
    assert not is_whole(packed[:-3], MOST)


@pytest.mark.parametrize("body", [b"no gzip at all", b"\x1f\x8b"])
def test_what_is_no_gzip_is_not_whole(body: bytes) -> None:
    assert not is_whole(body, MOST)


def test_a_bomb_is_told_before_its_end() -> None:
    with pytest.raises(Unusable, match="more than 10000000 bytes"):
        is_whole(gzip.compress(bytes(50_000_000)), MOST)
