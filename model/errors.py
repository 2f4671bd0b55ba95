"""The family of errors: one root, few names, each telling the caller what to do next.

TashanError
├── SourceError        a declaration is wrong: file, key, expected   → exit 2, before any request
├── ChoiceError        what was asked for does not exist: nearest    → exit 2, nothing written
├── QueryError         a search that cannot be understood            → exit 2; archive/search
├── LexiconError       the linguist's file is wrong: line            → exit 2; pipelines
├── PageError          a page does not fit its rules: link, field    → a problem row; go on
│   └── RefusedPage    a challenge or login page instead of content → problem row; leave source
├── ExpectationError   the run gave too little                       → exit 1, so cron sends mail
├── ArchiveError       the archive cannot be used                    → exit 3, nothing written
└── ExportError        a dataset could not be written whole          → exit 1, the old one stays
"""

from __future__ import annotations

from typing import ClassVar


class TashanError(Exception):
    """Anything that goes wrong in a way we foresee; its text is one line for a person."""

    exit_code: ClassVar[int] = 1


class SourceError(TashanError):
    """A source or family file is wrong; the text names file, key and what was expected."""

    exit_code = 2


class ChoiceError(TashanError):
    """A name or condition somebody asked for does not exist; the text offers the nearest."""

    exit_code = 2


class PageError(TashanError):
    """A page cannot be read as what it should be."""

    def __init__(self, message: str, *, url: str = "", field: str = "") -> None:
        super().__init__(message)
        self.url = url
        self.field = field


class RefusedPage(PageError):
    """A challenge, login or blocking page stands where content should be."""


class ExpectationError(TashanError):
    """A run gave less than its sources promise."""


class ArchiveError(TashanError):
    """The archive cannot be used: missing, foreign, newer, read-only, locked or damaged."""

    exit_code = 3


class ExportError(TashanError):
    """A dataset could not be written whole; the former one is untouched."""
