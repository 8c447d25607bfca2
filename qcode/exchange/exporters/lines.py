"""A matrix's rows as a reader sees them: codes set in under their groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qcode.exchange.exporters.wording import SEPARATOR
from qcode.model.matrix import Row
from qcode.model.report import MatrixReport


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: a code (`row` is its index), or the heading of a group that is no row itself (`row` is None)."""

    text: str
    depth: int
    row: int | None


def for_reading(report: MatrixReport) -> MatrixReport:
    """The report without the rows that only head others: '0' there would be read as 'nothing found' in all that stands below."""
    matrix = report.matrix
    kept = [row for row in range(len(matrix.rows)) if row not in matrix.headings]
    places = {row: at for at, row in enumerate(kept)}
    return replace(
        report,
        matrix=replace(
            matrix,
            rows=tuple(matrix.rows[row] for row in kept),
            cells=tuple(matrix.cells[row] for row in kept),
            row_totals=tuple(matrix.row_totals[row] for row in kept),
        ),
        behind={(places[row], column): indexes for (row, column), indexes in report.behind.items() if row in places},
    )


def lines_of(rows: Sequence[Row]) -> list[Line]:
    """The rows in their order, each under headings for the parts of its path that no row of its own stands for."""
    own = {row.label for row in rows}
    lines: list[Line] = []
    before: list[str] = []
    for index, row in enumerate(rows):
        parts = row.label.split(SEPARATOR)
        for depth in range(len(parts) - 1):
            path = parts[: depth + 1]
            if path != before[: depth + 1] and SEPARATOR.join(path) not in own:
                lines.append(Line(parts[depth], depth, None))
        lines.append(Line(parts[-1], len(parts) - 1, index))
        before = parts
    return lines
