"""The night: corrections, withdrawals and breakage, on the replica web."""

from __future__ import annotations

import http.server
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from archive import Archive
from commands.display import PHONE, narrow
from commands.ping import Ping
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
    assert max(map(cell_len, report)) <= PHONE


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
    assert "articles in all" in told[1][1].decode()
    with Archive.read(public) as archive:
        assert archive.articles.count() > 0


def test_a_deaf_listener_never_stops_the_night(night: Night) -> None:
    done = night("--ping", "http://127.0.0.1:9/none")
    assert done.returncode == 0
    assert "nobody could be told" in done.stderr


def test_a_copy_that_fails_is_told_everywhere_and_never_hides_the_verdict(
    night: Night, folder: Path, tmp_path: Path
) -> None:
    path = folder / "gov-policy.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("/zwgk/zcfg/", "/zwgk/none/"), encoding="utf-8")
    backup = tmp_path / "backup.db"
    done = night("--publish", str(tmp_path / "no" / "p.db"), "--backup", str(backup))
    assert done.returncode == 3
    assert "! gov-policy: broken" in done.stdout
    assert "! publish failed" in done.stdout
    assert "publish failed" in done.stderr
    assert "less than promised from gov-policy" in done.stderr
    assert backup.is_file()  # the next thing was still done
    assert max(map(cell_len, done.stdout.splitlines())) <= PHONE


def test_a_night_that_was_killed_is_told_the_next_time(night: Night) -> None:
    with Archive.write(night.db) as archive, archive.writing():
        archive.runs.begin("tashan nightly")
    assert "never ended" in night().stdout
    assert "never ended" not in night().stdout
    assert [row["verdict"] for row in night.rows("SELECT verdict FROM runs")] == [
        "good", "killed", "good", "good",
    ]  # fmt: skip


def test_a_report_is_broken_at_the_width_of_a_telephone() -> None:
    text = (
        "! qinghe: moved\n  the listing leads to http://" + "x" * 90 + "\n" + "清河市公示经验" * 12
    )
    lines = narrow(text).split("\n")
    assert max(map(cell_len, lines)) <= PHONE
    assert "".join(line.strip() for line in lines).count("清河市公示经验") == 12
    assert narrow("short\n  lines") == "short\n  lines"


def test_the_word_stands_before_the_query_of_an_address() -> None:
    told: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(self.path)
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        ping = Ping(f"http://127.0.0.1:{server.server_port}/abc/?rid=7")
        ping.start()
        ping.end(1, "报告\ud800")
        server.shutdown()
    assert told == ["/abc/start?rid=7", "/abc/1?rid=7"]


def test_a_backfill_that_is_killed_goes_on_and_stops_at_its_year(
    replica: Replica, folder: Path, tmp_path: Path
) -> None:
    db = tmp_path / "old.db"
    words = [str(Path(sys.executable).parent / "tashan"), "--db", str(db), "backfill", "gov-policy"]
    environment = {
        **os.environ,
        "TASHAN_REPLICA": replica.address,
        "TASHAN_SOURCES": str(folder),
    }
    years = sorted(
        {f["date"][:4] for f in replica.truth("gov.test") if f["source"] == "gov-policy"}
    )
    since = years[len(years) // 2]
    words += ["--since", since]
    killed = subprocess.Popen(
        [*words, "--delay", "0.3"], env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    waited = time.monotonic() + 30
    while time.monotonic() < waited:
        asked = [target for _, _, target in replica.requests if "/t2" in target]
        if len(asked) >= 3:
            break
        time.sleep(0.05)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    done = subprocess.run(
        [*words, "--delay", "0"], env=environment, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    with Archive.read(db) as archive:
        kept = {row["url"] for row in archive.db.query("SELECT url FROM articles")}
    wanted = {
        f["url"] for f in replica.truth("gov.test")
        if "gov-policy" in f["listed_by"] and f["date"][:4] >= since
    }  # fmt: skip
    assert wanted <= kept
    fetched = [target for _, _, target in replica.requests if "/t2" in target]
    assert len(fetched) <= len(set(fetched)) + 2  # what was in flight
