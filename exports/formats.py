"""Formats: what a dataset may be written as, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from model.errors import ChoiceError

from .choices import known


@dataclass(frozen=True, slots=True)
class Format:
    """One format. ``endings``: what the name of such a file ends in; a folder has none.

    ``columns``: whether one chooses columns; ``stream``: whether it can go to standard output.
    """

    name: str
    about: str
    endings: tuple[str, ...] = ()
    columns: bool = True
    stream: bool = False


_ALL = (
    Format("csv", "for spreadsheets and R", (".csv", ".csv.gz"), stream=True),
    Format("jsonl", "JSON Lines, lossless", (".jsonl", ".ndjson", ".jsonl.gz"), stream=True),
    Format("parquet", "typed, compressed, for pandas and DuckDB", (".parquet",), stream=True),
    Format("text", "a folder, a plain text an article"),
    Format("markdown", "a folder, a Markdown file an article"),
    Format("sqlite", "an archive of its own", (".db", ".sqlite"), columns=False),
    Format("warc", "the raw pages", (".warc.gz", ".warc"), columns=False, stream=True),
)
FORMATS: Mapping[str, Format] = {format_.name: format_ for format_ in _ALL}


def named(name: str, path: Path) -> Format:
    """The format of a name, or by the ending of a path where there is no name.

    Raises ChoiceError with the nearest name.
    """
    if name:
        return FORMATS[known("format", name, FORMATS)]
    for format_ in _ALL:
        if path.name.lower().endswith(format_.endings) and format_.endings:
            return format_
    raise ChoiceError(f"{path}: its ending tells no format; add --format {'|'.join(FORMATS)}")
