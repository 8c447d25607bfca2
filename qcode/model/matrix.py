"""The synthesis matrix as a value: rows of codes, columns of cases or attribute values, and what each cell rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qcode.model.paths import SEPARATOR
from qcode.model.strength import Strength


class Measure(StrEnum):
    """What a cell shows."""

    CODINGS = "codings"
    SOURCES = "sources"
    CASES = "cases"
    PRESENCE = "presence"
    COVERAGE = "coverage"
    STRENGTH = "strength"


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
    as read for the row's code. `coverage` is the share (0-1) of the column's characters that the code covers, `strength` what the
    codings amount to as evidence; both None when not asked for, and `strength` where there is no coding.
    """

    codings: int
    sources: int
    cases: int
    presence: Presence
    known: int
    read: int
    coverage: float | None = None
    strength: Strength | None = None

    def value(self, measure: Measure) -> int | float | str:
        """The cell as the measure shows it: a count, a share from 0 to 1, one of '+', '0', '?', or the level of strength ('0' or
        '?' where there is no coding)."""
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
            case Measure.STRENGTH:
                return self.strength.level if self.strength else self.presence.value

    def size(self, measure: Measure) -> float:
        """A number to sort by, larger where the measure shows more."""
        if measure is Measure.STRENGTH:
            return self.strength.rank if self.strength else -1.0
        value = self.value(measure)
        return float(self.codings > 0) if isinstance(value, str) else float(value)


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

    @property
    def headings(self) -> frozenset[int]:
        """The numbers of the rows that only head others: codes without a coding of their own, with codes below them in the table."""
        above = {row.path[:at] for row in self.rows for at in range(len(row.path)) if row.path.startswith(SEPARATOR, at)}
        return frozenset(at for at, row in enumerate(self.rows) if row.path in above and not self.row_totals[at].codings)
