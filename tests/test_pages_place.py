"""The breadcrumb and the column it names."""

from __future__ import annotations

import pytest

from crawler.pages.labels import SOFT
from crawler.pages.place import column, of_line

TITLE = "老楼加梯三步走"


@pytest.mark.parametrize(
    ("line", "steps"),
    [
        ("当前位置:首页 > 他山之石", ("首页", "他山之石")),
        ("當(dāng)前位置:首頁 > 他山之石", ("首頁", "他山之石")),
        ("您现在的位置：首页 &gt; 政务公开 &gt; 正文".replace("&gt;", ">"), ("首页", "政务公开")),
        (f"当前位置：首页 / 动态 / {TITLE}", ("首页", "动态")),
        ("位置：首页>>新闻中心>>行业动态>>详细内容", ("首页", "新闻中心", "行业动态")),
        (f"当前位置：{SOFT}首页{SOFT} {SOFT}他山之石{SOFT}", ("首页", "他山之石")),
    ],
)
def test_steps_are_read(line: str, steps: tuple[str, ...]) -> None:
    assert of_line(line, TITLE) == steps


def test_the_column_is_the_last_step_that_is_not_home() -> None:
    assert column(("首页", "政务公开", "他山之石")) == "他山之石"
    assert column(("首页",)) == ""
    assert column(()) == ""
