"""Matching: compiled queries find what reading the texts finds, in plain SQL, whatever is typed."""

from __future__ import annotations

import random
import re
from contextlib import suppress
from typing import Any

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shelf import MODULES, WORDS, prose, put, shelf, texts_of

from archive.search import Query, QueryError, find, fold, remove, replace
from archive.search import compile as compiled_from

ARTICLES = prose(300)
FOLDED = {number: fold(f"{title}\n{body}") for number, title, body in ARTICLES}
SHELVES = {name: shelf(ARTICLES, module) for name, module in MODULES.items()}
SHELF = SHELVES["pysqlite3"]


def _by_sql(connection: Any, query: str) -> list[int]:
    compiled = compiled_from(query)
    sql = f"SELECT id FROM articles WHERE {compiled.where} ORDER BY id"
    return [number for (number,) in connection.execute(sql, compiled.parameters)]


def _both(connection: Any, query: str) -> list[int]:
    """The answer, which must be the same by SQL and by all ids at once."""
    by_sql = _by_sql(connection, query)
    assert by_sql == find(connection, compiled_from(query))
    return by_sql


@pytest.mark.parametrize("connection", SHELVES.values(), ids=SHELVES)
def test_random_pieces_are_found_exactly_in_every_spelling(connection: Any) -> None:
    chance = random.Random(5)
    spellings = [opencc.OpenCC(name) for name in ("s2t", "s2tw", "s2hk")]
    asked = 0
    while asked < 250:
        _, title, body = chance.choice(ARTICLES)
        text = f"{title}\n{body}"
        start = chance.randrange(len(text))
        piece = text[start : start + chance.randint(1, 8)]
        if not re.fullmatch("[\u4e00-\u9fff]+", piece):
            continue
        asked += 1
        found = _both(connection, piece)
        assert found == [n for n, folded in FOLDED.items() if fold(piece) in folded]
        for spelling in spellings:
            assert _both(connection, spelling.convert(piece)) == found


words = st.sampled_from([word for word in WORDS if len(word) > 1])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(words, min_size=1, max_size=3), max_size=3), st.lists(words, max_size=2))
def test_words_alternatives_and_exclusions_combine(
    groups: list[list[str]], unwanted: list[str]
) -> None:
    if not groups and not unwanted:
        return
    query = " ".join([" OR ".join(group) for group in groups] + [f"-{word}" for word in unwanted])
    truth = [
        number
        for number, title, body in ARTICLES
        for text in [f"{title}\n{body}"]
        if all(any(_has(text, word) for word in group) for group in groups)
        and not any(_has(text, word) for word in unwanted)
    ]
    assert _both(SHELF, query) == truth


def _has(text: str, word: str) -> bool:
    """Letters and digits only as a whole."""
    pattern = re.sub(r"[0-9a-z]+", r"(?<![0-9a-z])\g<0>(?![0-9a-z])", word.lower())
    return bool(re.search(pattern, text.lower()))


@pytest.mark.parametrize("word", ["养老", "的", "市", "AI", "5g", "2019", "人民政府", "物业管理"])
def test_a_title_is_searched_by_itself(word: str) -> None:
    truth = [number for number, title, _ in ARTICLES if _has(title, word)]
    assert _both(SHELF, f"标题:{word}") == truth
    assert _both(SHELF, f"-标题:{word}") == [n for n, *_ in ARTICLES if n not in truth]


def test_letters_and_digits_match_as_whole_words() -> None:
    connection = shelf([(1, "MAIN", "2019年"), (2, "AI时代", "12019年"), (3, "ai", "19")])
    assert _both(connection, "AI") == [2, 3]
    assert _both(connection, "2019年") == [1]
    assert _both(connection, "19") == [3]


def test_any_punctuation_satisfies_punctuation() -> None:
    connection = shelf([(1, "", "PM2.5，3·15"), (2, "", "PM2，5 3.15"), (3, "", "PM 25 315")])
    assert _both(connection, "pm2.5") == [1, 2]
    assert _both(connection, "3.15") == [1, 2]
    assert _both(connection, "“3—15”") == [1, 2]


def test_an_article_without_text_is_found_by_its_title() -> None:
    connection = shelf([(1, "养老", ""), (2, "", "")])
    assert _both(connection, "养老") == [1]
    assert _both(connection, "-养老") == [2]


HOSTILE = [
    '"', '""', "'", "a'b", "养老'; DROP TABLE articles; --", "养老*", "^养老", "NEAR(养老 社区, 2)",
    "articles_fts: 养老", "{title} : 养老", "养老 NOT", "NOT NOT 养", "AND AND", "(((", ")) OR ((",
    "养老\x00社区", "\x00", "\ud800养老", "%", "_", "\\", "<script>alert(1)</script>",
    "javascript:alert(1)", "title:", "标题:\"", "-标题:", "*" * 300, "养" * 400, "工作" * 200,
    "的 " * 20, "a-" * 150, "OR OR OR 养老", "||||", "1..2", "..", "年:", "𠮷野家", "👍", "ﷺ", "é́́́",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries_get_a_result_or_a_word(query: str) -> None:
    for connection in SHELVES.values():
        with suppress(QueryError):
            _both(connection, query)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40) | st.text('"“-:：|养老标题年来源 ORNT2019.\x00\\*()%[]^', max_size=40))
