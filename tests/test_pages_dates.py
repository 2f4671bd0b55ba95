"""Dates in every form that Chinese pages use; never an invented one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pages import dates

FORMS = {
    "2019-08-16": "2019-08-16",
    "2019/8/16": "2019-08-16",
    "2019/08/16 10:27": "2019-08-16T10:27",
    "19-08-16": "2019-08-16",
    "19/08/16": "2019-08-16",
    "[2019-08-16]": "2019-08-16",
    "（2019-08-16）": "2019-08-16",
    "[2019.08.16]": "2019-08-16",
    "2019年8月16日": "2019-08-16",
    "2019年08月16日08:18": "2019-08-16T08:18",
    "2019年10月31日 23:00": "2019-10-31T23:00",
    "2019年8月16日 星期五 下午3:05": "2019-08-16T15:05",
    "二〇一九年八月十六日": "2019-08-16",
    "二○一九年十二月三十一日": "2019-12-31",
    "二零一九年元月廿三日": "2019-01-23",
    "16\x1f2019-08": "2019-08-16",
    "2026\x1f \x1f08\x1f/\x1f31\x1f17:46:00": "2026-08-31T17:46",
    "1566000000": "2019-08-17T08:00",
    "1566000000000": "2019-08-17T08:00",
    "2026-08-20\n   08:02:03": "2026-08-20T08:02",
    "2007-08-20-23:59:59": "2007-08-20T23:59",
    "2023-10-23 09:51:50_194": "2023-10-23T09:51",
    "2024-05-20T06:05:02.000Z": "2024-05-20T14:05",
    "2024-05-20T06:05:02+08:00": "2024-05-20T06:05",
    "2024-05-20 00:00:00": "2024-05-20",
    "民國101年1月12日": "2012-01-12",
    "Aug 16, 2019": "2019-08-16",
    "2019年(nián)8月(yuè)16日": "2019-08-16",
    "２０１９年８月１６日": "2019-08-16",
    "20190816": "2019-08-16",
    "2019–08–16": "2019-08-16",
    "16 August 2019": "2019-08-16",
    "Fri Aug 16 10:27:33 CST 2019": "2019-08-16T10:27",
    "Fri, 16 Aug 2019 18:00:00 GMT": "2019-08-17T02:00",
    "Fri, 16 Aug 2019 22:00:00 -0500": "2019-08-17T11:00",
    "2019年8月": "2019-08",
    "2019": "2019",
}


@pytest.mark.parametrize("text", FORMS)
def test_every_form_is_read(text: str) -> None:
    when = dates.first(text)
    assert when is not None
    assert when.value == FORMS[text]


@pytest.mark.parametrize(
    "text",
    [
        "08-16",
        "2019-02-30",
        "110.120.119.1",
        "3.14.15",
        "0812-2237766",
        "京ICP备05070218号",
        "12:30",
        "",
    ],
)
def test_what_tells_no_date_gives_none(text: str) -> None:
    assert dates.first(text) is None


def test_precision_is_what_the_page_tells() -> None:
    said = [dates.first(text) for text in ("2019", "2019年8月", "2019-08-16", "2019-08-16 10:27")]
    assert [when.precision for when in said if when] == ["year", "month", "day", "minute"]


def test_two_digit_years_are_not_sure() -> None:
    assert [dated.sure for dated in dates.find("19-08-16 和 2019-08-17")] == [False, True]


def test_a_year_comes_from_the_context_only() -> None:
    assert dates.find("08-16") == []
    when = dates.without_year("[08-16]", 2019)
    assert when is not None
    assert when.value == "2019-08-16"
    assert dates.without_year("没有日期", 2019) is None


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("http://a.cn/zwgk/202602/t20260214_123456.html", "2026-02-14"),
        ("http://a.cn/art/2023/10/3/art_1229283449_2493752.html", "2023-10-03"),
        ("http://a.cn/n1/2019/0615/c1013-31153719.html", "2019-06-15"),
        ("http://a.cn/2019-12/10/c_1125328523.htm", "2019-12-10"),
        ("http://a.cn/zjt/xx/20260831101112345/index.shtml", "2026-08-31"),
        ("http://a.cn/html/202603/30/55798.html", "2026-03-30"),
        ("http://a.cn/info/1103/7719.htm", None),
        ("http://a.cn/p/1715572974045997", None),
        ("http://a.cn/newsDetail_forward_26101650", None),
    ],
)
def test_addresses_tell_dates(url: str, value: str | None) -> None:
    when = dates.in_url(url)
    assert (when.value if when else None) == value


@given(st.text(alphabet="0123456789-/.年月日:： T时二〇一九八十\x1f\n()[]", max_size=40))
def test_any_text_gives_true_dates_or_none(text: str) -> None:
    for dated in dates.find(text):
        assert text[dated.start : dated.end]
        year = int(dated.when.value[:4])
        assert dates.FIRST_YEAR <= year <= dates.LAST_YEAR
