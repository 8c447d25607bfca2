"""The matrix as bare csv: codes down, columns across, the row total last."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qcode.exchange.exporters.csv_rows import write_csv
from qcode.model.matrix import Cell, Measure
from qcode.model.report import MatrixReport


def write(report: MatrixReport, path: Path) -> None:
    """Writes header 'code', the columns, 'Total', and one row per code; shares with 4 decimals. Raises UserError when it cannot."""
    matrix = report.matrix
    write_csv(path, ("code", *(column.label for column in matrix.columns), "Total"), _rows(report))


def _rows(report: MatrixReport) -> Iterator[tuple[str | int, ...]]:
    matrix = report.matrix
    for row, cells, total in zip(matrix.rows, matrix.cells, matrix.row_totals, strict=True):
        yield (row.label, *(_printed(cell, matrix.measure) for cell in (*cells, total)))


def _printed(cell: Cell, measure: Measure) -> str | int:
    value = cell.value(measure)
    return f"{value:.4f}" if isinstance(value, float) else value
