"""Names that a person asks for: the known one, or an error with the nearest."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from model.errors import ChoiceError

_SHOWN = 12  # known names listed where none is near


def known(kind: str, name: str, names: Iterable[str]) -> str:
    """The name, where it is one of the known; raises ChoiceError with the nearest otherwise."""
    listed = list(names)
    if name in listed:
        return name
    near = get_close_matches(name.casefold(), listed, n=1, cutoff=0.55)
    if near:
        raise ChoiceError(f"no {kind} is named {name!r}; did you mean {near[0]}?")
    tail = ", …" if len(listed) > _SHOWN else ""
    shown = ", ".join(listed[:_SHOWN]) + tail
    raise ChoiceError(f"no {kind} is named {name!r}" + (f"; there are {shown}" if shown else ""))
