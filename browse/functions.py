"""SQL functions for those who write their own: the search and the spelling of Chinese."""

from __future__ import annotations

import json
from typing import Any

from archive import search


def add(connection: Any) -> None:
    """Adds to a connection:

    - ``found(query)``: a JSON array of the ids of all articles that a query of the search box
      finds, for ``id IN (SELECT value FROM json_each(found('养老')))``; NULL where the query
      cannot be understood;
    - ``passage(text, query)``: the stretch of a text where the words stand, 【】 around them;
    - ``fold(text)``: one spelling for Simplified, Traditional, full-width and capital letters.
    """

    def found(query: str | None) -> str | None:
        try:
            return json.dumps(search.find(connection, search.compile(query or "")))
        except search.QueryError:
            return None

    connection.create_function("found", 1, found)
    connection.create_function("passage", 2, _passage, deterministic=True)
    connection.create_function("fold", 1, _fold, deterministic=True)


def _passage(text: str | None, query: str | None) -> str | None:
    if not text or not query:
        return None
    try:
        return search.snippet(text, query, escape=str, before="【", after="】")
    except search.QueryError:
        return None


def _fold(text: str | None) -> str | None:
    return search.fold(text) if isinstance(text, str) else None
