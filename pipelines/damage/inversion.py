"""Undoes on one line what was done to its bytes: annotations inside characters, lost halves.

The damaged line is the image of GBK bytes into which annotations were written and which were cut
at punctuation and decoded two by two. Reading it back, bytes are known wherever a character
shows; at a ``?`` one or two are lost, and each thing that may have been there opens a path of its
own (openings.py). Paths are weighed by a language model, run side by side and fall together as
soon as they agree on alignment and recent text. Where only one reading is possible, and that is
nearly everywhere, nothing is weighed.
"""

from __future__ import annotations

import re
from collections import Counter

from . import notation
from .candidates import LOST
from .habits import Effort, Habits
from .language import EDGE, language
from .line import BROKEN_OFF
from .openings import Openings
from .paths import REMEMBERED, Path, Step, settle
from .stripping import Change
from .tables import encoded

WIDTH, ABREAST = 20, 8  # paths kept at one place, in all and for each alignment
FALLEN_BEHIND = 16.0  # logarithm by which a path may be less likely than the best
SURE = 3.0  # margin from which a choice counts as certain
DOUBTED = 3  # paths at one place for which bytes dropped without a trace are considered
LONGEST_DOUBT = 240  # characters after which paths that still do not agree are decided
_LONG = 100  # characters of a step that is made no longer
_AGREEING = 5  # characters of recent text on which paths that are not weighed must agree

_USUAL = re.compile(rf"[?\ufffd]{{4,}}|[?\ufffd？]|\(({notation.READING})\)")
_UNUSUAL = re.compile(rf"[?\ufffd]{{4,}}|[?\ufffd？]|{notation.ANY.pattern}")
_ORPHAN = re.compile(rf"？{notation.READING}[)）]|\((?<=[!-~]\(){notation.READING}\)")


def is_broken(line: str) -> bool:
    """Whether a line of family A shows signs of split characters: stripping is not enough."""
    return "?" in line or "\ufffd" in line or _ORPHAN.search(line) is not None


def invert(
    line: str, habits: Habits, family: str, effort: Effort, start: int = 0, *, last: bool = False
) -> list[Change]:
    """The changes that make a line of family A whole, from left to right.

    ``line`` holds no newline or tab; ``start`` is added to the offsets; ``last`` says that the
    text ends with this line, perhaps cut off inside an annotation. When the effort is spent,
    whatever is not certain counts as lost.
    """
    openings = Openings(line, habits, family, effort, last=last)
    token = _USUAL if notation.is_usual(line) else _UNUSUAL
    waiting: dict[int, list[Path]] = {0: [Path()]}
    since = 0  # where the paths parted that are on their way
    while True:
        at = min(waiting)
        here = waiting.pop(at)
        if at >= len(line):
            here = _settled([_ended(path, line) for path in here], 1)
            break
        doubt = effort.left > 0 and (waiting or at - since < LONGEST_DOUBT)
        here = _settled(here, WIDTH if doubt else 1)
        if len(here) == 1 and not waiting:
            since = at
            here[0].memory = None
            if here[0].half < 0:
                _skip(here[0], line, token, openings)
                if here[0].at >= len(line):
                    break
        for rank, path in enumerate(here):
            moves = openings.moves(path, doubting=rank < DOUBTED)
            if len(moves) > 1:
                path.begin()
                effort.left -= len(moves)
            for move in moves:
                grown = path.grown(line, *move)
                if path.memory is None:
                    _shorten(grown)
                waiting.setdefault(grown.at, []).append(grown)
    return _changes(here[0].steps, line, start)


def _skip(path: Path, line: str, token: re.Pattern[str], openings: Openings) -> None:
    """Takes a lone, aligned path to the next ``?`` that may be more than a question mark."""
    while (found := token.search(line, path.at)) is not None:
        at = found.start()
        _read_on(path, line, at)
        if len(found[0]) > 3 and found[1] is None:
            _read_on(path, line, found.end())
            continue
        if found[0] in "?\ufffd？":
            if not openings.is_plain_question(path):
                return
            _read_on(path, line, at + 1)
            continue
        reading = notation.reading(found[1])
        if openings.belongs(path, reading):
            path.steps = Step(path.steps, at, found.end(), "", "annotation")
            path.at = found.end()
        else:
            _read_on(path, line, found.end())
    _read_on(path, line, len(line))
    if openings.last and (cut := openings.cut_at_end(path)) is not None:
        path.steps = Step(path.steps, *cut, "", "cut")


def _read_on(path: Path, line: str, end: int) -> None:
    """Takes the line as it is up to ``end``."""
    if end <= path.at:
        return
    table = encoded()
    passed = line[max(path.at, end - REMEMBERED) : end]
    path.tail = (path.tail + passed)[-REMEMBERED:]
    final = table.get(passed[-1], -1)
    if passed[-1] < "\x80":
        before = table.get(passed[-2], -1) if len(passed) > 1 else path.raw
        final = -1 if before < 0 else (before & 0xFF) << 8 | ord(passed[-1])
    path.raw = final
    path.at = end


def _ended(path: Path, line: str) -> Path:
    """The path at the end of the line, where no half of a character can be pending."""
    if path.half >= 0:
        path = path.grown(line, path.at, LOST, -1, -1, "lost", BROKEN_OFF)
    if path.memory is not None:
        path.memory = language().extend(path.memory, EDGE)
        path.score = path.bonus + path.memory.total
    return path


def _shorten(path: Path) -> None:
    """Makes one step of the last two of a lone path, so that a long run takes little room."""
    two = path.steps
    one = two.parent if two is not None else None
    if two is None or one is None or one.end != two.start or len(one.text) > _LONG:
        return
    if one.margin == two.margin:
        rule = max(one.rule, two.rule, key=_RULES.index)
        path.steps = Step(one.parent, one.start, two.end, one.text + two.text, rule, two.margin)


def _settled(paths: list[Path], width: int) -> list[Path]:
    """The paths worth going on with, the likeliest first; those that agree have become one."""
    if len(paths) == 1:
        return paths
    paths.sort(key=lambda path: -path.score)
    best = paths[0]
    kept: dict[tuple[int, int, str, str], Path] = {}
    aligned: Counter[int] = Counter()  # each alignment has its own paths: one will prove right
    for path in paths:
        end = path.memory.end if path.memory is not None else path.tail[-_AGREEING:]
        key = (path.half, path.raw, path.tail[-1:], end)
        winner = kept.get(key)
        room = len(kept) < width and aligned[path.half] < ABREAST
        if winner is None and room and path.score > best.score - FALLEN_BEHIND:
            kept[key] = path
            aligned[path.half] += 1
        else:
            settle(winner or best, path)
    return list(kept.values())


def _changes(step: Step | None, line: str, start: int) -> list[Change]:
    """The steps of a path as changes; pieces of one shifted run are one change."""
    runs: list[list[Step]] = []
    while step is not None:
        if runs and step.end == runs[-1][-1].start:
            runs[-1].append(step)
        else:
            runs.append([step])
        step = step.parent
    made = []
    for run in reversed(runs):
        first, end = run[-1].start, run[0].end
        text = "".join(piece.text for piece in reversed(run))
        made.append(
            Change(
                start + first,
                line[first:end],
                text,
                all(piece.margin >= SURE for piece in run) and "\ufffd" not in text,
                max((piece.rule for piece in run), key=_RULES.index),
            )
        )
    return made


_RULES = ("annotation", "cut", "split", "guess", "dropped", "lost")
