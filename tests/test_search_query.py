"""Queries: what a person typed is understood, or answered with a clear word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.search.fields import Period
from archive.search.query import LONGEST, Field, Query, QueryError, Word, parse
from model.errors import TashanError


def _shape(text: str) -> str:
    """A query in short: groups by spaces, alternatives by /, what is left out after a minus."""
    query = parse(text)
    groups = ["/".join(map(_name, group)) for group in query.wanted]
    return " ".join([*groups, *("-" + _name(clause) for clause in query.unwanted)])


def _name(clause: object) -> str:
    if isinstance(clause, Period):
        return f"{clause.since}..{clause.until}"
    assert isinstance(clause, Word | Field)
    name = "title=" if isinstance(clause, Word) and clause.title else ""
    return name + (f"{clause.name}=" if isinstance(clause, Field) else "") + clause.text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("养老", "养老"),
        ("养老 社区", "养老 社区"),
        ("养老　社区", "养老 社区"),
        ("养老 AND 社区", "养老 社区"),
        ("养老 OR 居家", "养老/居家"),
        ("养老 或 居家", "养老/居家"),
        ("养老|居家｜机构", "养老/居家/机构"),
        ("社区 养老 OR 居家 物业", "社区 养老/居家 物业"),
        ("养老 -物业", "养老 -物业"),
        ("养老 －物业", "养老 -物业"),
        ("养老 NOT 物业", "养老 -物业"),
        ("-物业", "-物业"),
        ('"社区 养老" 服务', "社区 养老 服务"),
        ("“社区养老”服务", "社区养老 服务"),
        ("「社区養老」", "社区養老"),
        ('"没有合上', "没有合上"),
        ("标题:养老", "title=养老"),
        ("标题：养老", "title=养老"),
        ("標題: 養老", "title=養老"),
        ("TITLE:养老", "title=养老"),
        ("-title:养老", "-title=养老"),
        ("来源:新华社 养老", "source=新华社 养老"),
        ("outlet:新华社", "outlet=新华社"),
        ("地区:四川", "region=四川"),
        ("文号:建发〔2019〕38号", "number=建发〔2019〕38号"),
        ('机构:"住房 建设"', "issuer=住房 建设"),
        ("欄目:他山之石", "column=他山之石"),
        ("作者:张三 OR 作者:李四", "author=张三/author=李四"),
        ("注:说明", "注:说明"),
        ("12:30", "12:30"),
        ("http://a.cn/x", "http://a.cn/x"),
        ("OR", "OR"),
        ("或", "或"),
        ("养老 OR", "养老"),
        ("养老 或", "养老 或"),
        ("NOT", "NOT"),
        ("养老 - 社区", "养老 社区"),
        ("2019-2021年", "2019-2021年"),
        ("养老 ， 社区", "养老 社区"),
    ],
)
def test_words_and_fields(typed: str, meant: str) -> None:
    got = _shape(typed)
    assert got == meant if '"' not in typed else got.replace('"', "") == meant


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("2019..2021", "2019", "2021"),
        ("2019-6..", "2019-06", ""),
        ("..2021.06.30", "", "2021-06-30"),
        ("年:2019", "2019", "2019"),
        ("年:2019-2021", "2019", "2021"),
        ("年：2019至2021", "2019", "2021"),
        ("year:2019..2021", "2019", "2021"),
        ("日期:2019年6月", "2019-06", "2019-06"),
        ("date:2019/6/5", "2019-06-05", "2019-06-05"),
        ("自:2019-01", "2019-01", ""),
        ("从：２０１９年１月５日", "2019-01-05", ""),
        ("至:2020-06", "", "2020-06"),
        ("since:20190105", "2019-01-05", ""),
        ("until:202006", "", "2020-06"),
        ("after:2019", "2020", ""),
        ("after:2019-12", "2020-01", ""),
        ("after:2019-12-31", "2020-01-01", ""),
        ("before:2020", "", "2019"),
        ("before:2020-01", "", "2019-12"),
        ("before:2020-03-01", "", "2020-02-29"),
        ("after:9999-12-31", "9999-12-31", ""),
    ],
)
def test_periods(typed: str, since: str, until: str) -> None:
    assert parse(typed).wanted == ((Period(since, until),),)


@pytest.mark.parametrize(
    "typed",
    [
        *[
            "",
            "   ",
            "，。！",
            '""',
            "-",
            "()",
            "\x00",
            "*",
            "标题:",
            "来源: ，",
            "a OR -b",
            "来源:" + "a" * 65,
            "年:xx",
        ],
        *[
            "自:2019-13",
            "until:2019-02-30",
            "before:",
            "日期:0000",
            "养" * (LONGEST + 1),
            "a " * 25,
        ],
    ],
)
def test_what_cannot_be_answered_gets_a_word_in_two_languages(typed: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(typed)
    assert caught.value.chinese
    assert caught.value.english == str(caught.value)
    assert isinstance(caught.value, TashanError)


def test_a_range_that_is_none_is_a_word() -> None:
    assert _shape("2019..20xx") == "2019..20xx"
    assert _shape("a..b") == "a..b"


@settings(deadline=None)
@given(st.text(max_size=60) | st.text('"“-:：|养老标题年 ORNT2019.\x00\\*()', max_size=60))
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        query = parse(text)
    except QueryError as error:
        error.chinese.encode()
        error.english.encode()
        return
    assert isinstance(query, Query)
    assert query.wanted or query.unwanted
