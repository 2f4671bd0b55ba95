"""An archive with one of everything the reading room shows, the hostile included, and a visitor."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from archive import Archive
from archive.runs import Counts, Past
from model.article import Article, Attachment, Damage, Document, Edit, Image, When
from model.body import Block
from model.snapshot import Snapshot
from model.source import Source

ASSOCIATION, GOVERNMENT = "qinghe-jyjl", "yunxi-zcfg"
CITIES = ["清河", "云溪", "江州", "宁川", "滨河", "白山"]
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><b>粗</b>"

HAND_MADE = {
    "table": Article(
        url="http://yunxi.test/dj",
        title="云溪市住宅物业服务等级标准",
        body=(
            Block("heading", "一、总则", 2),
            Block("paragraph", "为推行“质价相符”，制定本标准。"),
            Block("heading", "二、等级", 2),
            Block("table", "项目\t一级\t二级\n保洁（次/周）\t1\t2"),
            Block("heading", "三、附则", 2),
            Block("item", "自发布之日起施行。"),
        ),
        published=When("2021-03-05", "day", "label"),
        document=Document(
            number="云建〔2021〕7号", issuer="云溪市住房和城乡建设局", signed="2021-03-01"
        ),
        attachments=(
            Attachment("http://yunxi.test/a.doc", "等级标准.doc", "doc"),
            Attachment("javascript:alert(3)", "点我", "doc"),
        ),
        wording="table",
    ),
    "pictures": Article(
        url="http://qinghe.test/tu",
        title="清河市：一张图看懂电梯加装",
        body=(
            Block("paragraph", "加装电梯分五步走。"),
            Block("image", "流程图", link="http://pictures.test/a.png"),
            Block("image", "", link="javascript:alert(4)"),
        ),
        images=(
            Image("http://pictures.test/a.png", "a.png", "流程图"),
            Image("javascript:alert(4)"),
        ),
        published=When("2022-05-01", "day", "label"),
        wording="pictures",
    ),
    "damaged": Article(
        url="http://qinghe.test/sun",
        title="业主协会的经验",
        title_original="業(yè)主協(xié)會(huì)的經(jīng)驗(yàn)",
        body=(Block("paragraph", "业主协会请不了为难的人，只好自己动手。"),),
        body_original="業(yè)主協(xié)會(huì)請不了爲(wèi)難的人，只好自己動手。",
        published=When("2019-08-16T10:27", "minute", "label"),
        damage=Damage(
            "A",
            0.87,
            (
                Edit("body", 1, "(yè)", "", True, "annotation"),
                Edit("body", 6, "(xié)", "", True, "annotation"),
                Edit("body", 12, "(huì)", "", True, "annotation"),
                Edit("body", 20, "爲(wèi)", "爲", False, "guess"),
            ),
        ),
        script="hant",
        wording="damaged",
    ),
    "revised": Article(
        url="http://qinghe.test/gai",
        title="清河市推行物业服务“四公开”",
        body=(
            Block("paragraph", "近日，清河市要求全市小区公开服务标准。"),
            *(Block("paragraph", f"第{n}批小区已经完成公示。") for n in "一二三四五"),
            Block("paragraph", "首批六十二个小区已经完成公示。"),
        ),
        published=When("2023-09-01", "day", "label"),
        wording="revised-1",
    ),
    "empty": Article(
        url="http://yunxi.test/fj",
        title="关于印发管理规约示范文本的通知",
        attachments=(Attachment("http://yunxi.test/b.pdf", "示范文本.pdf", "pdf"),),
        body_kind="attachment",
        published=When("2020", "year", "url"),
        wording="empty",
    ),
    "withdrawn": Article(
        url="http://yunxi.test/che",
        title="关于停止执行部分文件的通知",
        body=(Block("paragraph", "下列文件停止执行。"),),
        wording="withdrawn",
    ),
    "evil": Article(
        url="javascript:alert(5)",
        title=f"恶意标题{EVIL}",
        body=(Block("paragraph", f"恶意正文{EVIL} [点](javascript:alert(6))"),),
        kicker=EVIL,
        subtitle=EVIL,
        outlet=EVIL,
        author=EVIL,
        editor=EVIL,
        column=EVIL,
        breadcrumb=(EVIL,),
        published=When("2018-01-01", "day", "label"),
        document=Document(*[EVIL] * 8),
        attachments=(Attachment(f"http://x.test/{EVIL}", EVIL, EVIL),),
        images=(Image("http://x.test/'><script>", EVIL, EVIL),),
        wording="evil",
    ),
}


def make_source(name: str) -> Source:
    """One of the two sources."""
    government = name == GOVERNMENT
    organisation = "云溪市住房和城乡建设局" if government else "清河市物业管理协会"
    return Source.model_validate(
        {
            "id": name,
            "title": f"{organisation} · {'政策法规' if government else '经验交流'}",
            "organisation": {
                "name": organisation,
                "kind": "government" if government else "association",
                "region": "440100" if government else "510400",
            },
            "column": "政策法规" if government else "经验交流",
            "family": "asp",
            "start": f"http://{'yunxi' if government else 'qinghe'}.test/list.asp",
            "evidence": {"seen": "2026-11-25", "where": "tests", "certainty": "certain"},
            "status": "enabled",
        }
    )


def plain_articles(number: int) -> Iterator[Article]:
    """Ordinary articles of the years 2015 to 2024; every third speaks of 养老."""
    for n in range(number):
        city, topic = CITIES[n % len(CITIES)], "居家养老" if n % 3 == 0 else "老旧小区改造"
        body = f"近日，{city}市{topic}工作取得新进展，物业服务企业参与其中，居民满意度提高。"
        yield Article(
            url=f"http://qinghe.test/a/{n}",
            title=f"{city}市{topic}的第{n}条经验",
            body=(Block("paragraph", body), Block("paragraph", f"这是第{n}号材料。" * 20)),
            published=When(f"{2015 + n % 10}-{n % 12 + 1:02}-15", "day", "label"),
            outlet=f"{city}日报",
            wording=f"plain-{n}",
        )


def make(path: Path, articles: int = 60) -> dict[str, str]:
    """Writes the archive; gives the keys of the articles of HAND_MADE by their names."""
    clock = lambda: datetime(2026, 11, 24, 18, 0, tzinfo=UTC)  # noqa: E731
    association, government = make_source(ASSOCIATION), make_source(GOVERNMENT)
    with Archive.write(path, clock) as archive, archive.writing():
        for source in (association, government):
            archive.runs.describe(source)
        for article in plain_articles(articles):
            archive.articles.add(association, article.url, article, [page(article.url)])
        numbers = {}
        for name, article in HAND_MADE.items():
            source = government if "yunxi" in article.url else association
            url = f"http://made.test/{name}"
            numbers[name] = archive.articles.add(source, url, article, [page(article.url)])
        reprint = replace(HAND_MADE["table"], url="http://qinghe.test/zz", outlet="清河日报")
        archive.articles.add(association, reprint.url, reprint, [page(reprint.url)])
        _revise(archive, association)
        archive.articles.withdraw("http://made.test/withdrawn")
        _runs(archive)
        return {
            name: archive.db.table("articles").get(number)["key"]
            for name, number in numbers.items()
        }


def page(url: str) -> Snapshot:
    """A raw page in GB 18030 with everything a page may do to its reader."""
    html = (
        '<html><head><title>标题</title><script>alert(7)</script></head><body onload="alert(8)">'
        "<h1>原始页面</h1><p>正文&amp;文字</p><iframe src=//x></iframe><!-- 注释 --><p>尾</p>"
    )
    headers = {"Content-Type": "text/html; charset=gb2312"}
    return Snapshot(url, html.encode("gb18030"), "2026-11-24T18:00:00Z", 200, headers)


def _revise(archive: Archive, source: Source) -> None:
    url = "http://made.test/revised"
    known = archive.articles.find(source.id, url, "revised-1")
    assert known is not None
    old = HAND_MADE["revised"]
    blocks = (*old.body[:-1], Block("paragraph", "首批六十三个小区已经全部完成公示。"))
    new = replace(old, body=blocks, wording="revised-2")
    archive.articles.revise(source, url, known, "wording", new, [page(url)])


def _runs(archive: Archive) -> None:
    for verdict, note in (("healthy", ""), ("thin", "3 rows on the first page, usually 20")):
        run = archive.runs.begin("tashan nightly")
        past = Past(20, {}, 300.0)
        archive.runs.record(run, ASSOCIATION, Counts(60, 60, 1, 0, 0, 0, 70), past, verdict, note)
        archive.runs.record(run, GOVERNMENT, Counts(3, 3, 0, 0, 0, 0, 5), past, "healthy")
        archive.runs.problem(run, ASSOCIATION, verdict, f"{note}{EVIL}", "javascript:alert(9)")
        archive.runs.finish(run, "good" if verdict == "healthy" else "bad")


class Visitor:
    """Asks a Datasette in this process, over HTTP's own messages."""

    def __init__(self, *files: Path, **options: Any) -> None:
        self._loop = asyncio.new_event_loop()
        self.datasette = Datasette([str(file) for file in files], **options)
        self._loop.run_until_complete(self.datasette.invoke_startup())

    def get(self, path: str, **options: Any) -> Any:
        """The answer to a GET."""
        return self._loop.run_until_complete(self.datasette.client.get(path, **options))

    def text(self, path: str, **options: Any) -> str:
        """The text of a page that must be there."""
        answer = self.get(path, **options)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:500])
        text: str = answer.text
        return text

    def ask(self, method: str, path: str, **options: Any) -> Any:
        """The answer to another method."""
        return self._loop.run_until_complete(
            getattr(self.datasette.client, method)(path, **options)
        )

    def close(self) -> None:
        """Ends the loop; what runs in it ends too."""
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("room") / "archive.db"
    return {"path": path, **make(path)}


@pytest.fixture(scope="module")
def room(keys: dict[str, Any]) -> Iterator[Visitor]:
    visitor = Visitor(keys["path"])
    yield visitor
    visitor.close()


def total(page: str) -> int:
    found = re.search(r'class="total">(?:共 )?([\d,]+)', page)
    assert found, page[:2000]
    return int(found[1].replace(",", ""))
