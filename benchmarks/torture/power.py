"""Power cuts at any moment: what was acknowledged is there and whole, and nothing is half."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite3

from archive import Archive, proof
from benchmarks.torture import Trial
from benchmarks.torture.disk import Disk, Named, Written, numbered
from benchmarks.torture.recorder import seen
from benchmarks.torture.recording import ARCHIVE, PHASES, Recording, State, content, record
from model.errors import ArchiveError

BAD = ("corrupt", "lost", "half", "stuck")
_CUTS = 250  # of one recording
_CHAIN = 3  # recordings of which each begins with what a cut of the one before has left
_MEMORY = Path("/dev/shm")  # noqa: S108  10,000 archives are not written to a real disk
_SAMPLE = 3  # articles that are searched by brute force after every cut
_MACHINE = ("room", "clock")  # no findings about the archive


def power(number: int, seed: int, folder: Path, synchronous: str = "FULL") -> dict[str, int]:
    """Records nights of an archive and cuts the power at many of their moments.

    A recording begins with nothing, or with what a cut of the one before has left. After each
    cut the archive is opened as the next night would. What is counted then:

    - corrupt: a database cannot be read, or the doctor complains of it;
    - lost: it holds something older than what was acknowledged; half: something that never was;
    - stuck: there is no archive yet and the next night cannot make one;
    - unsynced, which is no fault: the disk held other bytes or names than the machine had seen.

    ``synchronous`` other than the product's shows that the trial sees what goes wrong then.
    """
    told = dict.fromkeys(("cuts", *PHASES, "unsynced", "recordings", "promises", *BAD), 0)
    chance = random.Random(seed)
    memory = _MEMORY if os.access(_MEMORY, os.W_OK) else folder
    with tempfile.TemporaryDirectory(dir=memory) as name:
        place, live = Path(name) / "cut", Path(name) / "live"
        before: dict[str, str | None] = {}
        left: dict[str, bytes] = {}
        while told["cuts"] < number:
            _lay(live, left)
            made = record(live, chance, synchronous, before)
            told["recordings"] += 1
            told["promises"] += sum(len(states) - 1 for states in made.states.values())
            disk, taken = Disk(made.contents), 0
            moments = _moments(made, min(_CUTS, number - told["cuts"]), chance)
            next_one = chance.randrange(len(moments))
            for count, (phase, moment) in enumerate(moments):
                for step in made.steps[taken:moment]:
                    disk.take(step)
                taken = moment
                cut = disk.cut(chance)
                told["unsynced"] += cut != disk.whole()
                _lay(place, cut)
                found = _look(place, made, moment, told)
                if count == next_one:
                    left, before = cut, found
                told["cuts"] += 1
                told[phase] += 1
            for step in made.steps[taken:]:
                disk.take(step)
            assert disk.whole() == seen(live), "not everything was recorded"
            if told["recordings"] % _CHAIN == 0 or any(told[what] for what in BAD):
                before, left = {}, {}
    return told


def _moments(made: Recording, number: int, chance: random.Random) -> list[tuple[str, int]]:
    """So many moments in their order, as many of each phase.

    A third of them are any, a third follow a sync or another turn, a third a change of names.
    """
    phases = [phase for phase in PHASES if made.moments[phase]]
    pairs = []
    for phase in (phases[n % len(phases)] for n in range(number)):
        every = made.moments[phase]
        turns = [m for m in every if m and not isinstance(made.steps[m - 1], Written)]
        names = [m for m in turns if isinstance(made.steps[m - 1], Named)]
        pairs.append((phase, chance.choice(chance.choice((every, turns or every, names or every)))))
    return sorted(pairs, key=lambda pair: pair[1])


def _lay(folder: Path, contents: Mapping[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    written: dict[int, Path] = {}
    for name, number in numbered(contents).items():
        if number in written:  # one file of two names
            (folder / name).hardlink_to(written[number])
        else:
            (folder / name).write_bytes(contents[name])
            written[number] = folder / name


def _look(
    folder: Path, made: Recording, moment: int, told: dict[str, int]
) -> dict[str, str | None]:
    """Counts what is wrong after a cut; gives what each database holds."""
    found: dict[str, str | None] = {}
    wrong = set()
    for name, states in made.states.items():
        try:
            found[name] = _read(folder / name, name == ARCHIVE)
        except (ArchiveError, sqlite3.Error):
            wrong.add("corrupt")
            found[name] = None
            continue
        verdict = _judged(found[name], states, moment)
        wrong |= {verdict} if verdict else set()
    if found[ARCHIVE] is None and "corrupt" not in wrong:
        try:
            Archive.write(folder / ARCHIVE).close()
        except (ArchiveError, sqlite3.Error):
            wrong.add("stuck")
    for what in wrong:
        told[what] += 1
    return found


def _read(path: Path, live: bool) -> str | None:
    """What a database holds, None where there is none; raises where it is damaged."""
    if not path.exists():
        return None
    with Archive.write(path) if live else Archive.read(path) as archive:
        told = content(archive.db)
        for finding in proof.findings(archive, _SAMPLE):
            if not finding.good and finding.what not in _MACHINE:
                raise ArchiveError(f"{path}: {finding.what}: {finding.detail}")
        return told


def _judged(found: str | None, states: Sequence[State], moment: int) -> str:
    """``lost``, ``half``, or nothing where all is well."""
    sure = max(n for n, state in enumerate(states) if state.acknowledged <= moment)
    begun = [state for state in states[sure + 1 :] if state.begun < moment]
    if found in {state.content for state in (states[sure], *begun)}:
        return ""
    return "lost" if found in {state.content for state in states[:sure]} else "half"


TRIALS = (Trial("power", 10_000, power, BAD),)
