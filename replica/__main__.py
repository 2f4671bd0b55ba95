"""python -m replica: serves the replica web until Ctrl-C and says how to crawl it."""

from __future__ import annotations

import contextlib
import time

import click

from .server import Replica
from .web import site_classes


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="0 takes a free one.")
def main(port: int) -> None:
    """Sites of our own on loopback, in the shape of real ones."""
    try:
        with contextlib.suppress(KeyboardInterrupt), Replica(port) as replica:
            click.echo(f"replica web on {replica.address}: {', '.join(_hosts())}")
            click.echo("crawl it with")
            click.echo(
                f"  TASHAN_REPLICA={replica.address} TASHAN_SOURCES=replica/sources"
                " TASHAN_DB=replica.db scrapy crawl assoc-tashan"
            )
            click.echo("look at it with")
            click.echo(f"  curl -H 'Host: gov.test' http://{replica.address}/zwgk/tszs/")
            while True:
                time.sleep(3600)
    except RuntimeError as error:
        raise click.ClickException(str(error)) from None


def _hosts() -> list[str]:
    """The hosts, without further names and without the faces of edge.test."""
    names = {kind.host for kind in site_classes().values()}
    return sorted(name for name in names if not name.endswith(".edge.test"))


if __name__ == "__main__":
    main()
