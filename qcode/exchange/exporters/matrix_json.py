"""The matrix as one JSON document for programs."""

from __future__ import annotations

from pathlib import Path

from qcode.exchange.exporters.json_text import provenance_object, write_json
from qcode.model.report import MatrixReport


def write(report: MatrixReport, path: Path) -> None:
    """Writes rows, columns, cells, totals and, cell by cell, the three marks and the IDs of the quotes. Raises UserError."""
    matrix = report.matrix
    measure = matrix.measure
    ids = [quote.id for quote in report.quotes]
    places = range(len(matrix.columns))
    document = {
        "title": report.title,
        "measure": measure.value,
        "rows": [row.label for row in matrix.rows],
        "columns": [column.label for column in matrix.columns],
        "cells": [[cell.value(measure) for cell in cells] for cells in matrix.cells],
        "totals": [cell.value(measure) for cell in matrix.row_totals],
        "column_totals": [cell.value(measure) for cell in matrix.column_totals],
        "total": matrix.total.value(measure),
        "presence": [[cell.presence.value for cell in cells] for cells in matrix.cells],
        "quotes": ([[ids[i] for i in report.behind.get((row, place), ())] for place in places] for row in range(len(matrix.rows))),
        "provenance": provenance_object(report.provenance),
    }
    write_json(path, document)
