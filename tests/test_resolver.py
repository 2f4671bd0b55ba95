"""No connection to an address that is not public, however it is written."""

from __future__ import annotations

import http.server
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"])
def test_a_private_address_is_never_connected_to(host: str) -> None:
    asked: list[str] = []

    class Inside(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    environment = {name: value for name, value in os.environ.items() if name != "TASHAN_REPLICA"}
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Inside) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        done = subprocess.run(
            [
                str(Path(sys.executable).parent / "tashan"),
                "read",
                f"http://{host}:{server.server_port}/secret",
            ],
            capture_output=True,
            text=True,
            timeout=60,
            env=environment,
            check=False,
        )
        server.shutdown()
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert asked == []
