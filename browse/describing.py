"""What the tables, columns and stored queries are, told to Datasette (metadata.yml)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .archives import archives


def metadata(datasette: Any) -> dict[str, Any]:
    """Titles and descriptions, facets and order of the tables of every archive that is open."""
    ours = archives(datasette)
    if not ours:
        return {}
    made: dict[str, Any] = {"databases": {name: _copy(_words()["database"]) for name in ours}}
    if len(datasette.databases) == len(ours) + 1:  # the other one is Datasette's own
        made |= {"title": _words()["title"], "description_html": _words()["description_html"]}
    return made


@cache
def columns() -> dict[str, dict[str, str]]:
    """By table, what each of its columns is."""
    tables = _words()["database"]["tables"]
    return {name: table.get("columns", {}) for name, table in tables.items()}


@cache
def _words() -> dict[str, Any]:
    text = Path(__file__).with_name("metadata.yml").read_text(encoding="utf-8")
    return yaml.safe_load(text)  # type: ignore[no-any-return]


def _copy(value: Any) -> Any:
    """Datasette merges what it is given into its own; ours must stay as it was read."""
    if isinstance(value, dict):
        return {key: _copy(inner) for key, inner in value.items()}
    return list(value) if isinstance(value, list) else value
