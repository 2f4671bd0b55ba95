"""Where in a table a cell stands, with cells of other rows reaching into its row."""

from __future__ import annotations

from dataclasses import dataclass, field

from .parsing import Element

_WIDEST = 60  # no cell is believed to span more


@dataclass(slots=True)
class Table:
    """Where in an open table the walk stands; columns that earlier rows reach into are skipped."""

    number: int
    row: int = -1
    column: int = -1
    width: int = 0  # columns the current cell takes
    reaching: dict[int, int] = field(default_factory=dict)  # column: rows still to come
    taken: set[int] = field(default_factory=set)

    def next_row(self) -> None:
        """Enter a row."""
        self.row, self.column, self.width = self.row + 1, -1, 1
        self.taken = set(self.reaching)
        self.reaching = {c: rows - 1 for c, rows in self.reaching.items() if rows > 1}

    def next_cell(self, columns: int, rows: int) -> None:
        """Enter a cell that takes so many columns and rows."""
        column = self.column + self.width if self.column >= 0 else 0
        while column in self.taken:
            column += 1
        self.column, self.width = column, columns
        if rows > 1:
            self.reaching.update(dict.fromkeys(range(column, column + columns), rows - 1))


def span(element: Element, name: str) -> int:
    """How many columns or rows a cell says it takes, as far as that is believed."""
    value = element.get(name) or ""
    return min(max(int(value), 1), _WIDEST) if value.isdecimal() and len(value) < 5 else 1
