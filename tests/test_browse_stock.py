"""Datasette's own pages: in Chinese, in our frame, with what researchers know of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from reading_archive import Visitor, make

from browse.stock import half, translated


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    path = tmp_path_factory.mktemp("room") / "archive.db"
    make(path)
    visitor = Visitor(path)
    yield visitor
    visitor.close()


def test_words_become_expressions_and_the_rest_stays() -> None:
    assert translated("<h3>Tables</h3>") == "<h3>{{ shown_in(lang, 'Tables') }}</h3>"
    assert (
        translated("<a id='Tables'>A word nobody knows</a>")
        == "<a id='Tables'>A word nobody knows</a>"
    )
    assert translated("<textarea>Tables</textarea>") == "<textarea>Tables</textarea>"
    assert translated("{{ Tables }}") == "{{ Tables }}"


def test_scripts_get_a_nonce_and_styles_in_tags_go() -> None:
    assert translated("<script>a</script>") == '<script nonce="{{ nonce }}">a</script>'
    assert translated('<p style="height: {{ 1 }}em" id="x">') == '<p id="x">'


def test_a_description_has_two_halves() -> None:
    assert half("zh", "编号 · number") == "编号"
    assert half("en", "编号 · number") == "number"
    assert half("en", "ETag") == "ETag"


def test_a_table_is_told_in_chinese_or_english(room: Visitor) -> None:
    page = room.text("/archive/articles?_search=养老&_lang=zh")
    assert "检索：" in page
    assert "条件：检索“养老”" in page
    assert "20 行" in page
    assert '<details class="column-descriptions">' in page
    assert "<dd>标题（简体，已修复）</dd>" in page
    english = room.text("/archive/articles?_search=养老&_lang=en")
    assert "20 rows" in english
    assert "title, repaired, Simplified" in english


def test_the_search_box_finds_what_is_there(room: Visitor) -> None:
    def found(query: str, **more: str) -> int:
        extra = "".join(f"&{name}={value}" for name, value in more.items())
        number: int = room.get(f"/archive/articles.json?_search={query}{extra}").json()[
            "filtered_table_rows_count"
        ]
        return number

    assert found("养老") == found("養老") == 20
    assert found("养") == 20
    assert found("养老 -清河") == 10
    assert found("养老", outlet="清河日报") == 10
    assert found("没有这个词") == 0
    assert room.text("/archive/articles.csv?_search=养老").count("\n") == 21


def test_facets_and_foreign_keys_have_names(room: Visitor) -> None:
    page = room.text("/archive/articles")
    assert re.search(r"<strong>发布年份\s", page)
    assert "清河市物业管理协会 · 经验交流</a>" in page
    assert re.search(r'<td class="col-title[^>]*><a href="/article/\w{13}">', page)


@pytest.mark.parametrize(
    "address",
    [
        "_search=养老",
        "_search=养老&outlet=清河日报",
        "outlet=清河日报&year=2015",
        "year__exact=2021",
        "",
        "_search=养老&title__contains=清河",
        "_search=没有这个词",
        "source=nothing",
    ],
)  # fmt: skip
def test_facets_are_those_that_sql_counts(room: Visitor, address: str) -> None:
    names = ("source", "outlet", "year", "body_kind", "state")
    asked = "&".join(f"_facet={name}" for name in names)
    found = room.get(f"/archive/articles.json?{address}&{asked}&_facet_size=100").json()
    every = f"/archive/articles.json?{address}&_size=max&_nofacet=1&_shape=objects"
    rows = room.get(every).json()["rows"]
    for name in names:
        counted = {one["value"]: one["count"] for one in found["facet_results"][name]["results"]}
        values = [row[name] for row in rows if row[name] is not None]
        assert counted == {value: values.count(value) for value in set(values)}, name


def test_the_database_page_describes_its_tables_and_queries(room: Visitor) -> None:
    page = room.text("/archive")
    assert "文章、来源与抓取记录" in page
    assert "同一文章被发现的所有网址" in page
    assert "同一文字出现在几个来源" in page
    assert "articles_fts_data" not in page


@pytest.mark.parametrize("name", [
    "检索文章", "每年篇数", "各地各年", "来源概况", "发文字号", "转载", "修订过的文章",
    "撤下的文章",
    "修复依据", "推测之处",
])  # fmt: skip
def test_stored_queries_answer(room: Visitor, name: str) -> None:
    address = room.datasette.urls.query("archive", name)
    rows = room.get(f"{address}.json?_shape=array&检索词=养老&字号=2021").json()
    assert isinstance(rows, list)
    assert rows, name


def test_sql_can_search(room: Visitor) -> None:
    def one(sql: str) -> Any:
        answer = room.get(f"/archive.json?_shape=arrays&sql={sql}").json()
        return answer["rows"][0][0]

    assert (
        one(
            "select count(*) from articles where id in (select value from json_each(found('養老')))"
        )
        == 20
    )
    assert one("select passage('各地的居家养老服务', '養老')") == "各地的居家【养老】服务"
    assert one("select found('标题:')") is None
    assert one("select fold('養老') = fold('养老')") == 1


def test_the_stock_index_stays(room: Visitor) -> None:
    assert "archive" in room.text("/-/databases-index")
    assert room.get("/-/databases-index.json").json()["archive"]["tables_count"] > 5


def test_every_word_of_the_catalogue_is_datasettes(room: Visitor) -> None:
    import datasette

    from browse.stock import _catalogue

    folder = Path(datasette.__file__).parent / "templates"
    source = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.html"))
    source = re.sub(r"\{% if [^%]* [!=]= 1 %\}(?:\{% else %\})?s\{% endif %\}", "s", source)
    missing = [
        word
        for word in _catalogue()["words"]
        if word not in source and word not in ("show", "hide")
    ]
    assert missing == []
    gone = [shape for shape in _catalogue()["shapes"] if shape not in source]
    assert gone == []
