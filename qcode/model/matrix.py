"""The synthesis matrix as a value: rows of codes, columns of cases or attribute values, and what each cell rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Measure(StrEnum):
    """What a cell shows."""

    CODINGS = "codings"
    SOURCES = "sources"
    CASES = "cases"
    PRESENCE = "presence"
    COVERAGE = "coverage"


class Presence(StrEnum):
    """Whether a cell has anything in it, and whether anybody has looked."""

    FOUND = "+"
    NOTHING = "0"
    UNREAD = "?"


@dataclass(frozen=True, slots=True)
class Row:
    """One code. `label` is its path below the code the rows were chosen by, `path` its whole path."""

    key: str
    label: str
    path: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One case, attribute value, source or coder. `sources` belong to it; `read` of them were marked finished by somebody."""

    key: str
    label: str
    sources: int = 0
    read: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands behind one crossing of a row and a column.

    `codings`, `sources` and `cases` are distinct counts. `known` is how many sources the column has, `read` how many of them count
    as read for the row's code. `coverage` is the share (0-1) of the column's characters that the code covers, None when it was not
    asked for.
    """

    codings: int
    sources: int
    cases: int
    presence: Presence
    known: int
    read: int
    coverage: float | None = None

    def value(self, measure: Measure) -> int | float | str:
        """The cell as the measure shows it: a count, a share from 0 to 1, or one of '+', '0', '?'."""
        match measure:
            case Measure.CODINGS:
                return self.codings
            case Measure.SOURCES:
                return self.sources
            case Measure.CASES:
                return self.cases
            case Measure.PRESENCE:
                return self.presence.value
            case Measure.COVERAGE:
                return self.coverage or 0.0


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows × columns of cells, with totals that count each coding, source and case once, however many columns it stands in.

    `cells[r][c]` belongs to `rows[r]` and `columns[c]`; `row_totals[r]` and `column_totals[c]` likewise; `total` is over everything.
    `everything` is the head of the totals: all sources of the selection, and how many of them somebody has finished. `each` is what
    one column is: 'Country' as somebody named it, else 'case', 'source', 'coder' or 'column'.
    """

    measure: Measure
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    cells: tuple[tuple[Cell, ...], ...]
    row_totals: tuple[Cell, ...]
    column_totals: tuple[Cell, ...]
    total: Cell
    everything: Column = Column("", "Total")
    each: str = "column"
