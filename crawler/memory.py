"""Memory that one large page took is given back, not kept for the next."""

from __future__ import annotations

import ctypes

_ARENA_MAX, _MMAP_THRESHOLD = -8, -3  # mallopt(3)


def give_back() -> None:
    """Tells glibc to return large buffers at once, and to keep few pools; elsewhere nothing.

    By itself it learns from the first large buffer to keep such ones, and every thread has its
    own pool: a crawl that met one page of 10 MB would stay that much larger, several times.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, 256 * 1024)
        mallopt(_ARENA_MAX, 2)
