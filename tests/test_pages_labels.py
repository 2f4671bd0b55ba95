"""Labels in any script, spelling and state of damage."""

from __future__ import annotations

import pytest

from crawler.pages.labels import fold, label_before, label_itself


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("发布时间", "published"),
        ("發布時間", "published"),
        ("發(fā)布時(shí)間", "published"),
        ("发(fa)(fa)布时间", "published"),
        ("来　源", "outlet"),
        ("來源", "outlet"),
        ("信息来源", "outlet"),
        ("閱讀次數(shù)", "read_count"),
        ("责 任 编 辑", "editor"),
        ("编辑", "editor"),
        ("發文字號", "number"),
    ],
)
def test_a_label_is_known_however_it_is_written(row: str, field: str) -> None:
    hit = label_before(fold(row), len(row))
    assert hit is not None
    assert hit[0] == field


def test_the_longest_label_wins() -> None:
    assert label_before("文章录入责任编辑", 8) == ("editor", 4)
    assert label_before("最后更新时间", 6) == ("updated", 0)


def test_two_words_are_no_label() -> None:
    hit = label_before(fold("塞上信息 日期"), 7)
    assert hit == ("published", 5)


def test_folding_keeps_every_position() -> None:
    text = "發(fā)布時(shí)間：２０１９（试行）"
    assert len(fold(text)) == len(text)
    assert fold("(試行)") == "(試行)"
    assert "2019" in fold(text)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("来源", "outlet"),
        ("【浏览次数：】", "read_count"),
        ("时间", ""),
        ("时间：", "published"),
        ("物业", ""),
    ],
)
def test_a_cell_that_is_a_label(text: str, field: str) -> None:
    assert label_itself(fold(text)) == field
