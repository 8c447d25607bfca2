"""A framework grid as one JSON document for programs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from qcode.exchange.exporters.json_text import provenance_object, write_json
from qcode.model.report import CellText, GridReport
from qcode.text.chips import pieces_of


def write(report: GridReport, path: Path) -> None:
    """Writes the words of every cell, what is known of each summary, the marks of presence and the IDs of the quotes. Raises UserError."""
    table = report.table
    matrix = table.matrix
    ids = [quote.id for quote in table.quotes]
    places = range(len(matrix.columns))
    document = {
        "title": table.title,
        **grid_object(report),
        "presence": [[cell.presence.value for cell in cells] for cells in matrix.cells],
        "quotes": ([[ids[i] for i in table.behind.get((row, place), ())] for place in places] for row in range(len(matrix.rows))),
        "provenance": provenance_object(table.provenance),
    }
    write_json(path, document)


def grid_object(report: GridReport) -> dict[str, Any]:
    """Rows, columns, the words of cells and syntheses ('' where nobody wrote any), and all that is known of each summary, or null."""
    matrix = report.table.matrix
    rows, places = range(len(matrix.rows)), range(len(matrix.columns))
    cells = [[report.cells.get((row, place)) for place in places] for row in rows]
    syntheses = [report.rows.get(row) for row in rows]
    of_columns = [report.columns.get(place) for place in places]
    return {
        "measure": "summary",
        "rows": [row.label for row in matrix.rows],
        "columns": [column.label for column in matrix.columns],
        "cells": [[_words(text) for text in line] for line in cells],
        "totals": [_words(text) for text in syntheses],
        "column_totals": [_words(text) for text in of_columns],
        "summaries": [[_object(text) for text in line] for line in cells],
        "row_summaries": [_object(text) for text in syntheses],
        "column_summaries": [_object(text) for text in of_columns],
    }


def _words(text: CellText | None) -> str:
    return text.words if text else ""


def _object(text: CellText | None) -> dict[str, Any] | None:
    if text is None:
        return None
    cited = list(dict.fromkeys(named for _, named in pieces_of(text.words) if named))
    return {**asdict(text), "stale": list(text.stale), "cites": cited}
