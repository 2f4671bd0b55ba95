"""The night: corrections, withdrawals and breakage, on the replica web."""

from __future__ import annotations

import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive import Archive
from replica.server import Replica

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("assoc-tashan", "gov-policy")


@pytest.fixture
def replica() -> Iterator[Replica]:
    with Replica() as served:
        yield served


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two sources alone, so that a night is short."""
    sources = tmp_path / "sources"
    sources.mkdir()
    for name in SOURCES:
        text = (ROOT / "replica" / "sources" / f"{name}.yml").read_text(encoding="utf-8")
        (sources / f"{name}.yml").write_text(text, encoding="utf-8")
    return sources


class Night:
    """Runs nights over one archive."""

    def __init__(self, replica: Replica, folder: Path, db: Path) -> None:
        self.replica, self.folder, self.db = replica, folder, db

    def __call__(self, *words: str) -> subprocess.CompletedProcess[str]:
        self.replica.requests.clear()
        return subprocess.run(
            [str(Path(sys.executable).parent / "tashan"), "--db", str(self.db), "nightly", *words],
            capture_output=True,
            text=True,
            timeout=120,
            env={
                **os.environ,
                "TASHAN_REPLICA": self.replica.address,
                "TASHAN_SOURCES": str(self.folder),
            },
            check=False,
        )

    def asked(self) -> list[str]:
        return [target for _, _, target in self.replica.requests if target != "/robots.txt"]

    def rows(self, sql: str) -> list[dict[str, Any]]:
        with Archive.read(self.db) as archive:
            return list(archive.db.query(sql))

    def tomorrow(self) -> None:
        """Lets everything that is to be asked again be due."""
        with Archive.write(self.db) as archive, archive.writing():
            archive.db.execute("UPDATE frontier SET not_before = '2020-01-01T00:00:00Z'")


@pytest.fixture
def night(replica: Replica, folder: Path, tmp_path: Path) -> Night:
    made = Night(replica, folder, tmp_path / "archive.db")
    done = made()
    assert done.returncode == 0, done.stdout + done.stderr
    return made


def test_a_quiet_night_asks_for_listings_alone_and_changes_nothing(night: Night) -> None:
    tables = ("articles", "article_texts", "revisions", "snapshots", "article_urls")
    before = [night.rows(f"SELECT * FROM {table}") for table in tables]
    done = night()
    assert done.returncode == 0, done.stderr
    assert len(night.asked()) == len(SOURCES)
    assert [night.rows(f"SELECT * FROM {table}") for table in tables] == before


def test_corrections_and_withdrawals_are_told_apart_from_counters(night: Night) -> None:
    facts = [f for f in night.replica.truth("gov.test") if f["source"] == "gov-policy"]
    plain = [f for f in facts if len("".join(f["paragraphs"])) > 300]
    edited, gone = plain[0], plain[1]
    body = "\n\n".join(edited["paragraphs"]) + "\n\n本通知自2027年3月1日起施行，原办法同时废止。"
    night.replica.edit("gov.test", edited["id"], body=body)
    night.replica.withdraw("gov.test", gone["id"])
    night.tomorrow()
    done = night()
    kinds = {row["kind"] for row in night.rows("SELECT kind FROM revisions WHERE number > 1")}
    assert kinds == {"substantive"}, done.stderr
    assert len(night.rows("SELECT * FROM revisions WHERE number > 1")) == 1
    assert night.rows("SELECT * FROM articles WHERE state = 'withdrawn'") == []
    night.tomorrow()
    night()
    withdrawn = night.rows("SELECT url, state FROM articles WHERE state = 'withdrawn'")
    assert [row["url"] for row in withdrawn] == [gone["url"]]
    assert night.rows("SELECT * FROM problems WHERE kind = 'withdrawn'")


def test_a_broken_source_file_never_stops_the_night(night: Night, folder: Path) -> None:
    (folder / "bad.yml").write_text("id: bad\ntitel: x\n", encoding="utf-8")
    done = night()
    assert done.returncode == 2
    assert "bad.yml" in done.stderr
    assert "bad.yml" in done.stdout
    assert len(night.asked()) == len(SOURCES)


def test_the_report_fits_a_telephone_and_names_what_needs_a_look(
    night: Night, folder: Path
) -> None:
    path = folder / "gov-policy.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("/zwgk/zcfg/", "/zwgk/none/"), encoding="utf-8")
    done = night()
    assert done.returncode == 1
    report = done.stdout.strip().splitlines()
    assert "! gov-policy: broken" in report
    assert max(map(len, report)) <= 60


def test_copies_are_made_and_the_night_is_told(night: Night, tmp_path: Path) -> None:
    told: list[tuple[str, bytes]] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            told.append((self.path, self.rfile.read(length)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/abc"
        public, backup = tmp_path / "public.db", tmp_path / "backup.db"
        done = night("--publish", str(public), "--backup", str(backup), "--ping", address)
        server.shutdown()
    assert done.returncode == 0, done.stderr
    assert [path for path, _ in told] == ["/abc/start", "/abc/0"]
    with Archive.read(public) as archive:
        assert archive.articles.count() > 0


def test_a_deaf_listener_never_stops_the_night(night: Night) -> None:
    done = night("--ping", "http://127.0.0.1:9/none")
    assert done.returncode == 0
    assert "nobody could be told" in done.stderr
