"""Commands on the replica web as processes of their own, and what an archive holds after them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from archive import Archive, proof
from model.catalogue import Catalogue
from model.source import Source
from replica.server import Replica

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = ("assoc-tashan", "assoc-policy", "gov-tashan", "gov-policy", "mirror")
HANG = 60  # seconds without an end
# What differs between two archives of the same sites: when and in which order they were asked,
# and the sites' own counters.
_VARYING = ("id", "first_seen", "last_seen", "read_count")
_MACHINE = ("room", "clock")


def source(name: str = "assoc-policy") -> Source:
    """A source of the replica web, for archives that are written without a crawl."""
    return Catalogue(ROOT / "replica" / "sources", ROOT / "sources" / "families").source(name)


def crawl(replica: Replica, db: Path, *sources: str) -> subprocess.Popen[bytes]:
    """A crawl of the replica web as a process of its own."""
    return command(db, "crawl", *sources, replica=replica)


def command(
    db: Path,
    *arguments: str,
    replica: Replica | None = None,
    sources: Path | None = None,
    path: Path | None = None,
    settings: Mapping[str, str] | None = None,
    out: int = subprocess.DEVNULL,
) -> subprocess.Popen[bytes]:
    """A command of Tashan as a process group of its own.

    ``sources``: the folder of its sources; ``path``: what Python looks through first.
    """
    code = "from commands.main import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, "--db", str(db), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.STDOUT if out == subprocess.PIPE else subprocess.DEVNULL,
        env={
            **os.environ,
            "TASHAN_REPLICA": replica.address if replica else "127.0.0.1:9",
            "TASHAN_SOURCES": str(sources or ROOT / "replica" / "sources"),
            "TASHAN_ROOM": "0",
            "PYTHONPATH": f"{path}:{ROOT}" if path else str(ROOT),
            **(settings or {}),
        },
        start_new_session=True,
    )


def ended(process: subprocess.Popen[bytes]) -> bool:
    """Waits for a command and everything it started; False where it hangs."""
    try:
        process.wait(HANG)
    except subprocess.TimeoutExpired:
        return False
    finally:
        kill(process)
    return True


def kill(process: subprocess.Popen[bytes]) -> None:
    """kill -9 of a command with everything it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def essence(db: Path) -> list[tuple[str, ...]]:
    """What an archive holds, without when it was fetched: the same for the same sites."""
    with Archive.read(db) as archive:
        return archive.db.conn.execute(
            "SELECT u.url, a.title, a.wording, a.published, t.body, a.revisions"
            " FROM article_urls u JOIN articles a ON a.id = u.article"
            " JOIN article_texts t ON t.article = a.id ORDER BY u.url"
        ).fetchall()


def exported(db: Path) -> list[bytes]:
    """The lines of `tashan export` with every column but ids and times of fetching, in order."""
    with Archive.read(db) as archive:
        columns = [c.name for c in archive.db.table("articles").columns if c.name not in _VARYING]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "all.jsonl"
        chosen = ",".join([*columns, "body", "markdown", "body_original"])
        made = command(db, "export", "--output", str(target), "--columns", chosen)
        if not ended(made) or made.returncode:
            return []
        return sorted(target.read_bytes().splitlines())


def revisions(db: Path) -> list[tuple[str, ...]]:
    """Every wording that was kept, and of which pages it was read."""
    with Archive.read(db) as archive:
        return archive.db.conn.execute(
            "SELECT a.key, r.number, r.kind, r.sha256, s.page, s.url FROM revisions r"
            " JOIN articles a ON a.id = r.article LEFT JOIN snapshots s ON s.revision = r.id"
            " ORDER BY 1, 2, 5"
        ).fetchall()


def wrong(db: Path, sample: int = 30) -> list[str]:
    """What the doctor finds in an archive, but for the machine it stands on."""
    with Archive.read(db) as archive:
        found = proof.findings(archive, sample)
        return [f"{f.what}: {f.detail}" for f in found if not f.good and f.what not in _MACHINE]
