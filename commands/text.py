"""tashan text: repairs texts and converts their script, for any corpus."""

from __future__ import annotations

import codecs
import json
import os
import re
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import IO, Any

import click

from pipelines import scripts
from pipelines.repair import repair as repair_text

_PIECE = 1 << 20  # bytes read at once


class InputError(click.ClickException):
    """What was given cannot be read as text, or nobody reads what is written; one line."""

    exit_code = 2


@click.group()
def text() -> None:
    """Repair damaged texts and convert their script, of any corpus.

    Both commands read FILE, or standard input without it, and write UTF-8 to standard output.
    They read UTF-8, GB 18030 (and with it GBK and GB2312), and UTF-16 with a byte order mark.
    Exit code 2: the input is missing or is no text, or the output was closed.
    """


def _arguments(command: Callable[..., None]) -> Callable[..., None]:
    """What both commands take; the command itself is given a _Text."""

    @click.argument(
        "file",
        required=False,
        default="-",
        type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    )
    @click.option(
        "--by-line",
        is_flag=True,
        help="Every line is a document of its own. Any size in little memory.",
    )
    @click.option(
        "--report",
        is_flag=True,
        help="Say on standard error what was done, as JSON; with --by-line, as one line of JSON "
        "for every line changed.",
    )
    @wraps(command)
    def wrapped(file: str, by_line: bool, **options: Any) -> None:
        with _opened(file) as stream:
            source = _Text(stream, "standard input" if file == "-" else file)
            command(source, by_line, **options)
            sys.stdout.buffer.flush()

    return wrapped


@text.command()
@_arguments
def repair(source: _Text, by_line: bool, report: bool) -> None:
    """Give back the text from before the damage; its script stays.

    Undoes what machine-converted mirror pages do to Chinese text: 業(yè)務(wù) and characters
    split between bytes. Text without such damage comes out as it went in. What is really lost
    is U+FFFD. Without --by-line the whole input is one document.
    """
    if not by_line:
        done = _repaired(source.whole())
        source.write(done.pop("text"))
        if report:
            _say({"input": source.name, "encoding": source.encoding} | done)
        return
    for number, line in enumerate(source.lines(), 1):
        done = _repaired(line)
        source.write(done.pop("text"))
        if report and done["family"]:
            _say({"line": number} | done)


def _repaired(text: str) -> dict[str, Any]:
    """The repaired text and what the report says about it."""
    ends = [found.start() for found in re.finditer("\r\n", text)]
    windows = len(ends) == text.count("\n")
    done = repair_text(text.replace("\r\n", "\n") if windows else text)
    ends = [end - number for number, end in enumerate(ends)] if windows else []
    return {
        "text": done.text.replace("\n", "\r\n") if windows else done.text,
        "characters": len(text),
        "family": done.family,
        "trust": done.trust,
        "edits": [
            {
                "offset": edit.offset + bisect_left(ends, edit.offset),  # in the text as given
                "before": edit.before,
                "after": edit.after,
                "sure": edit.sure,
                "rule": edit.rule,
            }
            for edit in done.edits
        ],
    }


@text.command()
@_arguments
@click.option(
    "--to",
    type=click.Choice(["hans", "hant", "tw", "hk"]),
    required=True,
    help="hans: Simplified; hant: Traditional; tw, hk: as Taiwan and Hong Kong write it.",
)
def convert(source: _Text, by_line: bool, report: bool, to: scripts.Target) -> None:
    """Convert the script of a text: its characters, never its vocabulary.

    The text may be in any script, or in several. Large inputs are read and written piece by
    piece.
    """
    kinds: Counter[str] = Counter()
    changes: Counter[str] = Counter()
    size = 0
    for number, piece in enumerate(source.lines() if by_line else source.pieces(), 1):
        made = scripts.convert(piece, to)
        source.write(made)
        if not report or (by_line and made is piece):
            continue
        here = Counter(f"{a}→{b}" for a, b in zip(piece, made, strict=True) if a != b)
        if by_line:
            _say({"line": number, "script": scripts.detect(piece), "changes": dict(here)})
        size += len(piece)
        kinds[scripts.detect(piece)] += len(piece)
        changes += here
    if report and not by_line:
        del kinds["none"]
        script = "mixed" if len(kinds) > 1 else next(iter(kinds), "none")
        said = {"input": source.name, "encoding": source.encoding, "characters": size}
        _say(said | {"script": script, "to": to, "changes": dict(changes.most_common())})


