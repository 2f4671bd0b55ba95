"""Article: the record that crosses every seam."""

from __future__ import annotations

from dataclasses import replace

from model.article import Article, Attachment, Document, Image
from model.body import Block


def test_map_text_reaches_every_text_and_no_address() -> None:
    article = Article(
        url="http://a.test/a",
        title="甲",
        body=(
            Block("paragraph", "甲"),
            Block("image", "甲", link="http://a.test/甲.png"),
            Block("table", "甲\t甲\n甲\t甲"),
        ),
        breadcrumb=("甲", "乙"),
        document=Document(number="甲〔2019〕1号"),
        images=(Image("http://a.test/甲.png", name="甲", caption="甲"),),
        attachments=(Attachment("http://a.test/甲.doc", "甲", "doc"),),
    )
    seen: list[str] = []

    def change(field: str, text: str) -> str:
        seen.append(field)
        return text.replace("甲", "丙")

    made = article.map_text(change)
    assert made.title == "丙"
    assert made.text == "丙\n丙\t丙\n丙\t丙"
    assert made.body[1] == Block("image", "丙", link="http://a.test/甲.png")
    assert made.breadcrumb == ("丙", "乙")
    assert made.document.number == "丙〔2019〕1号"
    assert made.images == (Image("http://a.test/甲.png", "丙", "丙"),)
    assert made.attachments == (Attachment("http://a.test/甲.doc", "丙", "doc"),)
    assert seen.count("body") == 1


def test_map_text_gives_the_same_object_back_where_nothing_changes(article: Article) -> None:
    assert article.map_text(lambda field, text: text) is article
    empty = replace(article, body=())
    assert empty.map_text(lambda field, text: text) is empty
