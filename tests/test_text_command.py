"""tashan text: texts of other corpora repaired and converted on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commands.text import text

ROOT = Path(__file__).resolve().parent.parent
DAMAGED = "業(yè)務(wù)統(tǒng)籌開展，國(guó)家發(fā)展學(xué)會(huì)(試行)\n"
WHOLE = "業務統籌開展，國家發展學會(試行)\n"


def run(*arguments: str, given: bytes = b"") -> Result:
    return CliRunner().invoke(text, arguments, input=given)


def test_repair_gives_the_text_before_the_damage_in_its_script() -> None:
    done = run("repair", given=DAMAGED.encode())
    assert (done.exit_code, done.stdout, done.stderr) == (0, WHOLE, "")


def test_repair_reports_every_edit_as_json(tmp_path: Path) -> None:
    file = tmp_path / "damaged.txt"
    file.write_bytes(("\r\n" + DAMAGED.replace("\n", "\r\n")).encode())
    done = run("repair", str(file), "--report")
    assert done.stdout_bytes == ("\r\n" + WHOLE.replace("\n", "\r\n")).encode()
    report = json.loads(done.stderr)
    assert report["input"] == str(file)
    assert (report["encoding"], report["family"]) == ("utf-8", "A")
    given = file.read_bytes().decode()
    for edit in report["edits"]:
        start = edit["offset"]
        assert given[start : start + len(edit["before"])] == edit["before"]
    assert len(report["edits"]) == 7


def test_clean_text_comes_out_byte_for_byte() -> None:
    given = "业主(yèzhǔ)、甪(lù)直、公司(Company)，(2019)。\r\n第二行\n没有行尾".encode()
    assert run("repair", given=given).stdout_bytes == given
    assert run("convert", "--to", "hans", given=given).stdout_bytes == given


def test_by_line_every_line_is_a_document() -> None:
    done = run("repair", "--by-line", "--report", given=f"干净的一行\n{DAMAGED}完".encode())
    assert done.stdout == f"干净的一行\n{WHOLE}完"
    reports = [json.loads(line) for line in done.stderr.splitlines()]
    assert [report["line"] for report in reports] == [2]


@pytest.mark.parametrize(
    ("to", "made"),
    [
        ("hans", "后来在里面着重说"),
        ("hant", "後來在裏面着重說"),
        ("tw", "後來在裡面著重說"),
        ("hk", "後來在裏面着重説"),
    ],
)
def test_convert_to_each_script(to: str, made: str) -> None:
    assert run("convert", "--to", to, given="后来在里面着重说".encode()).stdout == made


def test_convert_reports_what_changed() -> None:
    done = run("convert", "--to", "hans", "--report", given="隨著時間，時時\n".encode())
    assert done.stdout == "随着时间，时时\n"
    assert json.loads(done.stderr) == {
        "input": "standard input",
        "encoding": "utf-8",
        "characters": 8,
        "script": "hant",
        "to": "hans",
        "changes": {"時→时": 3, "隨→随": 1, "著→着": 1, "間→间": 1},
    }


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_the_encoding_is_told_by_the_bytes(codec: str) -> None:
    given = "abc\n" * 3 + "隨時間過去\n"
    done = run("convert", "--to", "hans", given=given.encode(codec))
    assert (done.exit_code, done.stdout) == (0, given.replace("隨時間過", "随时间过"))


def test_a_large_input_is_read_piece_by_piece_across_characters() -> None:
    line = "隨時間過去，社區發展\n"
    given = ("a" * 7 + line * 60_000).encode()
    done = run("convert", "--to", "hans", given=given)
    assert done.stdout == "a" * 7 + "随时间过去，社区发展\n" * 60_000
    ascii_first = (b"plain\n" * 300_000) + line.encode("gb18030")
    assert run("convert", "--to", "hans", given=ascii_first).stdout.endswith("社区发展\n")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "holds binary data, a text is expected"),
        (b"abc\xe4\xb8\xff\xff", "neither UTF-8 nor GB 18030: byte 6 fits no character"),
        ("好\n".encode() * 400_000 + b"\xff\xff", "not UTF-8: byte 1,600,001 fits no character"),
        ("好".encode() + b"\xe4\xb8", "fits no character"),
    ],
)
def test_what_is_no_text_is_one_line_and_exit_code_2(given: bytes, said: str) -> None:
    for command in (("repair",), ("convert", "--to", "tw")):
        done = run(*command, given=given)
        assert done.exit_code == 2
        assert said in done.stderr
        assert done.stderr.count("\n") == 1


def test_a_missing_file_and_a_folder_are_exit_code_2(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        done = run("repair", str(path))
        assert done.exit_code == 2
        assert str(path) in done.stderr


def test_an_output_that_nobody_reads_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text("随着时间过去\n" * 200_000, encoding="utf-8")
    program = "from commands.text import text; text()"
    with subprocess.Popen(
        [sys.executable, "-c", program, "convert", "--to", "tw", str(file)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().decode() == "隨著時間過去\n"
        process.stdout.close()
        said = process.stderr.read().decode()
    assert process.returncode == 2
    assert said == "Error: standard output was closed before everything was written\n"