def _say(report: dict[str, Any]) -> None:
    click.echo(json.dumps(report, ensure_ascii=False), err=True)


@contextmanager
def _opened(file: str) -> Iterator[IO[bytes]]:
    """The input; what goes wrong with it or with the output is an InputError."""
    try:
        with click.open_file(file, "rb") as stream:
            yield stream
    except BrokenPipeError:
        # Python would complain once more when it closes standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        raise InputError("standard output was closed before everything was written") from None
    except OSError as error:
        raise InputError(f"{error.filename or file}: {error.strerror}") from None


class _Text:
    """An input, decoded as it is read, and the output."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self.name = name
        self._stream = stream
        self._decoder = _Decoder(name)
        self._out = sys.stdout.buffer

    @property
    def encoding(self) -> str:
        """The codec that reads the input."""
        return self._decoder.encoding

    def write(self, text: str) -> None:
        """Writes a piece of the result."""
        self._out.write(text.encode())

    def whole(self) -> str:
        """All of it."""
        return "".join(self.pieces())

    def lines(self) -> Iterator[str]:
        """Line by line, with their ends."""
        for piece in self.pieces():
            yield from _LINE.findall(piece)

    def pieces(self) -> Iterator[str]:
        """In pieces that end with a line."""
        begun: list[str] = []
        more = True
        while more:
            chunk = self._stream.read(_PIECE)
            more = bool(chunk)
            text = self._decoder.decode(chunk)
            cut = text.rfind("\n") + 1
            if cut:
                yield "".join([*begun, text[:cut]])
                begun = []
            begun.append(text[cut:])
        if last := "".join(begun):
            yield last


_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class _Decoder:
    """Bytes to text by evidence: a byte order mark, else UTF-8, else GB 18030; never guessed."""

    def __init__(self, name: str) -> None:
        self.encoding = "ascii"
        self._name = name
        self._done = 0
        self._codec: codecs.IncrementalDecoder | None = None

    def decode(self, chunk: bytes) -> str:
        """The text of the next bytes; none are the end. Raises InputError."""
        if chunk.count(0) * 1000 > len(chunk) and not self._utf16(chunk):
            raise InputError(f"{self._name}: holds binary data, a text is expected")
        if self._codec is None:
            if chunk.isascii():
                self._done += len(chunk)
                return chunk.decode("ascii")
            self._settle(chunk)
        assert self._codec is not None  # noqa: S101  settled above
        waiting = len(self._codec.getstate()[0])
        try:
            text = self._codec.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            place = self._done - waiting + error.start + 1
            known = "UTF-8 nor GB 18030" if self.encoding == "gb18030" else self.encoding.upper()
            word = "neither" if self.encoding == "gb18030" else "not"
            raise InputError(
                f"{self._name}: {word} {known}: byte {place:,} fits no character"
            ) from None
        self._done += len(chunk)
        return str(text)

    def _utf16(self, chunk: bytes) -> bool:
        first = self._done == 0 and chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        return first or self.encoding == "utf-16"

    def _settle(self, chunk: bytes) -> None:
        """Chooses the codec by the first bytes beyond ASCII."""
        if self._utf16(chunk):
            self.encoding = "utf-16"
        else:
            self.encoding = "utf-8"
            try:
                codecs.getincrementaldecoder("utf-8")().decode(chunk)
            except UnicodeDecodeError:
                self.encoding = "gb18030"
        mark = self._done == 0 and chunk.startswith(codecs.BOM_UTF8)
        self._codec = codecs.getincrementaldecoder("utf-8-sig" if mark else self.encoding)()
