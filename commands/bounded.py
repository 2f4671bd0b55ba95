"""Reading a page on the spot, for as long and with as much memory as any page may take."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from crawler.child import MEMORY, SECONDS
from model.errors import PageError


@contextmanager
def bounded(url: str, seconds: float = SECONDS, memory: int = MEMORY) -> Iterator[None]:
    """Raises PageError where what is read inside takes more time or address space than a page may.

    For the main thread of a command alone; what a crawl reads, it reads in a child process.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        raise PageError(f"{url}: reading it takes more than {seconds:g} s", url=url)

    before = signal.signal(signal.SIGALRM, stop)
    limits = resource.getrlimit(resource.RLIMIT_AS)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        if limits[1] == resource.RLIM_INFINITY or limits[1] >= memory:
            resource.setrlimit(resource.RLIMIT_AS, (memory, limits[1]))
        yield
    except MemoryError:
        raise PageError(f"{url}: reading it takes too much memory", url=url) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        resource.setrlimit(resource.RLIMIT_AS, limits)
