"""A night among hostile hosts: every face of edge.test beside good sites, in one real crawl."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from archive import Archive
from benchmarks.torture import Trial
from benchmarks.torture.night import ROOT
from replica.hosts.edge import FACES
from replica.server import Replica

GOOD = (("assoc.test", "assoc-tashan"), ("gov.test", "gov-tashan"))
HANG = 1500  # seconds
MEMORY = 400  # MB of the whole tree of processes
STALL = 2.0  # seconds
TARPIT = 45.0  # seconds, of faces that are slow
_SLOW = ("slow", "drip", "silent", "robots-slow")
_CRAWL = """
import os
from pathlib import Path
from archive import Archive
from crawler import run
from crawler.settings import ROOT
from model.catalogue import Catalogue
names = os.environ["NAMES"].split()
with Archive.write(Path(os.environ["DB"])) as archive:
    catalogue = Catalogue(ROOT / "replica" / "sources", ROOT / "sources" / "families")
    run.crawl(archive, [catalogue.source(name) for name in names], command="trial", full=True,
              overrides={"EXTENSIONS": {"benchmarks.torture.pulse.Pulse": 1}})
"""


def tree_memory(root: int) -> int:
    """MB of resident memory of a process and all below it; what they share counts once."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                parents[int(entry.name)] = int(fields[1])

    def below(process: int) -> bool:
        while process and process != root:
            process = parents.get(process, 0)
        return process == root

    kilobytes = 0
    for process in filter(below, parents):
        with contextlib.suppress(OSError):
            rolled = Path(f"/proc/{process}/smaps_rollup").read_text()
            kilobytes += int(rolled.partition("\nPss:")[2].split()[0])
    return kilobytes // 1024


def _publish(replica: Replica, host: str, number: int) -> None:
    for n in range(number):
        paragraphs = [
            f"第{n}号小区公开了物业服务的标准、收费和维修资金使用情况。" for _ in range(5)
        ]
        body = "\n\n".join([f"{host}编号{n}的材料如下。", *paragraphs])
        title = f"{host.partition('.')[0]}{n}号小区推行物业服务公开的做法"
        replica.publish(host, {"title": title, "date": f"2024-{n % 12 + 1:02}-10", "body": body})


def hostile(number: int, seed: int, folder: Path, faces: tuple[str, ...] = ()) -> dict[str, int]:
    """So many hostile articles over all faces (or those named) and as many good ones elsewhere."""
    names = faces or tuple(sorted(kind.face for kind in FACES))
    db, beat = folder / "hostile.db", folder / "beat"
    told = Counter[str]({"kinds": len(names)})
    with Replica() as replica:
        for face in names:
            _publish(replica, f"{face}.edge.test", max(0, number // len(names) - 6))
            replica.switch(f"{face}.edge.rows", 100)
            if face in _SLOW:
                replica.switch(f"{face}.edge.seconds", TARPIT)
        for host, _ in GOOD:
            _publish(replica, host, number // len(GOOD))
        good = {
            f["url"].lower()
            for host, name in GOOD
            for f in replica.truth(host)
            if f["source"] == name
        }
        process = subprocess.Popen(
            [sys.executable, "-c", _CRAWL],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={
                **os.environ, "TASHAN_REPLICA": replica.address, "PYTHONPATH": str(ROOT),
                "NAMES": " ".join([f"edge-{n}" for n in names] + [name for _, name in GOOD]),
                "DB": str(db), "BEAT": str(beat),
            },
        )  # fmt: skip
        began = time.monotonic()
        waited = listed = 0.0
        while process.poll() is None and time.monotonic() - began < HANG:
            told["largest tree in MB"] = max(told["largest tree in MB"], tree_memory(process.pid))
            now = time.monotonic()
            asked = [target for _, host, target in list(replica.requests) if host == GOOD[1][0]]
            listed = listed or (now if len(asked) > 1 else 0.0)
            waited = waited or (now - listed if listed and len(asked) > 2 else 0.0)
            time.sleep(0.05)
        told["hung"] = int(process.poll() is None)
        process.kill()
        told["hostile requests"] = sum(".edge.test" in host for _, host, _ in replica.requests)
    told["first good page after ms"] = round(1000 * waited)
    told["stalls"] = int(float(beat.read_text()) > STALL)
    told["longest pause in ms"] = round(1000 * float(beat.read_text()))
    told["good pages that waited"] = int(waited > 2.0)
    told["swollen"] = int(told["largest tree in MB"] >= MEMORY)
    with Archive.read(db) as archive:
        kept = archive.db.conn.execute(
            "SELECT count(*) FROM articles WHERE source NOT LIKE 'edge-%'"
        ).fetchone()[0]
        told["good pages"], told["good pages lost"] = len(good), max(0, len(good) - kept)
        silent = archive.db.conn.execute(
            "SELECT count(*) FROM frontier f WHERE state IN ('failed', 'refused') AND NOT EXISTS"
            " (SELECT 1 FROM problems p WHERE p.url = f.address AND p.message <> '')"
        )
        told["failures without a reason"] = silent.fetchone()[0]
        rows = archive.db.query("SELECT source, verdict, note FROM run_sources")
        ends = {row["source"]: [row["verdict"], row["note"]] for row in rows}
        mistakes = archive.db.conn.execute("SELECT count(*) FROM problems WHERE kind = 'mistake'")
        told["mistakes"] = mistakes.fetchone()[0]
    (folder / "verdicts.json").write_text(json.dumps(ends, ensure_ascii=False, indent=1))
    told["sources without a verdict"] = len(names) + len(GOOD) - len(ends)
    return dict(told)


TRIALS = (
    Trial(
        "hostile",
        1000,
        hostile,
        (
            "hung", "stalls", "good pages that waited", "swollen", "good pages lost",
            "failures without a reason", "mistakes", "sources without a verdict",
        ),
    ),
)  # fmt: skip
