"""A matrix's rows as a reader sees them: codes set in under their groups, what a group's code holds itself last of all in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qcode.exchange.exporters.wording import SEPARATOR
from qcode.model.matrix import Row
from qcode.model.report import MatrixReport


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: a code (`row` is its index), or the heading of a group (`row` is None). `path` is all of it from the top."""

    text: str
    depth: int
    row: int | None
    path: str


def for_reading(report: MatrixReport) -> MatrixReport:
    """The report as the screen shows it: without the rows that only head others, for '0' there would be read as 'nothing found' in all
    that stands below; and with what a code with codes below it holds itself as the last row of its branch, not at its head as a sum."""
    matrix = report.matrix
    kept = _in_reading_order(matrix.rows, matrix.headings)
    places = {row: at for at, row in enumerate(kept)}
    rows = tuple(matrix.rows[row] for row in kept)
    return replace(
        report,
        matrix=replace(
            matrix,
            rows=rows if _labels_nest(rows) else tuple(replace(row, label=row.path) for row in rows),
            cells=tuple(matrix.cells[row] for row in kept),
            row_totals=tuple(matrix.row_totals[row] for row in kept),
        ),
        behind={(places[row], column): indexes for (row, column), indexes in report.behind.items() if row in places},
    )


def lines_of(rows: Sequence[Row]) -> list[Line]:
    """The rows in their order, each under headings for the parts of its path that no row before it stands for.

    A row that comes after the rows below it, as `for_reading` puts it, is set in under the heading of its own name.
    """
    known: set[str] = set()
    headed: set[str] = set()
    lines: list[Line] = []
    before: list[str] = []
    for index, row in enumerate(rows):
        parts = row.label.split(SEPARATOR)
        for depth in range(len(parts) - 1):
            path = SEPARATOR.join(parts[: depth + 1])
            if parts[: depth + 1] != before[: depth + 1] and path not in known:
                lines.append(Line(parts[depth], depth, None, path))
                headed.add(path)
        lines.append(Line(parts[-1], len(parts) - (row.label not in headed), index, row.label))
        known.add(row.label)
        before = parts
    return lines


def _in_reading_order(rows: Sequence[Row], headings: frozenset[int]) -> list[int]:
    """The indexes of the rows but the headings', those with rows below them after these."""
    order: list[int] = []
    waiting: list[int] = []
    for at, row in enumerate(rows):
        while waiting and not _is_below(row, rows[waiting[-1]]):
            order.append(waiting.pop())
        if at not in headings:
            waiting.append(at)
    return [*order, *reversed(waiting)]


def _labels_nest(rows: Sequence[Row]) -> bool:
    """Whether the labels alone tell which rows lie below which: they do not where the one code at the top is left out of them."""
    labels = {row.path: row.label for row in rows}
    for row in rows:
        parts = row.path.split(SEPARATOR)
        above = (labels.get(SEPARATOR.join(parts[:depth])) for depth in range(1, len(parts)))
        if any(label is not None and not row.label.startswith(label + SEPARATOR) for label in above):
            return False
    return True


def _is_below(row: Row, other: Row) -> bool:
    return row.path.startswith(other.path + SEPARATOR)
