"""The Datasette plugin: found by Datasette wherever Tashan is installed; hooks, nothing else."""

from __future__ import annotations

import asyncio
from typing import Any

from datasette import hookimpl
from datasette.facets import ColumnFacet
from starlette.middleware.gzip import GZipMiddleware

from . import describing, downloads, functions, limits, room, routes, searching, security, stock
from .archives import archives
from .counting import CountedFacet
from .spreadsheets import tabled
from .visit import Visit

filters_from_request = searching.filters_from_request


@hookimpl
def register_routes(datasette: Any) -> Any:
    """The pages of the reading room."""
    return routes.routes(datasette)


@hookimpl
def get_metadata(datasette: Any) -> Any:
    """What the tables, columns and stored queries of an archive are."""
    return describing.metadata(datasette)


@hookimpl
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """Our templates, and Datasette's own in Chinese."""
    if room.room_of(datasette):
        stock.prepare(env)


@hookimpl
def prepare_connection(conn: Any, database: str, datasette: Any) -> None:
    """Searching for those who write SQL."""
    if database in archives(datasette):
        functions.add(conn)


@hookimpl
def startup(datasette: Any) -> Any:
    """Reads what the first visitor would otherwise wait for."""
    found = room.room_of(datasette)
    if found is None:
        return None

    async def warm() -> None:
        found.warming = asyncio.create_task(found.warm())

    return warm


@hookimpl
def extra_template_vars(request: Any, datasette: Any) -> dict[str, Any]:
    """What the frame around Datasette's own pages needs."""
    found = room.room_of(datasette)
    if found is None or request is None:
        return {}
    search = request.args.get("_search") or ""
    return {**Visit.of(datasette, request, found).words(), "search": search, "typed": search}


@hookimpl(trylast=True)
def render_cell(
    row: Any, value: Any, column: str, table: str, database: str, datasette: Any
) -> Any:
    """Titles of articles and names of sources as links into the reading room."""
    if database not in archives(datasette) or room.room_of(datasette) is None:
        return None
    return stock.cell(datasette, row, value, column, table)


@hookimpl(hookwrapper=True)
def register_facet_classes() -> Any:
    """Facets that are counted without SQL, where they are of an archive."""
    outcome = yield
    outcome.force_result(
        [
            [CountedFacet if kind is ColumnFacet else kind for kind in kinds]
            for kinds in outcome.get_result()
        ]
    )


@hookimpl(hookwrapper=True)
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Any:
    """One page for whatever goes wrong, in Chinese; Datasette's would also write to the log."""
    outcome = yield
    found = room.room_of(datasette)
    if found is not None:
        visit = Visit.of(datasette, request, found)
        outcome.force_result([stock.failure(visit, exception)])


@hookimpl
def forbidden(datasette: Any, request: Any, message: str) -> Any:
    """The page for what is closed."""
    found = room.room_of(datasette)
    return stock.forbidden(Visit.of(datasette, request, found)) if found else None


@hookimpl
def permission_allowed(datasette: Any, action: str, resource: Any) -> bool | None:
    """Strangers see the tables that are described, and no others."""
    found = room.room_of(datasette)
    closed = found and found.public and action == "view-table" and not limits.listed(resource[1])
    return False if closed else None


@hookimpl
def asgi_wrapper(datasette: Any) -> Any:
    """Headers for safety, packed answers, and what strangers need not see closed."""
    found = room.room_of(datasette)
    if found is None:
        return lambda app: app
    return lambda app: security.secured(
        GZipMiddleware(
            tabled(security.discreet(app) if found.public else app), 1000, compresslevel=5
        )
    )


@hookimpl
def table_actions(datasette: Any, database: str, table: str, request: Any) -> list[dict[str, str]]:
    """All rows of a table page as a file, without Datasette's caps."""
    found = room.room_of(datasette)
    if found is None or found.database.name != database or not datasette.setting("allow_download"):
        return []
    return downloads.links(datasette, table, request)
