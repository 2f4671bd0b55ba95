"""A disk that loses power: what was synced is there; of the rest anything may be, in any order."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

SECTOR = 512  # bytes that a disk writes whole or not at all
_KEEPING = (0.1, 0.5, 0.9)  # how much of what was not synced has reached the disk


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes written into a file; files are numbered, whatever their names."""

    file: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncated:
    """A file that was made shorter, or longer with zeros."""

    file: int
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """What was written into a file is on the disk now."""

    file: int


@dataclass(frozen=True, slots=True)
class Named:
    """Names that a file was given or that are gone (None), all of them in one step."""

    names: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Settled:
    """The names in the folder are on the disk now."""


Step = Written | Truncated | Synced | Named | Settled


@dataclass(slots=True)
class _File:
    safe: bytearray = field(default_factory=bytearray)
    pending: list[Written | Truncated] = field(default_factory=list)


class Disk:
    """One folder of a disk. ``contents``: by name, what is safe there at the beginning.

    Names of one file have the same object as content, here and in what ``whole`` and ``cut`` give.
    As SQLite supposes of disks, a sector that is being written harms no bytes beside those
    written (SQLITE_IOCAP_POWERSAFE_OVERWRITE), and a file is given a new name whole or not at all.
    """

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self._names = numbered(contents)
        self._files = {n: _File(bytearray(contents[name])) for name, n in self._names.items()}
        self._pending: list[Named] = []

    def take(self, step: Step) -> None:
        """One more step of whoever writes."""
        if isinstance(step, Written | Truncated):
            self._files[step.file].pending.append(step)
        elif isinstance(step, Synced):
            file = self._files[step.file]
            for change in file.pending:
                _apply(file.safe, change)
            file.pending.clear()
        elif isinstance(step, Named):
            for number in step.names.values():
                if number is not None:
                    self._files.setdefault(number, _File())
            self._pending.append(step)
        else:
            self._names = _named(self._names, self._pending)
            self._pending.clear()

    def whole(self) -> dict[str, bytes]:
        """What the machine sees while it has power: name and content."""
        names = _named(self._names, self._pending)
        held = {number: _all(self._files[number]) for number in set(names.values())}
        return {name: held[number] for name, number in names.items()}

    def cut(self, chance: random.Random) -> dict[str, bytes]:
        """What is there after a power cut at this moment: name and content."""
        names = _named(self._names, _some(self._pending, chance))
        left = {number: _left(self._files[number], chance) for number in set(names.values())}
        return {name: left[number] for name, number in names.items()}


def numbered(contents: Mapping[str, bytes]) -> dict[str, int]:
    """The file of each name, counted from 0; the same object is the same file.

    Empty files are told apart all the same: Python has one empty object for all of them.
    """
    keys = {name: id(data) if data else name for name, data in contents.items()}
    order = list(dict.fromkeys(keys.values()))
    return {name: order.index(key) for name, key in keys.items()}


def _named(names: Mapping[str, int], pending: list[Named]) -> dict[str, int]:
    made = dict(names)
    for step in pending:
        for name, number in step.names.items():
            if number is None:
                made.pop(name, None)
            else:
                made[name] = number
    return made


def _some(pending: list[Named], chance: random.Random) -> list[Named]:
    """Steps that reached the disk: those up to one moment, the last alone, or any."""
    manner = chance.choice(("in order", "last", "any"))
    if manner == "in order":
        return pending[: chance.randint(0, len(pending))]
    if manner == "last":
        return pending[-1:]
    keeping = chance.choice(_KEEPING)
    return [step for step in pending if chance.random() < keeping]


def _all(file: _File) -> bytes:
    made = bytearray(file.safe)
    for change in file.pending:
        _apply(made, change)
    return bytes(made)


def _left(file: _File, chance: random.Random) -> bytes:
    """A file after the cut.

    Nothing or everything of what was not synced, what was written up to some moment and a part
    of the next write, or any sectors of all of it; an older write of a sector may be the last.
    """
    manner = chance.choice(("nothing", "everything", "in order", "any", "any"))
    if manner == "nothing" or not file.pending:
        return bytes(file.safe)
    if manner == "everything":
        return _all(file)
    made = bytearray(file.safe)
    grown = chance.random() < 0.5  # the size reached the disk, the bytes did not
    keeping = chance.choice(_KEEPING)
    last = chance.randrange(len(file.pending)) if manner == "in order" else -1
    for number, change in enumerate(file.pending):
        if number < last:
            _apply(made, change)
        elif last in (number, -1):
            _tear(made, change, keeping, grown, chance)
    return bytes(made)


def _tear(
    made: bytearray,
    change: Written | Truncated,
    keeping: float,
    grown: bool,
    chance: random.Random,
) -> None:
    if isinstance(change, Truncated):
        if chance.random() < keeping:
            _apply(made, change)
        return
    start, end = change.offset, change.offset + len(change.data)
    while start < end:
        after = min(end, (start // SECTOR + 1) * SECTOR)
        if chance.random() < keeping:
            piece = change.data[start - change.offset : after - change.offset]
            _apply(made, Written(change.file, start, piece))
        start = after
    if grown and len(made) < end:
        made.extend(bytes(end - len(made)))


def _apply(made: bytearray, change: Written | Truncated) -> None:
    if isinstance(change, Truncated):
        del made[change.size :]
        made.extend(bytes(change.size - len(made)))
        return
    made.extend(bytes(max(0, change.offset - len(made))))
    made[change.offset : change.offset + len(change.data)] = change.data
