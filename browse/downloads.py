"""The links of a table page to all of its rows as a file."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from . import language

_LABELS = {
    "csv": ("下载全部（CSV，可用 Excel 打开）", "Download all rows (CSV, opens in Excel)"),
    "jsonl": ("下载全部（JSON Lines）", "Download all rows (JSON Lines)"),
    "parquet": ("下载全部（Parquet）", "Download all rows (Parquet)"),
}


def links(datasette: Any, table: str, request: Any) -> list[dict[str, str]]:
    """One link a format, with everything that narrows and orders the page."""
    english = language.choice(request).lang == "en"
    query = f"?{request.query_string}" if request.query_string else ""
    return [
        {
            "href": datasette.urls.path(f"/download/{quote(table, safe='')}.{form}{query}"),
            "label": labels[english],
        }
        for form, labels in _LABELS.items()
    ]
