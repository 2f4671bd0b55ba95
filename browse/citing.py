"""Articles as the records that citations and feeds are made of."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from exports import citation
from exports.record import SELECT, Record

# Styles of citation: how the address names them, their names, the type of their files.
STYLES = {
    "gbt7714": ("GB/T 7714—2015", "text/plain"),
    "bibtex": ("BibTeX", "application/x-bibtex"),
    "ris": ("RIS", "application/x-research-info-systems"),
    "csl-json": ("CSL-JSON", "application/vnd.citationstyles.csl+json"),
}


def records(connection: Any, ids: Iterable[int]) -> list[Record]:
    """The records of some articles, in the order of their ids given."""
    sql = f"{SELECT} JOIN json_each(?) AS wanted ON wanted.value = a.id ORDER BY wanted.key"
    return [Record(*row) for row in connection.execute(sql, [json.dumps(list(ids))])]


def citations(record: Record) -> list[tuple[str, str, str]]:
    """For each style its key, its name and the citation of the record as of today."""
    today = china_today()
    return [
        (style, STYLES[style][0], make(record, today).strip())
        for style, make in citation.FORMS.items()
        if style in STYLES
    ]


def china_today() -> date:
    """The date of today in China."""
    return (datetime.now(UTC) + timedelta(hours=8)).date()
