"""The table of a government document."""

from __future__ import annotations

from crawler.pages.document import read
from crawler.pages.outline import outline
from crawler.pages.parsing import parse
from model.article import Document

ROWS = (
    ("索引号", "QL0002-2026-00009"),
    ("发文字号", "青政办发〔2026〕3号"),
    ("发布机构", "青陵市人民政府办公室"),
    ("成文日期", "2026年1月19日"),
    ("施行日期", "2026-03-01"),
    ("主题词", "城市更新 实施意见"),
    ("有效性", "有效"),
)
EXPECTED = Document(
    index_number="QL0002-2026-00009",
    number="青政办发〔2026〕3号",
    issuer="青陵市人民政府办公室",
    signed="2026-01-19",
    in_force="2026-03-01",
    topics="城市更新 实施意见",
    validity="有效",
)


def table(markup: str) -> tuple[Document, str]:
    document, published = read(outline(parse(f"<html><body>{markup}</body></html>")).lines)
    return document, published.value if published else ""


def test_cells_with_and_without_colons() -> None:
    for colon in ("：", ":", ""):
        cells = "".join(f"<tr><th>{name}{colon}</th><td>{value}</td></tr>" for name, value in ROWS)
        assert table(f"<table>{cells}</table>")[0] == EXPECTED


def test_a_list_of_labelled_lines() -> None:
    items = "".join(f"<li><b>{name}：</b>{value}</li>" for name, value in ROWS)
    assert table(f"<ul>{items}</ul>")[0] == EXPECTED


def test_publication_is_kept_apart_from_signing() -> None:
    markup = "<p>索 引 号：X-1</p><p>成文日期：2019-01-02</p><p>发布日期：2019-02-03</p>"
    document, published = table(markup)
    assert document.signed == "2019-01-02"
    assert published == "2019-02-03"


def test_a_page_without_such_a_table_has_none() -> None:
    assert table("<p>发布日期：2019-02-03 来源：人民网</p>") == (Document(), "")
