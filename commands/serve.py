"""tashan serve: the archive in Datasette, on a loopback port or behind a proxy."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import click

from archive import Archive
from browse import connections, security
from browse.application import application

from .options import pass_db

_PORTS_TRIED = 50


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--public", is_flag=True,
              help="For strangers: no SQL, no downloads, nothing about the machine.")  # fmt: skip
@click.option("--base-url", default="/", show_default=True, metavar="PATH",
              help="The path it has behind a proxy that strips it.")  # fmt: skip
@click.option("--sql", is_flag=True,
              help="With --public: strangers may write SQL, within tight limits.")  # fmt: skip
@pass_db
def serve(db: Path, port: int, host: str, public: bool, base_url: str, sql: bool) -> None:
    """Read the archive in a browser until Ctrl-C.

    A port that is taken gives the next free one. docs/reading-room.md says how to serve it to
    others.
    """
    if sql and not public:
        raise click.UsageError("--sql goes with --public; without that, SQL is open anyway")
    Archive.read(db).close()
    run_server(db, host, port, application(db, public=public, base_url=base_url, sql=sql))


def run_server(db: Path, host: str, port: int, app: Any = None) -> None:
    """Serves until interrupted; says where."""
    free = free_port(host, port)
    if free != port:
        click.echo(f"port {port} is taken; using {free}")
    with socket.socket(_family(host)) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, free))
        click.echo(f"reading {db} on http://{host}:{free}/  (Ctrl-C ends)")
        connections.serve(app or application(db), listening, security.headers())


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def free_port(host: str, port: int) -> int:
    """The first port from this one on that nobody listens on."""
    for candidate in range(port, min(port + _PORTS_TRIED, 65536)):
        with socket.socket(_family(host)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError:
                continue
            return candidate
    raise click.ClickException(f"no free port between {port} and {port + _PORTS_TRIED}")
