"""A province proposed from host and names."""

from __future__ import annotations

import pytest

from commands.regions import region


@pytest.mark.parametrize(
    ("url", "names", "expected"),
    [
        ("http://jst.sc.gov.cn/scjst/", [], "510000"),
        ("http://www.gd.gov.cn/", ["北京某协会"], "440000"),
        ("http://a.test/", ["四川省物业管理协会"], "510000"),
        ("http://a.test/", ["首页", "重庆市物业管理协会"], "500000"),
        ("http://sc.example.com/", ["某某协会"], ""),
        ("http://www.gov.cn/", [], ""),
    ],
)
def test_the_province_is_proposed_or_left_open(url: str, names: list[str], expected: str) -> None:
    code, told = region(url, names)
    assert code == expected
    assert bool(told) == bool(code)
