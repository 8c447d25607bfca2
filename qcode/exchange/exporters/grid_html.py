"""A framework grid as one HTML page: summaries with their quotes a click away, and what is stale marked with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qcode.exchange.exporters.annex import cell_anchor, quote_anchors, row_anchor
from qcode.exchange.exporters.characters import closed, visible
from qcode.exchange.exporters.grid_words import EXPLAINED, STALE_EXPLAINED, figures_of, linked_pieces, rests_on, stale_words, written_by
from qcode.exchange.exporters.lines import Line, lines_of
from qcode.exchange.exporters.matrix_html import WIDE, quote_blocks
from qcode.exchange.exporters.page import refuse_too_many, write_page
from qcode.exchange.exporters.wording import Look, look_of, provenance_line, read_of
from qcode.model.report import CellText, GridReport


def write(report: GridReport, path: Path) -> None:
    """Writes one page of at most 20,000 quotes, each once; raises UserError beyond, or when `path` cannot be written."""
    table = report.table
    refuse_too_many(len(table.quotes), path)
    matrix = table.matrix
    anchors = {quote.id: name for quote, name in zip(table.quotes, quote_anchors(table.quotes), strict=True)}
    places = range(len(matrix.columns))
    wide = len(matrix.columns) >= WIDE
    values = {
        "title": visible(table.title),
        "explained": f"{EXPLAINED} {STALE_EXPLAINED}",
        "figures": _figures(report),
        "columns": [{"name": visible(column.label), "read": read_of(column)} for column in matrix.columns],
        "with_rows": bool(report.rows),
        "lines": [_line(report, line, anchors) for line in lines_of(matrix.rows)],
        "syntheses": [_text(report.columns.get(place), anchors) for place in places] if report.columns else [],
        "blocks": quote_blocks(table),
        "provenance": visible(provenance_line(table.provenance)),
        "wide": wide,
    }
    write_page(path, "grid.html.jinja", values, landscape=True, style="grid.css")


def _figures(report: GridReport) -> list[tuple[str, str, str]]:
    cells, written, reviewed, stale = figures_of(report)
    figures = (
        (written, "summaries", f"of {cells:,} cells"),
        (reviewed, "reviewed", "by somebody who read the quotes"),
        (stale, "stale", "something happened to their quotes"),
        (len(report.table.quotes), "quotes", "behind the table"),
    )
    return [(f"{number:,}", noun, note) for number, noun, note in figures]


def _line(report: GridReport, line: Line, anchors: Mapping[str, str]) -> dict[str, Any]:
    place: dict[str, Any] = {"text": visible(line.text), "depth": min(line.depth, 5), "anchor": "", "cells": (), "synthesis": None}
    if line.row is None:
        return place
    cells = [_cell(report, (line.row, at), anchors) for at in range(len(report.table.matrix.columns))]
    return place | {"anchor": row_anchor(line.row), "cells": cells, "synthesis": _text(report.rows.get(line.row), anchors)}


def _cell(report: GridReport, at: tuple[int, int], anchors: Mapping[str, str]) -> dict[str, Any]:
    matrix = report.table.matrix
    cell = matrix.cells[at[0]][at[1]]
    text = report.cells.get(at)
    is_unread = look_of(cell) in (Look.PARTLY, Look.UNREAD, Look.EMPTY)
    return {
        "column": visible(matrix.columns[at[1]].label),
        "classes": "unread" if is_unread and text is None else "written" if text else "blank",
        "text": _text(text, anchors),
        "facts": rests_on(cell),
        "target": cell_anchor(*at) if report.table.behind.get(at) else "",
    }


def _text(text: CellText | None, anchors: Mapping[str, str]) -> dict[str, Any] | None:
    """What the template `summary` shows."""
    if text is None:
        return None
    pieces = [
        {"words": closed(piece) if not anchor else visible(piece[1:-1]), "target": anchor} for piece, anchor in linked_pieces(text, anchors)
    ]
    return {"pieces": pieces, "by": visible(written_by(text)), "stale": visible(stale_words(text)), "reviewed": text.status == "reviewed"}
