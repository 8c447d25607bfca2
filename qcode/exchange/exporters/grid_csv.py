"""A framework grid as bare csv: codes down, columns across, the synthesis of each row last."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qcode.exchange.exporters.csv_rows import write_csv
from qcode.exchange.exporters.grid_words import in_one
from qcode.model.report import CellText, GridReport


def write(report: GridReport, path: Path) -> None:
    """Writes header 'code', the columns, 'Total', one row per code, and a row 'Total' where a column has a synthesis; a stale summary says
    so on a line of its own. Raises UserError when it cannot be written."""
    columns = report.table.matrix.columns
    write_csv(path, ("code", *(column.label for column in columns), "Total"), _rows(report))


def _rows(report: GridReport) -> Iterator[tuple[str, ...]]:
    matrix = report.table.matrix
    places = range(len(matrix.columns))
    for index, row in enumerate(matrix.rows):
        yield (row.label, *(_printed(report.cells.get((index, place))) for place in places), _printed(report.rows.get(index)))
    if report.columns:
        yield ("Total", *(_printed(report.columns.get(place)) for place in places), "")


def _printed(text: CellText | None) -> str:
    return in_one(text) if text else ""
