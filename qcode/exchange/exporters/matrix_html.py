"""The matrix as one HTML page a client opens without installing anything: each number leads to its quotes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qcode.exchange.exporters.annex import Block, blocks_of, cell_anchor, quote_anchors, row_anchor
from qcode.exchange.exporters.characters import visible
from qcode.exchange.exporters.heat import step_of, step_words, tone_of
from qcode.exchange.exporters.lines import Line, for_reading, lines_of
from qcode.exchange.exporters.page import quote_item, refuse_too_many, write_page
from qcode.exchange.exporters.wording import (
    COUNTED,
    Look,
    base_of,
    beneath,
    cell_sentence,
    counted,
    facts_of,
    group_of,
    legend_of,
    look_of,
    name_of,
    noun_of,
    provenance_line,
    read_of,
    shown,
    totals_note,
)
from qcode.model.matrix import Cell, Presence
from qcode.model.report import MatrixReport

# from this many columns on the page prints on its side and in smaller letters
WIDE = 7


def write(report: MatrixReport, path: Path) -> None:
    """Writes one page of at most 20,000 quotes, each once; raises UserError beyond, or when `path` cannot be written."""
    refuse_too_many(len(report.quotes), path)
    report = for_reading(report)
    matrix = report.matrix
    wide = len(matrix.columns) >= WIDE
    values = {
        "title": visible(report.title),
        "explained": f"{COUNTED[matrix.measure]} It opens the quotes it rests on.",
        "totals_note": totals_note(matrix),
        "figures": _figures(report),
        "columns": [{"name": visible(column.label), "read": read_of(column)} for column in matrix.columns],
        "read": read_of(matrix.everything),
        "lines": [_line(report, line) for line in lines_of(matrix.rows)],
        "totals": [_total(report, cell) for cell in matrix.column_totals],
        "total": _total(report, matrix.total),
        "blocks": quote_blocks(report),
        "legend": legend_of(matrix),
        "steps": step_words(matrix.measure),
        "tones": sorted({tone_of(row) for row in matrix.rows}, reverse=True),
        "provenance": visible(provenance_line(report.provenance)),
        "wide": wide,
    }
    write_page(path, "matrix.html.jinja", values, landscape=wide)


def _figures(report: MatrixReport) -> list[tuple[str, str, str]]:
    matrix, everything = report.matrix, report.matrix.everything
    origin = f"from {counted(matrix.total.sources, 'source')}"
    figures = (
        (len(report.quotes), "quote", origin),
        (len(matrix.rows), "code", "down the table"),
        (len(matrix.columns), noun_of(matrix.each), "across the table"),
        (everything.sources, "source", f"{everything.read:,} read"),
    )
    return [(f"{number:,}", counted(number, noun).partition(" ")[2], note) for number, noun, note in figures]


def _line(report: MatrixReport, line: Line) -> dict[str, Any]:
    if line.row is None:
        return {"text": visible(line.text), "depth": min(line.depth, 5), "anchor": "", "cells": (), "total": None}
    matrix, index = report.matrix, line.row
    return {
        "text": visible(line.text),
        "depth": min(line.depth, 5),
        "anchor": row_anchor(index),
        "cells": [_cell(report, index, place) for place in range(len(matrix.columns))],
        "total": _total(report, matrix.row_totals[index], matrix.cells[index]),
    }


def _cell(report: MatrixReport, index: int, place: int) -> dict[str, Any]:
    matrix = report.matrix
    cell, row, column = matrix.cells[index][place], matrix.rows[index], matrix.columns[place]
    look = look_of(cell)
    classes = f"{tone_of(row)} s{step_of(cell, matrix.measure)}" if look is Look.FOUND else look.value
    return {
        "classes": classes,
        "target": cell_anchor(index, place) if report.behind.get((index, place)) else "",
        "text": shown(cell, matrix.measure),
        "beneath": beneath(cell, matrix.measure),
        "sentence": visible(cell_sentence(row, column, cell, matrix.measure)),
        "edge": _edge(cell) if look is Look.FOUND else 0,
    }


def _edge(cell: Cell) -> int:
    """The share not read in tenths, at least 2 so that it can be seen; 0 when all is read."""
    if cell.read >= cell.known:
        return 0
    return max(2, round(10 * (cell.known - cell.read) / cell.known))


def _total(report: MatrixReport, cell: Cell, across: tuple[Cell, ...] = ()) -> dict[str, str]:
    found = sum(part.presence is Presence.FOUND for part in across)
    spread = f"in {found:,} of {counted(len(across), noun_of(report.matrix.each))}" if across and found else ""
    measure = report.matrix.measure
    return {"classes": look_of(cell).value, "text": shown(cell, measure), "beneath": spread, "sentence": facts_of(cell, measure)}


def quote_blocks(report: MatrixReport) -> list[dict[str, Any]]:
    """What the page shows of the quotes of each cell."""
    anchors = quote_anchors(report.quotes)
    return [_block(report, block, anchors) for block in blocks_of(report)]


def _block(report: MatrixReport, block: Block, anchors: list[str]) -> dict[str, Any]:
    matrix = report.matrix
    row, column, cell = matrix.rows[block.row], matrix.columns[block.column], matrix.cells[block.row][block.column]
    items = []
    for index in block.indexes:
        fresh = index in block.fresh
        quote = report.quotes[index]
        items.append(quote_item(quote, anchors[index]) if fresh else {"refers": anchors[index], "id": visible(quote.id)})
    return {
        "anchor": block.anchor,
        "tone": tone_of(row),
        "name": visible(name_of(row)),
        "above": visible(", ".join(part for part in (group_of(row), column.label) if part)),
        "quotes": counted(len(block.indexes), "quote"),
        "base": base_of(cell),
        "back": row_anchor(block.row),
        "items": items,
    }
