"""How a query is understood: from what a person typed to words, fields and a period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from model.errors import TashanError

from .fields import FIELDS, Period, period, range_of
from .folding import fold
from .units import segments

LONGEST = 400  # characters
LONGEST_FIELD = 64  # characters; SQLite bounds the patterns that columns are compared with
MOST_WORDS = 24


class QueryError(TashanError):
    """A query that cannot be answered; says why in Chinese and in English."""

    exit_code = 2

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(_printable(english))
        self.chinese = _printable(chinese)
        self.english = _printable(english)


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase: its units by segments (see units.py); ``title``: only in the title."""

    text: str
    parts: tuple[tuple[str, ...], ...]
    title: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A value that a column must contain; ``name`` is a key of FIELDS."""

    name: str
    text: str
    parts: tuple[tuple[str, ...], ...]


Clause = Word | Field | Period


@dataclass(frozen=True, slots=True)
class Query:
    """A query: of each group of ``wanted`` at least one clause holds, of ``unwanted`` none."""

    text: str
    wanted: tuple[tuple[Clause, ...], ...] = ()
    unwanted: tuple[Clause, ...] = ()
    words: tuple[Word, ...] = field(init=False)  # those wanted, for highlighting

    def __post_init__(self) -> None:
        words = tuple(w for group in self.wanted for w in group if isinstance(w, Word))
        object.__setattr__(self, "words", words)


def parse(text: str) -> Query:
    """Understands a query; raises QueryError where there is nothing to look for."""
    if len(text) > LONGEST:
        raise QueryError(
            f"检索词太长：最多 {LONGEST} 个字，现有 {len(text)} 个。",
            f"The query is too long: at most {LONGEST} characters, not {len(text)}.",
        )
    wanted: list[tuple[Clause, ...]] = []
    unwanted: list[Clause] = []
    either = False
    for piece in _pieces(text):
        if piece.operator and wanted:
            either = piece.operator == "or"
            continue
        clause = _clause(piece)
        if clause is None:
            continue
        if piece.unwanted:
            if either:
                raise QueryError(
                    "“OR”后面不能接要排除的词。", "A word to leave out cannot follow OR."
                )
            unwanted.append(clause)
        elif either:
            wanted[-1] = (*wanted[-1], clause)
        else:
            wanted.append((clause,))
        either = False
        if sum(map(len, wanted)) + len(unwanted) > MOST_WORDS:
            raise QueryError(
                f"检索词太多：最多 {MOST_WORDS} 个。",
                f"Too many words: at most {MOST_WORDS}.",
            )
    if not wanted and not unwanted:
        raise QueryError(
            "没有可检索的内容：请输入汉字、字母或数字。",
            "Nothing to look for: type characters, letters or digits.",
        )
    return Query(text, tuple(wanted), tuple(unwanted))


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str = ""
    field: str = ""
    typed: str = ""  # the field's name as typed
    unwanted: bool = False
    quoted: bool = False
    operator: str = ""  # "or" or "and"; with nothing before it, it is a word


# What a person may type for an operator, brought to one sign without changing the length.
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("“”„‟＂「」『』〝〞", '"'),
        **dict.fromkeys("－−﹣", "-"),
        "：": ":",
        "｜": "|",
    }
)
_VALUE = r'(?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"|]+))?'
_OPERATOR = re.compile(r"(?P<or>\|+|OR(?=\s|$)|或(?=\s))|(?:AND|&&?)(?=\s|$)")
_UNWANTED = re.compile(r"-|NOT\s+")
_NAME = re.compile(r"([^\W\d_]+):\s*")
_PLAIN = re.compile(_VALUE)


def _pieces(text: str) -> Iterator[_Piece]:
    shaped = text.translate(_SIGNS)
    place = 0
    while place < len(shaped):
        operator = _OPERATOR.match(shaped, place)
        if shaped[place].isspace():
            place += 1
        elif operator:
            yield _Piece(operator[0], operator="or" if operator["or"] else "and")
            place = operator.end()
        else:
            piece, end = _piece(text, shaped, place)
            yield piece
            place = max(end, place + 1)


def _piece(text: str, shaped: str, place: int) -> tuple[_Piece, int]:
    """The piece that begins at a place, and where it ends."""
    unwanted = _UNWANTED.match(shaped, place)
    place = unwanted.end() if unwanted else place
    named = _NAME.match(shaped, place)
    name = FIELDS.get(fold(named[1]), "") if named else ""
    place = named.end() if named and name else place
    found = _PLAIN.match(shaped, place)
    assert found is not None  # noqa: S101  every part of the pattern may be empty
    group = "bare" if found["quoted"] is None else "quoted"
    start, end = found.span(group)
    return _Piece(
        text=text[start:end] if start >= 0 else "",
        field=name,
        typed=named[1] if named and name else "",
        unwanted=bool(unwanted),
        quoted=group == "quoted",
    ), found.end()


def _clause(piece: _Piece) -> Clause | None:
    """The meaning of one piece; None where it is only punctuation."""
    if piece.field in ("since", "until", "after", "before", "date"):
        return _period(piece)
    if not piece.field and not piece.quoted:
        between = range_of(piece.text)
        if between:
            return between
    parts = tuple(map(tuple, segments(fold(piece.text))))
    if piece.field and not parts:
        raise QueryError(
            f"“{piece.typed}:”后面要写检索词。", f"Nothing to look for after “{piece.typed}:”."
        )
    if not parts:
        return None
    if piece.field and piece.field != "title":
        if len(piece.text) > LONGEST_FIELD:
            raise QueryError(
                f"“{piece.typed}:”后面最多 {LONGEST_FIELD} 个字。",
                f"At most {LONGEST_FIELD} characters may follow “{piece.typed}:”.",
            )
        return Field(piece.field, piece.text, parts)
    return Word(piece.text, parts, title=piece.field == "title")


def _period(piece: _Piece) -> Period:
    try:
        return period(piece.field, piece.text)
    except ValueError:
        raise QueryError(
            f"“{piece.typed}:{piece.text}”不是日期：请写 2019、2019-06 或 2019-06-30。",
            f"“{piece.typed}:{piece.text}” is no date: write 2019, 2019-06 or 2019-06-30.",
        ) from None


def _printable(text: str) -> str:
    """A text that can be written anywhere, whatever was typed."""
    return text.encode("utf-8", "replace").decode("utf-8")
