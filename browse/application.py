"""The archive as a Datasette application, with the limits it is served under."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from datasette.app import Datasette

from . import limits
from .querying import Querying
from .reopening import Reopening
from .security import secured
from .turns import PLACES, Turns

SETTINGS: Mapping[str, Any] = {
    "default_page_size": 50,
    "max_returned_rows": 1000,
    "sql_time_limit_ms": 1500,
    "facet_time_limit_ms": 1000,
    "suggest_facets": False,  # suggestions try every column and time out on a large archive
    "cache_size_kb": 8192,  # for each of the threads; the system keeps the rest of the file at hand
    "num_sql_threads": PLACES,
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


def application(db: Path, public: bool = False, base_url: str = "/", sql: bool = False) -> Any:
    """An ASGI application that reads this archive.

    ``public``: for strangers: no downloads, nothing about the machine, each in turn, and SQL only
    with ``sql``, where it is answered by processes of its own. ``base_url``: the path it is reached
    under behind a proxy that strips it. A file that is put in the archive's place is opened
    without a restart.

    The file is opened as one that may change, a published copy as well: of one that may not,
    Datasette would first read every byte and count every row.
    """
    prefix = "/" + base_url.strip("/") + "/" if base_url.strip("/") else "/"
    settings = {**SETTINGS, **(PUBLIC if public else {}), "base_url": prefix}
    if public:
        settings["default_allow_sql"] = sql
    metadata = {"plugins": {"tashan": {"public": public}}}
    most = limits.STRANGERS if public else limits.OURSELVES

    def opened() -> tuple[Datasette, Callable[[], None]]:
        datasette = Datasette([str(db)], settings=settings, metadata=metadata)
        querying = Querying(db) if public and sql else None
        for name, database in datasette.databases.items():
            if name != "_internal":
                limits.bind(datasette, database, most, querying)
        return datasette, querying.close if querying else _nothing

    app = limits.limited(Reopening(db, opened), most)
    return secured(Turns(app) if public else app)


def _nothing() -> None:
    """There is nothing to close."""
