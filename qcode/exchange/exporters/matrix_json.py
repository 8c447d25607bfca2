"""The matrix as one JSON document for programs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from qcode.exchange.exporters.json_text import provenance_object, write_json
from qcode.model.matrix import Cell, Matrix, Measure
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
        **strength_objects(matrix),
        "quotes": ([[ids[i] for i in report.behind.get((row, place), ())] for place in places] for row in range(len(matrix.rows))),
        "provenance": provenance_object(report.provenance),
    }
    write_json(path, document)


def strength_objects(matrix: Matrix) -> dict[str, Any]:
    """For the measure strength, what each cell and total rests on: the level and its values, None where there is no coding, and null
    for `kinds` and `groups` where the project has no attribute that says them. Nothing for other measures."""
    if matrix.measure is not Measure.STRENGTH:
        return {}
    return {
        "strength": [[_strength(cell) for cell in cells] for cells in matrix.cells],
        "total_strength": [_strength(cell) for cell in matrix.row_totals],
    }


def _strength(cell: Cell) -> dict[str, Any] | None:
    return {"level": cell.strength.level, **asdict(cell.strength.evidence)} if cell.strength else None
