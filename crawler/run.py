"""A crawl of several sources side by side in one process, and how it went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings

from archive import Archive
from model.source import Source

from . import settings as defaults
from .loader import spider_class
from .report import Run


def crawl(
    archive: Archive,
    sources: Sequence[Source],
    *,
    command: str,
    full: bool = False,
    recheck: bool = False,
    since: int = 0,
    overrides: dict[str, Any] | None = None,
    watch: Callable[[Run], None] = lambda run: None,
) -> tuple[Run, bool]:
    """Crawls the sources into the archive; gives the run and whether all kept their promise.

    ``watch`` is given the run before it starts, for a display. Twisted allows one crawl a process.
    Raises ArchiveError, all spiders stopped, where the archive takes nothing more (disk full …).
    """
    settings = Settings()
    settings.setmodule(defaults)
    settings.set("LOG_INSTALL_ROOT_HANDLER", False)
    settings.update(overrides or {}, priority="cmdline")
    run = Run(archive, command)
    watch(run)
    process = CrawlerProcess(settings)
    for source in sources:
        process.crawl(spider_class(source), run=run, full=full, recheck=recheck, since=since)
    archive.on_failure = process.stop
    run.reader.start()
    process.start()
    if archive.failure is not None:
        run.reader.close()
        raise archive.failure
    for source in sources:
        if source.id not in run.verdicts:
            run.start(source)
            run.end(source, "the spider did not start")
    return run, run.finish()
