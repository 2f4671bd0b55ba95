"""Citations: the forms as their standards want them, whatever a page put into a title."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs

import hard_archive
import pytest
from click.testing import CliRunner
from hard_archive import TITLES
from hypothesis import given
from hypothesis import strategies as st

from archive import Archive
from archive.reading import Reading
from commands.cite import cite as command
from exports import citation, record
from exports.record import Record
from model.errors import ChoiceError

hard_path, hard = hard_archive.hard_path, hard_archive.hard
DAY = date(2026, 11, 25)
NEWS = Record(
    key="b7nbm6vcrhwj4",
    title="清河市推行物业服务“四公开”",
    url="http://qinghe.test/a/1?id=3&p=2",
    published="2026-08-16T10:27",
    author="李明、王芳",
    outlet="清河日报",
    organisation="清河市物业管理协会",
    script="hans",
)


def changed(**values: str) -> Record:
    return Record(**{name: getattr(NEWS, name) for name in NEWS.__dataclass_fields__} | values)


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        (
            {},
            "李明, 王芳. 清河市推行物业服务“四公开”[EB/OL]. 清河日报, 2026(2026-08-16)"
            "[2026-11-25]. http://qinghe.test/a/1?id=3&p=2. 他山: b7nbm6vcrhwj4.",
        ),
        (
            {"author": ""},
            "清河日报. 清河市推行物业服务“四公开”[EB/OL]. (2026-08-16)[2026-11-25]. "
            "http://qinghe.test/a/1?id=3&p=2. 他山: b7nbm6vcrhwj4.",
        ),
        (
            {"author": "", "outlet": "", "title": "关于加装电梯的通知", "published": "2019",
             "issuer": "清河市住建局", "document_number": "清建〔2019〕3号", "organisation": "",
             "url": "http://zjj.test/1"},
            "清河市住建局. 关于加装电梯的通知：清建〔2019〕3号[EB/OL]. (2019)[2026-11-25]. "
            "http://zjj.test/1. 他山: b7nbm6vcrhwj4.",
        ),
        (
            {"author": "甲、乙、丙、丁", "published": "", "outlet": "", "url": "http://q.test/"},
            "甲, 乙, 丙, 等. 清河市推行物业服务“四公开”[EB/OL]. 清河市物业管理协会[2026-11-25]. "
            "http://q.test/. 他山: b7nbm6vcrhwj4.",
        ),
        (
            {"author": "", "outlet": "", "organisation": "", "published": "", "url": "http://q.test/"},
            "清河市推行物业服务“四公开”[EB/OL]. [2026-11-25]. http://q.test/. 他山: b7nbm6vcrhwj4.",
        ),
    ],
)  # fmt: skip
def test_gbt7714(values: dict[str, str], wanted: str) -> None:
    assert citation.gbt7714(changed(**values), DAY) == wanted


def test_bibtex() -> None:
    assert citation.bibtex(NEWS, DAY) == (
        "@misc{tashan-b7nbm6vcrhwj4,\n"
        "  author = {{李明} and {王芳}},\n"
        "  title = {{清河市推行物业服务“四公开”}},\n"
        "  year = {2026},\n"
        "  month = {8},\n"
        "  date = {2026-08-16},\n"
        "  howpublished = {清河日报},\n"
        "  organization = {清河市物业管理协会},\n"
        "  url = {http://qinghe.test/a/1?id=3&p=2},\n"
        "  urldate = {2026-11-25},\n"
        "  language = {chinese},\n"
        "  note = {他山 Tashan: b7nbm6vcrhwj4},\n"
        "}\n"
    )


def test_bibtex_escapes() -> None:
    made = citation.bibtex(changed(title="100% & {a}_b \\x #1 $2 ~^"), DAY)
    assert (
        r"title = {{100\% \& \{a\}\_b \textbackslash{}x \#1 \$2 "
        r"\textasciitilde{}\textasciicircum{}}}" in made
    )


@given(st.text(), st.text())
def test_bibtex_braces_are_balanced_and_the_key_is_ascii(title: str, author: str) -> None:
    made = citation.bibtex(changed(title=title, author=author), DAY)
    plain = re.sub(r"\\[{}]", "", made)
    depth = 0
    for sign in plain:
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0
    assert made.splitlines()[0].isascii()
    assert made.count("\n") == len(made.split("\n")) - 1


@given(st.text(), st.text())
def test_ris_lines_are_tags_and_values(title: str, outlet: str) -> None:
    made = citation.ris(changed(title=title, outlet=outlet), DAY)
    *lines, end = made.split("\r\n")
    assert end == ""
    assert lines[0] == "TY  - ELEC"
    assert lines[-1] == "ER  - "
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) and "\n" not in line for line in lines)


def test_ris() -> None:
    lines = citation.ris(NEWS, DAY).splitlines()
    assert lines == [
        "TY  - ELEC", "AU  - 李明", "AU  - 王芳", "TI  - 清河市推行物业服务“四公开”",
        "T2  - 清河日报", "PB  - 清河市物业管理协会", "PY  - 2026", "DA  - 2026/08/16/",
        "Y2  - 2026/11/25/", "UR  - http://qinghe.test/a/1?id=3&p=2", "LA  - zh-Hans",
        "DB  - 他山 Tashan", "AN  - b7nbm6vcrhwj4", "ID  - tashan-b7nbm6vcrhwj4", "ER  - ",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("published", "parts"),
    [("2026-08-16T10:27", [2026, 8, 16]), ("2026-08", [2026, 8]), ("2026", [2026]), ("", None)],
)
def test_csl_json(published: str, parts: list[int] | None) -> None:
    (item,) = json.loads(citation.csl_json(changed(published=published), DAY))
    assert item.get("issued") == ({"date-parts": [parts]} if parts else None)
    assert item["accessed"] == {"date-parts": [[2026, 11, 25]]}
    assert item["type"] == "webpage"
    assert item["author"] == [{"literal": "李明"}, {"literal": "王芳"}]
    assert item["container-title"] == "清河日报"
    assert (item["archive"], item["archive_location"]) == ("他山 Tashan", NEWS.key)


def test_zotero_reads_coins() -> None:
    found = re.fullmatch(r'<span class="Z3988" title="([^"<>]*)"></span>', citation.coins(NEWS))
    assert found
    told = parse_qs(html.unescape(found[1]))
    assert told["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:dc"]
    assert told["rft.title"] == [NEWS.title]
    assert told["rft.creator"] == ["李明", "王芳"]
    assert told["rft.identifier"] == [NEWS.url]
    assert told["rft.date"] == ["2026-08-16"]


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_coins_is_one_element_whatever_the_title(title: str) -> None:
    made = citation.coins(changed(title=title))
    assert re.fullmatch(r'<span class="Z3988" title="[^"<>]*"></span>', made)


def test_meta_tags() -> None:
    told = citation.meta_tags(NEWS)
    assert ("citation_title", NEWS.title) in told
    assert [value for name, value in told if name == "citation_author"] == ["李明", "王芳"]
    assert ("citation_publication_date", "2026/08/16") in told
    assert ("DC.identifier", NEWS.url) in told
    assert ("DC.language", "zh-Hans") in told
    assert all(value for _, value in told)


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("http://q.test/a b/物业.htm?x=1%20&y=二#三",
         "http://q.test/a%20b/%E7%89%A9%E4%B8%9A.htm?x=1%20&y=%E4%BA%8C#%E4%B8%89"),
        ("http://清河.test/1", "http://xn--7orx78c.test/1"),
        ("http://q.test/a\r\nb{c}|d", "http://q.test/ab%7Bc%7D%7Cd"),
    ],
)  # fmt: skip
def test_addresses_are_ascii(url: str, wanted: str) -> None:
    made = citation.address(changed(url=url))
    assert made.isascii()
    assert made.startswith("http://xn--") if "清河" in url else made == wanted


def test_records_are_found_by_key_and_by_number(hard: Archive) -> None:
    with Reading(hard) as reading:
        third = record.by_name(reading, "3")
        assert third is not None
        assert third.title == TITLES[2]
        assert (third.issuer, third.document_number) == ("清河市住建局", "清建〔2026〕3号")
        assert record.by_name(reading, third.key) == third
        assert record.by_name(reading, "nokey") is None
        assert record.by_name(reading, "9" * 30) is None
        newest = list(record.chosen(reading, 2))
    assert [found.title for found in newest] == ["百万字", TITLES[-1]]


@pytest.mark.parametrize("form", list(citation.FORMS))
def test_every_hard_title_in_every_form(hard: Archive, form: str) -> None:
    with Reading(hard) as reading:
        made = citation.several(record.chosen(reading), form, DAY)
    assert made.endswith("\n")
    if form == "gbt7714":
        assert len(made.splitlines()) == len(TITLES) + 1
    if form == "csl-json":
        assert len({item["id"] for item in json.loads(made)}) == len(TITLES) + 1


def run(db: Path, *words: str) -> str:
    result = CliRunner().invoke(command, words, obj=db)
    if result.exception:
        raise result.exception
    return result.output


def test_the_command(hard_path: Path) -> None:
    made = run(hard_path, "3", "4", "--accessed", "2026-11-25").splitlines()
    assert made[0].startswith("清河市住建局. -减：清建〔2026〕3号[EB/OL]. 清河日报, 2025(2025-07)")
    assert len(made) == 2
    with pytest.raises(ChoiceError, match="did you mean bibtex"):
        run(hard_path, "3", "--format", "bibtext")
    with pytest.raises(ChoiceError, match="no article has the key or number nix"):
        run(hard_path, "nix")
