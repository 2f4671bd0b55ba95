"""Which links are files, and what they are called."""

from __future__ import annotations

import pytest

from crawler.pages.attachments import find
from crawler.pages.parsing import parse
from model.article import Attachment

BASE = "http://a.test/zwgk/1.html"


def files(markup: str) -> list[tuple[str, str, str]]:
    root = parse(f"<html><body>{markup}</body></html>")
    links = root.iter("a", "file", "iframe", "embed", "object", "video", "source")
    found: tuple[Attachment, ...] = find(links, BASE)
    return [(file.url.removeprefix("http://a.test"), file.name, file.type) for file in found]


@pytest.mark.parametrize(
    ("markup", "file"),
    [
        (
            '<a href="./P020190816.docx">附件：1.申请表.docx</a>',
            ("/zwgk/P020190816.docx", "附件：1.申请表.docx", "docx"),
        ),
        (
            '<a href="/module/download/downfile.jsp?classid=0&filename=ab12.pdf">'
            "<img src=i.gif></a>",
            ("/module/download/downfile.jsp?classid=0&filename=ab12.pdf", "ab12.pdf", "pdf"),
        ),
        (
            '<a href="/system/_content/download.jsp?urltype=news.DownloadAttachUrl&wbfileid=7">'
            "名单.xls</a>",
            (
                "/system/_content/download.jsp?urltype=news.DownloadAttachUrl&wbfileid=7",
                "名单.xls",
                "xls",
            ),
        ),
        (
            '<a href="/document/download?fileUrl=%2Fa%2Fb.ofd">公告</a>',
            ("/document/download?fileUrl=%2Fa%2Fb.ofd", "公告", "ofd"),
        ),
        ('申请表：<a href="/a.wps">点击下载</a>', ("/a.wps", "申请表", "wps")),
        ('<file href="/f/1.doc">附件.doc</file>', ("/f/1.doc", "附件.doc", "doc")),
        (
            '<iframe src="/pdfjs/web/viewer.html?file=/papers/7.pdf"></iframe>',
            ("/papers/7.pdf", "7.pdf", "pdf"),
        ),
        (
            "<a href='#' onclick=\"window.open('/f/2.rar')\">资料.rar</a>",
            ("/f/2.rar", "资料.rar", "rar"),
        ),
        ('<a href="/%E8%A1%A8.xlsx">附件下载</a>', ("/%E8%A1%A8.xlsx", "表.xlsx", "xlsx")),
        ('<a href="/s/1.jpg">附件：扫描件</a>', ("/s/1.jpg", "附件：扫描件", "jpg")),
    ],
)
def test_files_have_name_and_type(markup: str, file: tuple[str, str, str]) -> None:
    assert files(markup) == [file]


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="/2019/2.html">下一篇</a>',
        '<a href="/a.jpg"><img src="/a.jpg"></a>',
        '<a href="javascript:window.print()">打印</a>',
        '<a href="/download/">下载中心</a>',
        '<iframe src="/frame.html"></iframe>',
        '<a href="file:///C:/a.doc">a.doc</a>',
    ],
)
def test_other_links_are_no_files(markup: str) -> None:
    assert files(markup) == []


def test_a_file_is_named_once() -> None:
    assert len(files('<a href="/a.doc">表.doc</a><a href="/a.doc">下载</a>')) == 1
