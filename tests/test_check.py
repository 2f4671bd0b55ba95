"""What is an article and what is none."""

from __future__ import annotations

import pytest

from model.article import Article, Attachment, Image, Refusal
from model.body import Block
from pipelines.check import check_article


def page(*lines: str, title: str = "标题", **more: object) -> Article:
    body = tuple(Block("paragraph", line) for line in lines)
    return Article("http://qinghe.test/1", title, body, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("article", "reason"),
    [
        (page(), "empty"),
        (page("　", "。"), "empty"),
        (page("您访问的页面不存在，3秒后自动返回首页。", title="提示"), "gone"),
        (page("对不起，该信息已被删除！", title="错误提示"), "gone"),
        (page("暂无相关信息"), "gone"),
        (page("404 Not Found", title="404 Not Found"), "gone"),
        (page("抱歉，没有找到相关内容", "返回上一页"), "gone"),
        (page("无查看权限", title=""), "restricted"),
        (page("请先登录后查看，仅限会员。"), "restricted"),
        (page(*["\ufffd\ufffd\ufffd\ufffd好"] * 4), "damaged"),
        (
            page("首页", "关于我们", "政策法规", "行业动态", "下载中心", "联系我们", "网站地图",
                 "更多>>", "登录"),
            "navigation",
        ),
        (page(*[f"清河市第{n}批试点名单公布 2019-08-{n + 10}" for n in range(12)]), "navigation"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_refused_with_a_reason(article: Article, reason: str) -> None:
    made = check_article(article)
    assert isinstance(made, Refusal)
    assert made.reason == reason
    assert made.detail
    assert "\n" not in made.detail


@pytest.mark.parametrize(
    "article",
    [
        page("本办法自发布之日起施行。"),
        page("详见附件", attachments=(Attachment("http://a.test/1.doc", "细则.doc", "doc"),)),
        page(attachments=(Attachment("http://a.test/1.doc"),)),
        page(images=(Image("http://a.test/1.jpg"),), body_kind="image"),
        page(body_kind="video"),
        page(body_kind="external"),
        page(
            "近日，有业主反映在小区公示栏没有找到相关信息，街道随即要求物业企业补充公示收支情况。"
        ),
        page("因系统升级，原网站会员登录后才能查看的政策文件，自9月1日起向全社会公开，无需登录。"),
        page(*["王小明", "李东", "张建国", "赵敏", "孙立", "周平", "吴军", "郑红", "冯刚"]),
        page(*[f"{n}月，全市完成公示{n}个小区，评价合格。" for n in range(1, 13)]),
        page(*[f"第{n}条 清河市物业服务评价办法，自2019-08-{n + 10}" for n in range(3)]),
        page("坏\ufffd了一个字，其余都在，可以读懂。"),
    ],
)
def test_what_is_an_article_passes_as_the_same_object(article: Article) -> None:
    assert check_article(article) is article


def test_a_table_of_short_cells_is_no_menu() -> None:
    names = ("首页", "更多", "登录", "注册", "打印", "关闭", "搜索", "返回")
    rows = "\n".join(f"{name}\t2019-08-16" for name in names)
    article = Article("u", "一览表", (Block("table", rows),))
    assert check_article(article) is article
