"""Datasette's own search box, JSON and CSV on the table articles, answered by our index."""

from __future__ import annotations

from functools import partial
from typing import Any

from datasette import hookimpl
from datasette.filters import FilterArguments
from datasette.views.base import DatasetteError

from archive import search

from .archives import archives
from .language import choice

_TABLE = "articles"


@hookimpl(trylast=True)  # a plugin that is called last answers first
def filters_from_request(request: Any, database: str, table: str, datasette: Any) -> Any:
    """``?_search=`` as a condition with bound parameters.

    Without this Datasette would look for an index over the raw columns, which finds no Chinese.
    A query that cannot be understood, a search of one column, and an order by a column that is
    not there are answered with 400 and the reason.
    """
    if database not in archives(datasette):
        return None
    return partial(_arguments, request, datasette.databases[database], table)


async def _arguments(request: Any, database: Any, table: str) -> Any:
    said = choice(request)
    for name in request.args:
        if name.startswith(("_search_", "_fts_")):
            raise _refused(
                said,
                "不能只检索一列；请用 _search，写“标题:养老”这样的字段。",
                "One column cannot be searched; use _search with a field such as title:养老.",
            )
    columns = {*await database.table_columns(table), "rowid"}
    for name in ("_sort", "_sort_desc"):
        column = request.args.get(name)
        if column and column not in columns:
            raise _refused(said, f"没有这一列：{column[:60]}", f"No such column: {column[:60]}")
    if table != _TABLE:
        return FilterArguments([])
    query = request.args.get("_search") or ""
    supports = {"supports_search": True}
    if not query.strip():
        return FilterArguments([], extra_context=supports)
    try:
        compiled = search.compile(query, prefix="search")
    except search.QueryError as error:
        raise _refused(said, error.chinese, error.english) from None
    heading = f"search “{query}”" if said.lang == "en" else f"检索“{query}”"
    return FilterArguments([compiled.where], compiled.parameters, [heading], extra_context=supports)


def _refused(said: Any, chinese: str, english: str) -> DatasetteError:
    return DatasetteError(english if said.lang == "en" else chinese, status=400)
