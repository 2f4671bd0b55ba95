"""Reads the YAML files of sources and families; a mistake is one line: file, key, what to do."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

from .errors import SourceError
from .source import Family, Source

M = TypeVar("M", bound=BaseModel)


class Catalogue:
    """The sources of one folder and the families they name.

    ``Catalogue(folder, families)`` reads nothing yet. ``families`` defaults to
    ``folder/families``. Every method raises SourceError where a file is wrong.
    """

    def __init__(self, folder: Path, families: Path | None = None) -> None:
        self.folder = folder
        self._families_folder = families or folder / "families"
        self._families: dict[str, Family] = {}

    def names(self) -> list[str]:
        """The ids of all sources, sorted; from file names alone, nothing is opened."""
        if not self.folder.is_dir():
            raise SourceError(f"{self.folder}: no such folder of sources")
        return sorted(path.stem for path in self.folder.glob("*.yml"))

    def source(self, name: str) -> Source:
        """One source, with its family's rules filled in."""
        path = self.folder / f"{name}.yml"
        if name not in self.names():
            near = get_close_matches(name, self.names(), n=1, cutoff=0.4)
            hint = f"; did you mean {near[0]}?" if near else f"; {self.folder} has none like it"
            raise SourceError(f"no source named {name}{hint}")
        source = _read(path, Source)
        try:
            return source.with_family(self.family(source.family))
        except _NoFamily as error:
            raise SourceError(f"{path}: family: {error}") from None

    def sources(self) -> Iterator[Source]:
        """Every source, in the order of names()."""
        return map(self.source, self.names())

    def family(self, name: str) -> Family:
        """One family."""
        if name not in self._families:
            path = self._families_folder / f"{name}.yml"
            if not path.is_file():
                known = self.family_names()
                near = get_close_matches(name, known, n=1, cutoff=0.4)
                hint = f"did you mean {near[0]}?" if near else "known are " + ", ".join(known)
                raise _NoFamily(f"no family named {name}; {hint}")
            self._families[name] = _read(path, Family)
        return self._families[name]

    def family_names(self) -> list[str]:
        """The ids of all families, sorted."""
        return sorted(path.stem for path in self._families_folder.glob("*.yml"))


class _NoFamily(SourceError):
    pass


def _read(path: Path, model: type[M]) -> M:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        raise SourceError(
            f"{where}: not YAML: {getattr(error, 'problem', None) or error}"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: cannot be read: {error}") from None
    if not isinstance(data, dict):
        raise SourceError(f"{path}: expected keys and values, found {type(data).__name__}")
    try:
        made = model.model_validate(data)
    except ValidationError as error:
        raise SourceError(f"{path}: {_explain(error, model)}") from None
    if getattr(made, "id", None) != path.stem:
        raise SourceError(f"{path}: id: expected {path.stem}, the file's name, found {made.id}")  # type: ignore[attr-defined]
    return made


def _explain(error: ValidationError, model: type[BaseModel]) -> str:
    """The first mistake: key, what is wrong, the nearest known key."""
    first = error.errors()[0]
    place = first["loc"]
    key = ".".join(str(part) for part in place) or "the file"
    if first["type"] == "extra_forbidden":
        known = _keys_at(model, place[:-1])
        near = get_close_matches(str(place[-1]), known, n=1, cutoff=0.4)
        hint = f"did you mean {near[0]}?" if near else "known are " + ", ".join(sorted(known))
        return f"{key}: unknown key; {hint}"
    if first["type"] == "missing":
        return f"{key}: this key is missing"
    found = first.get("input")
    shown = "" if isinstance(found, dict | list) else f", found {found!r}"
    return f"{key}: {first['msg'].removeprefix('Value error, ')}{shown}"


def _keys_at(model: type[BaseModel], place: tuple[int | str, ...]) -> list[str]:
    """The keys that a mapping may have at this place of a file."""
    here: Any = model
    for part in place:
        if isinstance(here, type) and issubclass(here, BaseModel) and part in here.model_fields:
            here = _model_in(here.model_fields[str(part)].annotation)
    if isinstance(here, type) and issubclass(here, BaseModel):
        return [field.alias or name for name, field in here.model_fields.items()]
    return []


def _model_in(annotation: Any) -> Any:
    """The first pydantic model inside a type such as tuple[Layout, ...] or Address | None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in get_args(annotation):
        found = _model_in(part)
        if found is not None:
            return found
    return None
