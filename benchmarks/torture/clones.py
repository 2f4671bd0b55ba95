"""Many sources out of a few: sites of the replica web under further host names."""

from __future__ import annotations

import itertools
import subprocess
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from archive import Archive
from benchmarks.torture.night import HANG, ROOT, command
from replica.server import Replica
from replica.web import site_classes

BASES = ("gov-policy", "assoc-policy", "sc-policy", "trsjs", "php-think", "webplus")


def clones(number: int, folder: Path, bases: Sequence[str] = BASES) -> dict[str, str]:
    """Makes so many hosts and an enabled source file for each in ``folder``; host by source."""
    folder.mkdir()
    site_classes.cache_clear()
    known, made = dict(site_classes()), {}
    for count, base in zip(range(number), itertools.cycle(bases), strict=False):
        file = yaml.safe_load((ROOT / "replica" / "sources" / f"{base}.yml").read_text("utf-8"))
        start = urlsplit(file["start"])
        kind = known[start.netloc]
        host, name = f"{base}-{count}.test", f"{base}-{count}"
        words = {"host": host, "names": (), "templates": kind.templates or kind.host.split(".")[0]}
        made[name] = host
        _KEPT.append(type(f"Clone{count}{kind.__name__}", (kind,), words))
        file |= {"id": name, "start": start._replace(netloc=host).geturl(), "status": "enabled"}
        (folder / f"{name}.yml").write_text(yaml.safe_dump(file, allow_unicode=True), "utf-8")
    site_classes.cache_clear()
    return made


_KEPT: list[type] = []  # a class that nobody holds is forgotten


def night(replica: Replica, db: Path, sources: Path) -> tuple[int | None, str]:
    """One `tashan nightly` over all sources of a folder; its exit code and what it printed."""
    replica.requests.clear()
    done = command(db, "nightly", replica=replica, sources=sources, out=subprocess.PIPE)
    told, _ = done.communicate(timeout=HANG * 5)
    return done.returncode, told.decode()


def verdicts(db: Path) -> dict[str, tuple[str, str]]:
    """Verdict and note of every source in the last run."""
    with Archive.read(db) as archive:
        rows = archive.db.conn.execute(
            "SELECT source, verdict, coalesce(note, '') FROM run_sources"
            " WHERE run = (SELECT max(id) FROM runs)"
        )
        return {source: (verdict, note) for source, verdict, note in rows}
