"""A table somebody brought in from a spreadsheet: columns of text by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qcode.errors import UserError


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a file below its header, column by column.

    `columns` are the names as written, trimmed; they are found in any case. All columns have the length of the table; a missing cell is
    ''. Cells are neither trimmed nor changed. Made by `qcode.exchange.tables.read_table`.
    """

    name: str
    columns: tuple[str, ...]
    _cells: dict[str, list[str]]
    _lines: Sequence[int]

    def __len__(self) -> int:
        return len(self._lines)

    def __contains__(self, column: str) -> bool:
        return column.casefold() in self._cells

    def column(self, name: str) -> list[str]:
        """The cells of the column `name` (in any case), from the first row down; empty strings when there is no such column."""
        return self._cells.get(name.casefold()) or [""] * len(self)

    def optional(self, name: str) -> Sequence[str | None]:
        """The cells of a column, or as many Nones when there is no such column."""
        return self._cells.get(name.casefold()) or [None] * len(self)

    def line(self, row: int) -> int:
        """The line of the file (or the row of the sheet) on which row `row` begins, from 1."""
        return self._lines[row]

    def place(self, row: int) -> str:
        """Where row `row` stands, for messages: 'codings.csv, line 7'."""
        return f"{self.name}, line {self.line(row)}"

    def unknown(self, known: Iterable[str]) -> tuple[str, ...]:
        """The columns, as written, that are not among `known`."""
        names = {name.casefold() for name in known}
        return tuple(column for column in self.columns if column.casefold() not in names)

    def require(self, names: Iterable[str], what: str) -> None:
        """Raises UserError unless the table, which is to hold `what` ('codings'), has all columns `names`."""
        missing = sorted(name for name in names if name not in self)
        if missing:
            one = len(missing) == 1
            raise UserError(
                f"{self.name} has no column {', '.join(missing)}, so no {what} were imported. It has the columns "
                f"{', '.join(self.columns)}: add {'the column' if one else 'the columns'} or rename {'one' if one else 'them'}."
            )
