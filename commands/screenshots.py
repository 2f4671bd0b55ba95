"""python -m commands.screenshots: the pictures of docs/images, taken of the demo in a browser."""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import click
import uvicorn

from browse.application import application
from crawler import settings
from model.catalogue import Catalogue
from replica.server import Replica

from .crawl import run_crawl
from .serve import free_port

IMAGES = settings.ROOT / "docs" / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# name: path, width, height, colour scheme
PICTURES: dict[str, tuple[str, int, int, Literal["light", "dark"]]] = {
    "results": ("/search?q=物业+管理", 1280, 860, "light"),
    "article": ("{damaged}", 1280, 860, "light"),
    "home": ("/", 1280, 860, "light"),
    "phone": ("/search?q=電梯&_script=hant", 390, 800, "dark"),
}


@click.command()
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), default=IMAGES)
def main(folder: Path) -> None:
    """Crawl the replica web into a new archive and take pictures of its pages."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise click.ClickException("no Chromium found; install one (Debian: apt install chromium)")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        archive = Path(made) / "archive.db"
        _crawl(archive)
        with _served(archive) as address:
            _take(address, browser, folder)


def _crawl(archive: Path) -> None:
    known = Catalogue(settings.ROOT / "replica" / "sources", Path(settings.TASHAN_FAMILIES))
    sources = [source for source in known.sources() if source.status == "enabled"]
    with Replica() as replica:
        overrides = {"TASHAN_REPLICA": replica.address, "TASHAN_DELAY": 0}
        run_crawl(archive, sources, overrides=overrides)


@contextmanager
def _served(archive: Path) -> Iterator[str]:
    """The address of the archive's pages while they are looked at."""
    port = free_port("127.0.0.1", 8301)
    config = uvicorn.Config(application(archive), host="127.0.0.1", port=port, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def _take(address: str, browser: str, folder: Path) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        chromium = started.chromium.launch(
            executable_path=browser, args=["--no-sandbox", "--disable-gpu"]
        )
        for name, (path, width, height, scheme) in PICTURES.items():
            page = chromium.new_page(viewport={"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            page.goto(address + path.format(damaged=_damaged(page, address)))
            page.wait_for_timeout(500)  # the plot is drawn after the page
            page.screenshot(path=folder / f"{name}.png")
            page.close()
            click.echo(folder / f"{name}.png")
        chromium.close()


def _damaged(page: Any, address: str) -> str:
    """The path of an article in which repair guessed, or of the longest one."""
    for query in (
        "select key from articles join repairs on article = articles.id where not sure limit 1",
        "select key from articles order by characters desc limit 1",
    ):
        answer = page.request.get(
            f"{address}/archive.json", params={"sql": query, "_shape": "array"}
        )
        rows = answer.json()
        if rows:
            return f"/article/{rows[0]['key']}"
    return "/"


if __name__ == "__main__":
    sys.exit(main())
