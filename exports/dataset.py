"""A dataset: the articles somebody chose, written in one format to one place."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, cast

from archive import Archive
from archive.reading import Reading
from archive.subset import write_subset
from model.errors import ChoiceError, ExportError

from . import csv_, folders, jsonl, parquet, warc, writing
from .choices import known
from .columns import FROM_CHOSEN, SCRIPTS, Column, Script, article_columns, chosen, in_script
from .formats import Format
from .rows import Rows, Told
from .selection import Selection
from .words import describe
from .writing import Written

Convert = Callable[[str], str]
Begin = Callable[[int], Told]


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asked for. ``convert`` is needed where ``script`` is hant, tw or hk."""

    format: Format
    selection: Selection = field(default_factory=Selection)
    columns: tuple[str, ...] = ()
    script: str = "hans"
    convert: Convert | None = None
    bodies: bool = True
    revisions: bool = False
    attachments: bool = False
    bom: bool = True


@dataclass(frozen=True, slots=True)
class Made:
    """A dataset that was written: how many articles, and what stands on the disk."""

    articles: int
    written: Written
    pageless: int = 0  # articles of which a WARC has no page, because the archive has none


def export(archive: Archive, request: Request, path: Path, begin: Begin) -> Made:
    """Writes a dataset to ``path``; ``begin`` hears how many articles come, and gives who counts.

    What was at ``path`` stays until the new one is whole. The same archive and request give the
    same bytes. Raises ChoiceError, ExportError, ArchiveError.
    """
    check(request)
    if path.exists() and path.samefile(archive.path):
        raise ExportError(f"{path}: is the archive itself; choose another --output")
    with Reading(archive) as reading:
        job = _Job(reading, request, request.selection.apply(reading))
        told = begin(job.articles)
        if request.format.name in ("text", "markdown"):
            written = job.folder(path, told)
        elif request.format.name == "sqlite":
            written = job.subset(path, told)
        else:
            pieces = job.pieces(told, packed=path.name.lower().endswith(".gz"))
            written = writing.write(path, pieces)
        return Made(job.articles, written, job.pageless())


def stream(archive: Archive, request: Request, begin: Begin) -> Iterator[bytes]:
    """The same as pieces of bytes, for standard output."""
    check(request)
    if not request.format.stream:
        raise ChoiceError(f"format {request.format.name} needs a place: --output PATH")
    with Reading(archive) as reading:
        job = _Job(reading, request, request.selection.apply(reading))
        yield from job.pieces(begin(job.articles), packed=False)


def check(request: Request) -> None:
    """Raises ChoiceError where parts of a request do not go together."""
    name = request.format.name
    known("script", request.script, SCRIPTS)
    if not request.format.columns:
        if request.columns or request.attachments:
            raise ChoiceError(f"format {name} is always whole; leave out --columns, --attachments")
        if request.script != "hans":
            raise ChoiceError(f"format {name} holds texts as they are kept; leave out --script")
    if not request.bodies and name in ("text", "markdown", "warc"):
        raise ChoiceError(f"format {name} is nothing without bodies; leave out --no-bodies")


class _Job:
    """One request on one reading."""

    def __init__(self, reading: Reading, request: Request, articles: int) -> None:
        self.articles = articles
        self._reading = reading
        self._request = request
        self._known = article_columns(reading)
        convert = request.convert
        if convert is not None:
            reading.function("in_script", lambda text: _converted(convert, text))

    def pieces(self, told: Told, *, packed: bool) -> Iterator[bytes]:
        """A file in pieces, proved to hold every article."""
        name, done = self._request.format.name, 0

        def count(number: int) -> None:
            nonlocal done
            done += number
            told(number)

        if name == "warc":
            newest = not self._request.revisions
            yield from warc.encode(self._reading, told, newest=newest, packed=packed)
            return
        rows = Rows(self._columns(), FROM_CHOSEN, self._reading.ask, told=count)
        made: Iterable[bytes]
        if name == "csv":
            made = csv_.encode(rows, bom=self._request.bom)
        elif name == "jsonl":
            made = jsonl.encode(rows)
        else:
            made = parquet.encode(rows, lambda column: " · ".join(describe(column)))
        yield from _gzipped(made) if packed else made
        if done != self.articles:
            raise ExportError(f"{done} of {self.articles} articles were written; nothing is kept")

    def pageless(self) -> int:
        """Articles without a raw page, where raw pages are what was asked for."""
        if self._request.format.name != "warc":
            return 0
        return self._reading.without_pages(newest=not self._request.revisions)

    def folder(self, path: Path, told: Told) -> Written:
        """A folder of texts."""
        form = cast(Literal["text", "markdown"], self._request.format.name)
        columns = {c.name: c for c in self._in_script(tuple(self._known.values()))}
        rows = Rows(self._columns(), FROM_CHOSEN, self._reading.ask, told=told)
        return folders.write_folder(path, rows, form, columns, self._about())

    def subset(self, path: Path, told: Told) -> Written:
        """An archive of its own."""
        with writing.fresh_file(path) as fresh:
            write_subset(
                self._reading,
                fresh,
                bodies=self._request.bodies,
                revisions=self._request.revisions,
                told=told,
            )
            made = writing.hashed(fresh)
            writing.settle(fresh)
        return replace(made, path=path)

    def _columns(self) -> tuple[Column, ...]:
        request = self._request
        lists = ["attachments"] * request.attachments + ["history"] * request.revisions
        names = chosen(self._known, request.columns, bodies=request.bodies, lists=lists)
        if not names:
            raise ChoiceError("no column is left")
        return self._in_script(names)

    def _in_script(self, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        return in_script(columns, cast(Script, self._request.script))

    def _about(self) -> dict[str, Any]:
        request = self._request
        return {
            "format": request.format.name,
            "articles": self.articles,
            "columns": [column.name for column in self._columns()],
            "script": request.script,
            "selection": {english: value for _, english, value in request.selection.words()},
        }


def _converted(convert: Convert, text: bytes | None) -> str | None:
    return None if text is None else convert(text.decode("utf-8", "replace"))


def _gzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """gzip without name and time, so that the same text gives the same file."""
    packer = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    for piece in pieces:
        yield packer.compress(piece)
    yield packer.flush()
