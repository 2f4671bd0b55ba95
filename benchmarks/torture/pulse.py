"""A Scrapy extension that feels the pulse of the event loop; imports nothing a crawl has not."""

from __future__ import annotations

import os
import time
from pathlib import Path

from scrapy import signals
from scrapy.crawler import Crawler

_BEAT = 0.1  # seconds


class Pulse:
    """Extension: writes the longest pause of the event loop, in seconds, where BEAT says."""

    started = False

    def __init__(self, crawler: Crawler) -> None:
        crawler.signals.connect(self._start, signals.engine_started)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Pulse:
        """As Scrapy makes it."""
        return cls(crawler)

    def _start(self) -> None:
        if Pulse.started:
            return
        Pulse.started = True
        self._last, self._worst = time.monotonic(), 0.0
        self._beat()

    def _beat(self) -> None:
        from twisted.internet import reactor  # made by the crawl, so not before it

        now = time.monotonic()
        pause, self._last = now - self._last - _BEAT, now
        if pause > self._worst:
            self._worst = pause
            Path(os.environ["BEAT"]).write_text(f"{pause:.2f}")
        reactor.callLater(_BEAT, self._beat)  # type: ignore[arg-type]  # its stubs take no methods
