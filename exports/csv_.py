"""CSV for spreadsheets and statistics (RFC 4180): UTF-8, with a BOM so that Excel reads Chinese.

Text is always quoted, numbers never, NULL is empty. A text that a spreadsheet could take for a
formula gets an apostrophe in front, full-width signs included; so does one that already has
apostrophes there, so that taking one away from every such text gives all texts back as they were.
NUL becomes U+FFFD.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .columns import Column
from .rows import Rows, without_nul

BOM = "\N{BYTE ORDER MARK}".encode()

FORMULA_SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫"
CONTROL_SIGNS = "\t\r\n"
# What may stand before a sign and be passed over: all of Unicode's white space, and two more.
BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\N{ZERO WIDTH SPACE}\ufeff"
_BEFORE = "'" + BLANKS
_MOST_ARGUMENTS = 500  # of an SQL function; SQLite takes 1000


def encode(rows: Rows, *, bom: bool = True) -> Iterator[bytes]:
    """The file in pieces: a line of names, then a line a row."""
    names = [column.name for column in rows.columns]
    header = _joined([_text(f"?{number}") for number in range(1, len(names) + 1)])
    line = next(iter(rows.ask(f"SELECT {header}", names)))[0]
    yield (BOM if bom else b"") + line.encode() + b"\r\n"
    for piece in rows.lines(*_line(rows.columns), change=_doubled):
        yield without_nul(piece)


def _line(columns: Sequence[Column]) -> list[str]:
    """The SQL of a line: what stands before a long text, the text itself, what follows, …

    SQLite would look for quotation marks byte by byte, so a long text leaves it as it is.
    """
    made: list[str] = []
    cells: list[str] = []
    for column in columns:
        if column.short or column.kind != "text":
            cells.append(_cell(column))
            continue
        probe = column.probe or column.sql
        cells.append(f"iif({probe} IS NULL,'',{_start(probe)})")
        made += [_joined(cells), column.sql]
        cells = [f"iif({probe} IS NULL,'','\"')"]
    if len(columns) == 1:  # or NULL would be a blank line, which many readers skip
        cells = [f"iif({columns[0].sql} IS NULL,'\"\"',{cell})" for cell in cells]
    return [*made, _joined(cells) + "||char(13,10)"]


def _doubled(text: bytes) -> bytes:
    return text.replace(b'"', b'""')


def _joined(cells: list[str]) -> str:
    if len(cells) <= _MOST_ARGUMENTS:
        return f"concat_ws(',',{','.join(cells)})"
    parts = [cells[n : n + _MOST_ARGUMENTS] for n in range(0, len(cells), _MOST_ARGUMENTS)]
    return _joined([_joined(part) for part in parts])


def _cell(column: Column) -> str:
    """The SQL of one cell; never NULL."""
    sql = column.sql
    if column.kind == "integer":
        return f"coalesce({sql},'')"
    if column.kind == "number":
        return f"iif({sql} IS NULL,'',json_quote({sql}))"
    if column.kind == "bytes":
        return f"coalesce(hex({sql}),'')"
    if column.kind == "any":
        text = _text(f"iif(typeof({sql})='blob',hex({sql}),{sql})", sql)
        return f"iif(typeof({sql}) IN ('integer','real'),json_quote({sql}),{text})"
    return _text(sql, column.probe)


def _text(sql: str, probe: str = "") -> str:
    probe = probe or sql
    return f"""iif({probe} IS NULL,'',{_start(probe)}||replace({sql},'"','""')||'"')"""


def _start(probe: str) -> str:
    """The SQL of what a quoted text begins with."""
    quiet = f"unicode({probe}) NOT IN ({_points(FORMULA_SIGNS + _BEFORE)})"  # nearly every cell
    control = f"unicode(ltrim({probe},'''')) IN ({_points(CONTROL_SIGNS)})"
    formula = f"unicode(ltrim({probe},{_chars(_BEFORE)})) IN ({_points(FORMULA_SIGNS)})"
    return f"CASE WHEN {quiet} THEN '\"' WHEN {control} OR {formula} THEN '\"''' ELSE '\"' END"


def _points(signs: str) -> str:
    return ",".join(str(ord(sign)) for sign in signs)


def _chars(signs: str) -> str:
    return f"char({_points(signs)})"
