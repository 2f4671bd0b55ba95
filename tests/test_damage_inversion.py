"""Lines with split characters, read back byte by byte."""

from __future__ import annotations

import pytest

from pipelines.damage import openings
from pipelines.damage.habits import Effort, Habits, habits
from pipelines.damage.inversion import invert, is_broken
from pipelines.damage.openings import Openings
from pipelines.damage.paths import Path, settle
from pipelines.damage.stripping import Change
from pipelines.damage.tables import encoded
from pipelines.repair import repair
from replica.damage import damage_a, to_traditional


def inverted(line: str, known: Habits | None = None, *, last: bool = False) -> list[Change]:
    return invert(line, known or habits(line), "A", Effort(line), last=last)


def applied(line: str, found: list[Change]) -> str:
    made, at = [], 0
    for change in found:
        made += [line[at : change.offset], change.after]
        at = change.offset + len(change.before)
    return "".join([*made, line[at:]])


@pytest.mark.parametrize(
    "clean",
    [
        "改变全球市场的发展",
        "专科医院的专业护士",
        "他知道这件事。然而，我们不知道。",
        "对称均匀",
        "科学家的职业和为产业服务的意识",
        "会议认识。科学；会议报告？现在！",
    ],
)
def test_a_line_is_read_back_from_its_bytes(clean: str) -> None:
    line = damage_a(clean)
    assert applied(line, inverted(line)) == to_traditional(clean)


@pytest.mark.parametrize("line", ["從省？桓實際出發", "是常識?；首迮c皇帝", "是常識?，F在的皇帝"])
def test_only_some_marks_are_signs_of_a_cut(line: str) -> None:
    changed = applied(line, inverted(line))
    assert (changed == line) == ("?" not in line)


def test_whole_lines_are_not_broken() -> None:
    assert not is_broken("業(yè)務(wù)中心(站)")
    assert is_broken("變?nèi)")
    assert is_broken("陌l(fā)展")


def test_one_run_of_shifted_characters_is_one_change() -> None:
    line = damage_a("改变全球市场的发展")
    runs = [change for change in inverted(line) if change.rule == "split"]
    assert len(runs) == 1
    assert runs[0].sure


def test_a_lost_digit_is_never_silent() -> None:
    (change,) = inverted("占總?cè)丝诘谋戎貫?7.9%")
    assert change.after.endswith("\ufffd")
    assert (change.sure, change.rule) == (False, "lost")


def test_without_effort_what_is_not_certain_counts_as_lost() -> None:
    line = "占總?cè)丝诘谋戎貫?7.9%"
    effort = Effort(line)
    effort.left = 0
    (change,) = invert(line, habits(line), "A", effort)
    assert change.after.startswith("人口的比重")
    assert (change.sure, change.rule) == (False, "lost")


def test_a_document_shows_its_habits() -> None:
    known = habits("業(yè)務(wù)中心,樂(yuè)府")
    assert (known.annotated, known.folded, known.dropped) == (frozenset("業務"), True, True)
    assert known.pairs >= {"业务", "务中", "乐府"}
    kept = habits("業務，中心\ue123")
    assert (kept.annotated, kept.folded, kept.dropped) == (frozenset(), False, False)


def test_a_swallowed_parenthesis_leaves_one_key() -> None:
    line = "當?shù)亟"
    path = Path(at=1, raw=encoded()["當"], tail="當")
    (move,) = Openings(line, habits(line), "A", Effort(line)).moves(
        path
    )  # 數 is 94B5, 當 ends in 94
    assert move[:3] == (6, "", 0xB5)


def test_a_question_mark_alone_has_no_other_reading() -> None:
    openings = Openings("真的?他說", Habits(), "A", Effort(""))
    assert openings.is_plain_question(Path(at=2, raw=encoded()["的"], tail="真的"))


def test_the_better_path_notes_by_how_much() -> None:
    line = "甲乙丙"
    start = Path()
    start.begin()
    better = start.grown(line, 1, "國", -1, -1, "guess")
    worse = start.grown(line, 1, "龘", -1, -1, "guess")
    settle(better, worse)
    assert better.steps is not None
    assert better.steps.margin == pytest.approx(better.score - worse.score)


HOSTILE = [
    "業(yè)務(wù)發(fā)展" + "(" * 4000,
    "業(yè)務(wù)發(fā)展" * 500,
    "業(yè)務(wù)發(fā)展" + "?" * 4000,
    "業(yè)務(wù)發(fā)展" + "漢?，漢" * 1000,
    "業(yè)務(wù)發(fā)展" + "變?nèi)" * 800,
    "業(yè)務(wù)發(fā)展變?nèi)" + "蚴袌龅" * 1000,
    "業(yè)務(wù)發(fā)展變?nèi)" + "\ue123" * 4000,
    "業(yè)務(wù)發(fā)展變?nèi)" + "蚴袌?7.9%" * 500,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_takes_work_in_proportion(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = 0
    moves = openings.Openings.moves

    def counted(self: openings.Openings, path, *, doubting=True):  # type: ignore[no-untyped-def]
        nonlocal tried
        found = moves(self, path, doubting=doubting)
        tried += len(found)
        return found

    monkeypatch.setattr(openings.Openings, "moves", counted)
    head, tail = text[:20], text[20:]
    repair(head + tail, family="A")
    once, tried = tried, 0
    repair(head + tail * 3, family="A")
    assert tried <= 3.5 * once + 1000
