"""Where a source says that its bodies end."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .outline import Line


def ended(lines: list[Line], patterns: Iterable[str]) -> list[Line]:
    """The lines before the first that matches one of the patterns."""
    compiled = [re.compile(pattern) for pattern in patterns]
    if not compiled:
        return lines
    for at, line in enumerate(lines):
        if any(pattern.search(line.text) for pattern in compiled):
            return lines[:at]
    return lines
