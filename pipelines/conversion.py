"""OpenCC's converters with our own words in front of its dictionaries; each is built once."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import opencc

Converter = Callable[[str], str]
_SHARE = Path(opencc.__file__).parent / "clib" / "share" / "opencc"


@cache
def stock(config: str) -> Converter:
    """A converter as OpenCC ships it: t2s, s2t, s2tw, s2hk, t2tw, t2hk."""
    convert: Converter = opencc.OpenCC(config).convert
    return convert


def by_character(config: str) -> Converter:
    """What a converter as shipped makes of single characters; its phrases take up to 40 MB."""
    made = json.loads((_SHARE / f"{config}.json").read_text(encoding="utf-8"))
    made.pop("segmentation", None)
    _place(made)
    _drop_phrases(made["conversion_chain"])
    return _built(made, {})


def extended(config: str, words: Mapping[str, str]) -> Converter:
    """A converter of OpenCC in which ``words`` come before its own dictionaries.

    At every place of a text the longest of ``words`` decides, then OpenCC's longest word.
    """
    made = json.loads((_SHARE / f"{config}.json").read_text(encoding="utf-8"))
    _place(made)
    first = made["conversion_chain"][0]
    first["dict"] = _in_front(first["dict"])
    if "segmentation" in made:
        made["segmentation"]["dict"] = _in_front(made["segmentation"]["dict"])
    return _built(made, words)


def only(words: Mapping[str, str]) -> Converter:
    """A converter that knows nothing but ``words``, the longest first."""
    return _built({"name": "own", "conversion_chain": [{"dict": _OURS}]}, words)


_OURS = {"type": "text", "file": ""}


def _in_front(theirs: dict[str, Any]) -> dict[str, Any]:
    return {"type": "group", "match_policy": "short_circuit", "dicts": [_OURS, theirs]}


def _built(config: dict[str, Any], words: Mapping[str, str]) -> Converter:
    with tempfile.TemporaryDirectory() as folder:  # OpenCC reads dictionaries from files alone
        ours = Path(folder) / "words.txt"
        ours.write_text("".join(f"{word}\t{form}\n" for word, form in words.items()), "utf-8")
        path = Path(folder) / "own.json"
        written = json.dumps(config).replace(
            json.dumps(_OURS), json.dumps(_OURS | {"file": str(ours)})
        )
        path.write_text(written, "utf-8")
        convert: Converter = opencc.OpenCC(str(path)).convert
    return convert


def _drop_phrases(config: Any) -> None:
    if isinstance(config, list):
        config[:] = [part for part in config if not _only_phrases(part)]
        for part in config:
            _drop_phrases(part)
    elif isinstance(config, dict):
        for part in config.values():
            _drop_phrases(part)


def _only_phrases(config: dict[str, Any]) -> bool:
    """Whether a dictionary, or every one of a group, is of phrases."""
    inner = config.get("dicts") or ([config["dict"]] if "dict" in config else [])
    return all(map(_only_phrases, inner)) if inner else "Phrases" in config.get("file", "")


def _place(config: Any) -> None:
    """Says of every dictionary where it lies; a configuration elsewhere would not find them."""
    if isinstance(config, list):
        for item in config:
            _place(item)
    elif isinstance(config, dict):
        if config.get("type") == "ocd2":
            config["file"] = str(_SHARE / config["file"])
        for item in config.values():
            _place(item)