def test_no_text_makes_sql_fail(text: str) -> None:
    with suppress(QueryError):
        _both(SHELF, text)


FIELDS = shelf([(1, "甲", "一"), (2, "乙", "二"), (3, "丙", "三"), (4, "丁", "四")])
for _id, _columns in {
    1: (
        "新华社",
        "张三",
        "510400",
        "建发〔2019〕38号",
        "住房和城乡建设部",
        "他山之石",
        "2019-06-05",
    ),
    2: ("新华社成都分社", "李四、王五", "110000", "建发〔2019〕138号", None, "经验交流", "2019-06"),
    3: (None, None, None, "GB/T 19001-2016", "国务院", None, "2019"),
    4: ("人民网", None, "320500", None, None, "政策法规", None),
}.items():
    FIELDS.execute(
        "UPDATE articles SET outlet = ?, author = ?, region = ?, document_number = ?, issuer = ?,"
        " column_name = ?, published = ? WHERE id = ?",
        [*_columns, _id],
    )
FIELDS.execute("INSERT INTO sources VALUES ('s', '某协会经验', '苏州市物业管理协会')")
FIELDS.execute("INSERT INTO sources VALUES ('t', '另一栏目', '四川省住房和城乡建设厅')")
FIELDS.execute("UPDATE articles SET source = 't' WHERE id = 3")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("来源:新華社", [1, 2]),
        ("来源:人民网", [4]),
        ("outlet:新华社 -outlet:成都", [1]),
        ("来源:協會", [1, 2, 4]),
        ("source:t", [3]),
        ("媒体:协会", []),
        ("作者:王五", [2]),
        ("地区:四川", [1, 3]),
        ("地区:5104", [1]),
        ("地区:510000", [1]),
        ("地区:北京市", [2]),
        ("地区:苏州", [1, 2, 4]),
        ("文号:建发[2019]38号", [1]),
        ("文号:38號", [1]),
        ("文号:2019", [1, 2]),
        ("文号:gb/t19001", []),
        ("文号:gb/t-19001", [3]),
        ("文号:19001-2016", [3]),
        ("机构:国务院", [3]),
        ("机构:住房和城鄉建設", [1, 3]),
        ("栏目:他山之石 OR 栏目:经验交流", [1, 2]),
        ("2019..2019", [1, 2, 3]),
        ("自:2019-06-05", [1, 2, 3]),
        ("自:2019-06-06", [2, 3]),
        ("自:2019-07", [3]),
        ("自:2020", []),
        ("至:2019-06-04", [2, 3]),
        ("至:2019-05", [3]),
        ("至:2018", []),
        ("after:2019-06-05", [2, 3]),
        ("before:2019-06", [3]),
        ("-年:2019", [4]),
        ("-来源:新华社", [3, 4]),
        ("甲 OR 来源:人民网", [1, 4]),
        ("甲 来源:人民网", []),
        ("一 2019..2020 来源:新华社 -标题:乙", [1]),
    ],
)
def test_fields_and_dates(query: str, found: list[int]) -> None:
    assert _both(FIELDS, query) == found


def test_parameters_are_bound_under_a_prefix() -> None:
    compiled = compiled_from("养老 水 来源:新华社", prefix="search")
    assert set(compiled.parameters) == {"search0", "search1", "search2"}
    assert "养老" not in compiled.where


def test_what_is_added_changed_and_removed_is_found_at_once() -> None:
    connection = shelf(ARTICLES[:50])
    put(connection, [(60, "新标题", "全新内容")])
    assert _both(connection, "全新内容") == [60]
    replace(connection, [(60, "新标题", "全新内容")], [(60, "新标题", "别的内容")])
    assert _both(connection, "全新内容") == []
    assert _both(connection, "别的内容") == [60]
    remove(connection, [(60, "新标题", "别的内容")])
    assert find(connection, compiled_from("别的内容")) == []


def test_texts_are_compared_as_they_are_folded() -> None:
    for number, title, body in texts_of(SHELF)[:20]:
        assert len(fold(title + body)) == len(title + body), number


def test_a_query_that_asks_for_nothing_leaves_all() -> None:
    compiled = compiled_from(Query(""))
    sql = f"SELECT count(*) FROM articles WHERE {compiled.where}"
    assert SHELF.execute(sql, compiled.parameters).fetchone()[0] == len(ARTICLES)
    assert len(find(SHELF, compiled)) == len(ARTICLES)
