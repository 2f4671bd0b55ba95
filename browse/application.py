"""The archive as a Datasette application, with the limits it is served under."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from datasette.app import Datasette

from .reopening import Reopening

SETTINGS: Mapping[str, Any] = {
    "default_page_size": 50,
    "max_returned_rows": 1000,
    "sql_time_limit_ms": 1500,
    "facet_time_limit_ms": 1000,
    "suggest_facets": False,  # suggestions try every column and time out on a large archive
    "cache_size_kb": 8192,  # for each of the threads; the system keeps the rest of the file at hand
    "num_sql_threads": 4,
    "default_cache_ttl": 60,
}

# What strangers may not do, or less of: each of these can fill memory or keep a core busy.
PUBLIC: Mapping[str, Any] = {
    "default_allow_sql": False,
    "allow_download": False,
    "allow_csv_stream": False,  # its pages repeat the search, and it goes on without a reader
    "max_returned_rows": 100,
    "default_page_size": 30,
    "default_facet_size": 20,
}


def application(db: Path, public: bool = False, base_url: str = "/") -> Any:
    """An ASGI application that reads this archive.

    ``public``: for strangers: no SQL, no downloads, nothing about the machine. ``base_url``: the
    path it is reached under behind a proxy that strips it. A file that is put in the archive's
    place is opened without a restart.

    The file is opened as one that may change, a published copy as well: of one that may not,
    Datasette would first read every byte and count every row.
    """
    prefix = "/" + base_url.strip("/") + "/" if base_url.strip("/") else "/"
    settings = {**SETTINGS, **(PUBLIC if public else {}), "base_url": prefix}
    metadata = {"plugins": {"tashan": {"public": public}}}
    return Reopening(db, partial(Datasette, [str(db)], settings=settings, metadata=metadata))
