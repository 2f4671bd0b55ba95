"""Bytes to text by evidence."""

from __future__ import annotations

import codecs

import pytest

from crawler.pages.decoding import decode

SAID = "全市物业服务企业要在小区显著位置公示收费标准，接受业主和社区的监督。"
TRADITIONAL = "全市物業服務企業要在小區顯著位置公示收費標準，接受業主和社區的監督。"


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030"])
@pytest.mark.parametrize("says", ["utf-8", "gb2312", "big5", "iso-8859-1", ""])
def test_what_the_bytes_are_wins_over_what_the_page_says(encoding: str, says: str) -> None:
    page = f'<meta charset="{says}"><p>{SAID}</p>'.encode(encoding)
    found = decode(page, f"text/html; charset={says}")
    assert SAID in found.text
    assert found.encoding == ("utf-8" if encoding == "utf-8" else "gb18030")
    assert found.replaced == 0


@pytest.mark.parametrize("says", ["big5", "gb2312", "utf-8", ""])
def test_big5_is_told_from_gb_18030(says: str) -> None:
    found = decode(f"<p>{TRADITIONAL}</p>".encode("big5"), f"text/html; charset={says}")
    assert TRADITIONAL in found.text
    assert found.encoding == "big5hkscs"


def test_gb2312_is_read_as_its_superset() -> None:
    page = f'<meta http-equiv="ContentType" charset=gb2312>{SAID}朱镕基、㛃、€'.encode("gb18030")
    found = decode(page)
    assert "朱镕基、㛃、€" in found.text
    assert found.replaced == 0


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_a_byte_order_mark_decides(mark: bytes, encoding: str) -> None:
    found = decode(mark + SAID.encode(encoding), "text/html; charset=gb2312")
    assert found.text == SAID
    assert found.encoding == encoding


def test_a_few_bad_bytes_do_not_change_the_codec() -> None:
    body = (SAID * 20).encode()
    found = decode(body[:31] + b"\xff\xfe" + body[31:] + "联系电话".encode("gbk"))
    assert found.encoding == "utf-8"
    assert 0 < found.replaced < 20
    assert found.text.count("物业服务企业") >= 19


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("cut", [1, 2, 3])
def test_half_a_character_at_the_end_is_no_damage(encoding: str, cut: int) -> None:
    found = decode((SAID * 3).encode(encoding)[:-cut])
    assert found.replaced == 0
    assert found.text.startswith(SAID)


def test_bad_bytes_in_gbk_are_counted() -> None:
    body = (SAID * 10).encode("gbk")
    found = decode(body[:40] + b"\xff\xff" + body[40:])
    assert found.encoding == "gb18030"
    assert found.replaced >= 1


@pytest.mark.parametrize("body", [b"", b"plain ascii", bytes(range(256)) * 50, b"\xff" * 1000])
def test_any_bytes_give_text(body: bytes) -> None:
    assert isinstance(decode(body, "text/html; charset=no-such-codec").text, str)
