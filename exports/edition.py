"""An edition: a dataset frozen under a name and a date, that can be cited and proved.

| file | what it is |
|---|---|
| README.md | the dataset card (Hugging Face form), Chinese and English |
| COVERAGE.md | what was listed, fetched, refused, missing: words for a paper |
| LICENCE.md | whose the texts are, and the sources' terms |
| CITATION.cff | how to cite it |
| datapackage.json | tables, columns, types, hashes (Frictionless Data Package) |
| data/ | each table as Parquet, JSON Lines and CSV |
| SHA256SUMS | of every other file; ``sha256sum -c`` reads it |
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from archive import Archive
from archive.reading import Reading
from model.errors import ChoiceError, ExportError

from . import card, coverage, csv_, jsonl, notes, package, parquet, writing
from .dataset import Begin
from .facts import Facts, Plan, Table
from .rows import Rows, Told
from .tables import FORMATS, tables
from .words import describe
from .writing import Written

SUMS = "SHA256SUMS"
_NAME = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*")


def freeze(archive: Archive, plan: Plan, folder: Path, begin: Begin) -> Facts:
    """Writes an edition to a folder that is not there yet, whole or not at all.

    The same archive and plan give the same bytes. Raises ChoiceError, ExportError, ArchiveError.
    """
    if not _NAME.fullmatch(plan.name):
        raise ChoiceError(
            f"edition {plan.name!r}: name it in small letters, digits and -._, as in 2026-11"
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExportError(f"{folder}: is there already; an edition is never written again")
    with Reading(archive) as reading, writing.fresh_folder(folder, SUMS) as fresh:
        articles = plan.selection.apply(reading)
        facts = _write_data(reading, plan, fresh / "data", begin(articles * len(FORMATS)))
        if facts.articles != articles:
            raise ExportError(f"{facts.articles} of {articles} articles were written")
        for name, text in {
            "README.md": card.readme(facts),
            "COVERAGE.md": notes.coverage_page(facts),
            "LICENCE.md": notes.licence(facts),
            "CITATION.cff": package.citation_cff(facts),
            "datapackage.json": package.datapackage(facts),
        }.items():
            (fresh / name).write_text(text, encoding="utf-8", newline="\n")
        (fresh / SUMS).write_text(_sums(fresh), encoding="utf-8", newline="\n")
    return facts


def _write_data(reading: Reading, plan: Plan, folder: Path, told: Told) -> Facts:
    folder.mkdir()
    everything = not any(True for _ in plan.selection.words())
    sources = coverage.scope(reading, plan.selection.sources, everything)
    made = {
        name: _write_table(rows, folder / name, told if name == "articles" else _unheard)
        for name, rows in tables(reading, sources, plan.bodies).items()
    }
    (until,) = next(
        reading.ask("SELECT max(a.last_seen) FROM temp.chosen c JOIN articles a ON a.id = c.id")
    )
    return Facts(
        plan=plan,
        tables=made,
        sources=coverage.by_source(reading, sources),
        refusals=coverage.refusals(reading, sources),
        until=until or "",
        fingerprint=_fingerprint(file for table in made.values() for file in table.files.values()),
    )


def _write_table(rows: Rows, place: Path, told: Told) -> Table:
    files, numbers = {}, set()
    for name in FORMATS:
        counter = _Counter(told)
        counted = Rows(rows.columns, rows.source, rows.ask, rows.values, rows.head, counter)
        path = place.with_name(f"{place.name}.{name}")
        files[name] = writing.write(path, _pieces(name, counted))
        numbers.add(counter.number)
    if len(numbers) != 1:
        raise ExportError(f"table {place.name}: its files have different numbers of rows")
    return Table(rows, numbers.pop(), files)


def _pieces(name: str, rows: Rows) -> Iterable[bytes]:
    if name == "csv":
        return csv_.encode(rows)
    if name == "jsonl":
        return jsonl.encode(rows)
    return parquet.encode(rows, lambda column: " · ".join(describe(column)))


class _Counter:
    """Counts rows, and passes the number on."""

    def __init__(self, told: Told) -> None:
        self.number = 0
        self._told = told

    def __call__(self, number: int) -> None:
        self.number += number
        self._told(number)


def _unheard(_: int) -> None:
    """Only articles are counted aloud."""


def _fingerprint(files: Iterable[Written]) -> str:
    lines = sorted(f"{file.sha256}  {file.path.name}\n" for file in files)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _sums(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return "".join(
        f"{writing.hashed(path).sha256}  {path.relative_to(folder).as_posix()}\n" for path in files
    )
