"""tashan serve: the archive in Datasette, on a loopback port or behind a proxy."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import click
import uvicorn

from archive import Archive
from browse.application import application

from .options import pass_db

_PORTS_TRIED = 50
_MOST_AT_ONCE = 200  # requests of strangers; more are told to come back


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--public", is_flag=True,
              help="For strangers: no SQL, no downloads, nothing about the machine.")  # fmt: skip
@click.option("--base-url", default="/", show_default=True, metavar="PATH",
              help="The path it has behind a proxy that strips it.")  # fmt: skip
@pass_db
def serve(db: Path, port: int, host: str, public: bool, base_url: str) -> None:
    """Read the archive in a browser until Ctrl-C.

    A port that is taken gives the next free one. docs/reading-room.md says how to serve it to
    others.
    """
    Archive.read(db).close()
    made = application(db, public=public, base_url=base_url)
    run_server(db, host, port, made, limit=_MOST_AT_ONCE if public else None)


def run_server(db: Path, host: str, port: int, app: Any = None, limit: int | None = None) -> None:
    """Serves until interrupted; says where. ``limit``: requests that are answered at once."""
    free = free_port(host, port)
    if free != port:
        click.echo(f"port {port} is taken; using {free}")
    click.echo(f"reading {db} on http://{host}:{free}/  (Ctrl-C ends)")
    uvicorn.run(
        app or application(db),
        host=host,
        port=free,
        log_level="warning",
        server_header=False,
        limit_concurrency=limit,
        timeout_graceful_shutdown=10,
    )


def free_port(host: str, port: int) -> int:
    """The first port from this one on that nobody listens on."""
    for candidate in range(port, min(port + _PORTS_TRIED, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError:
                continue
            return candidate
    raise click.ClickException(f"no free port between {port} and {port + _PORTS_TRIED}")
