"""Reading source files: what is wrong is said in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.catalogue import Catalogue
from model.errors import SourceError

FAMILY = "id: trs\ntitle: TRS WCM\nlisting: {rows: 'li', pager: {reader: trs}}\n"
SOURCE = """\
id: qinghe
title: 清河
organisation: {name: 清河市住建局, kind: government, region: 510400}
column: 他山之石
family: trs
start: http://qinghe.test/tszs/
evidence: {seen: 2026-11-25, where: here, certainty: certain}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "families").mkdir()
    (tmp_path / "families" / "trs.yml").write_text(FAMILY, encoding="utf-8")
    (tmp_path / "qinghe.yml").write_text(SOURCE, encoding="utf-8")
    return tmp_path


def test_a_source_takes_from_its_family_what_it_does_not_say(folder: Path) -> None:
    path = folder / "qinghe.yml"
    path.write_text(SOURCE + "listing: {follow: 't\\d+_\\d+'}\n", encoding="utf-8")
    source = Catalogue(folder).source("qinghe")
    assert str(source.listing.rows[0]) == "css li"
    assert source.listing.pager.reader == "trs"
    assert source.listing.follow == ("t\\d+_\\d+",)
    assert source.organisation.region == "510400"
    assert source.status == "unproven"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SOURCE + "familly: x\n", ["familly", "did you mean family?"]),
        (SOURCE + "listing: {row: li}\n", ["listing.row", "did you mean rows?"]),
        (SOURCE + "article: [{tittle: h1}]\n", ["article.0.tittle", "did you mean title?"]),
        (SOURCE.replace("column: 他山之石\n", ""), ["column", "missing"]),
        (SOURCE.replace("family: trs", "family: tsr"), ["family", "did you mean trs?"]),
        (SOURCE.replace("id: qinghe", "id: other"), ["id", "expected qinghe"]),
        (SOURCE.replace("government", "church"), ["organisation.kind", "church"]),
        (SOURCE + "listing: {follow: '('}\n", ["listing.follow", "regular expression"]),
        (SOURCE.replace("http://", "file://"), ["start"]),
        ("a: [1\n", ["qinghe.yml:2", "not YAML"]),
        ("- a\n", ["expected keys and values"]),
    ],
)
def test_a_wrong_file_is_one_line_with_file_and_key(
    folder: Path, text: str, words: list[str]
) -> None:
    (folder / "qinghe.yml").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as error:
        Catalogue(folder).source("qinghe")
    line = str(error.value)
    assert "\n" not in line
    assert "qinghe.yml" in line
    for word in words:
        assert word in line


def test_bytes_that_are_no_text_are_one_line(folder: Path) -> None:
    (folder / "qinghe.yml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourceError, match=r"qinghe\.yml: cannot be read"):
        Catalogue(folder).source("qinghe")


def test_an_unknown_name_gets_the_nearest(folder: Path) -> None:
    with pytest.raises(SourceError, match="did you mean qinghe"):
        Catalogue(folder).source("qinhe")


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such folder"):
        Catalogue(tmp_path / "none").names()
