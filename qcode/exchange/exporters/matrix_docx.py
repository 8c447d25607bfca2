"""The matrix as a Word file: a table that stays on the page, and an annex of quotes its numbers lead to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qcode.exchange.exporters.annex import Block, blocks_of, cell_anchor, quote_anchors, row_anchor
from qcode.exchange.exporters.heat import colours, step_of, step_words, tone_of
from qcode.exchange.exporters.lines import Line, for_reading, lines_of
from qcode.exchange.exporters.word_file import PADDING, WordFile, add_quote, refuse_too_many
from qcode.exchange.exporters.word_table import begin_table, table_cell, table_row, text_cell
from qcode.exchange.exporters.wording import (
    COUNTED,
    Look,
    cell_sentence,
    facts_of,
    legend_of,
    look_of,
    provenance_line,
    read_of,
    shown,
    totals_note,
)
from qcode.model.matrix import Cell
from qcode.model.report import MatrixReport

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# a table of more columns could not be read on A4: it is printed in parts
MAX_COLUMNS = 14


def write(report: MatrixReport, path: Path) -> None:
    """Writes table, marks, provenance and annex of at most 10,000 quotes; raises UserError beyond, or when it cannot be written."""
    refuse_too_many(len(report.quotes), path)
    report = for_reading(report)
    matrix = report.matrix
    word = WordFile(report.title, report.provenance, landscape=True, cell_size=_size(min(len(matrix.columns), MAX_COLUMNS)))
    word.text(word.paragraph("qcode Title"), report.title)
    word.text(word.paragraph("qcode Lead"), f"{COUNTED[matrix.measure]} It leads to the quotes it rests on. {totals_note(matrix)}")
    parts = _parts(len(matrix.columns))
    for number, part in enumerate(parts):
        if len(parts) > 1:
            text = f"Columns {part.start + 1} to {part.stop} of {len(matrix.columns)}"
            word.text(word.paragraph("qcode Note", keepNext={}), text)
        _add_table(word, report, part, first=number == 0, last=number == len(parts) - 1)
        word.paragraph("qcode Note")
    _add_legend(word, report)
    add_annex(word, report)
    word.save_to(path)


def _size(columns: int) -> int:
    """The letters of the table in half points."""
    return 20 if columns <= 6 else 17 if columns <= 9 else 14


def _parts(columns: int) -> list[range]:
    return [range(start, min(start + MAX_COLUMNS, columns)) for start in range(0, max(columns, 1), MAX_COLUMNS)]


def _add_table(word: WordFile, report: MatrixReport, part: range, first: bool, last: bool) -> None:
    matrix = report.matrix
    widths = _widths(word.width - 2 * PADDING, len(part), last)
    table = begin_table(word, widths)
    _add_head(word, table, report, part, last, widths)
    for line in lines_of(matrix.rows):
        _add_line(word, table, report, line, part, first, last, widths)
    row = table_row(word, table)
    text_cell(word, row, widths[0], "Total", "qcode Head")
    for width, cell in zip(widths[1:], [*(matrix.column_totals[i] for i in part), *([matrix.total] if last else [])], strict=True):
        text_cell(word, row, width, shown(cell, matrix.measure), "qcode Cell", centred=True)


def _widths(room: int, columns: int, last: bool) -> list[int]:
    """Widths that fill at most `room`: the codes, `columns` columns, and the total where it is the last."""
    first = 3600 if columns <= 6 else 2400
    total = [800] if last else []
    share = min((room - first - sum(total)) // max(columns, 1), 2400)
    return [first, *([share] * columns), *total]


def _add_head(word: WordFile, table: Element, report: MatrixReport, part: range, last: bool, widths: Sequence[int]) -> None:
    row = table_row(word, table, head=True)
    text_cell(word, row, widths[0], "Code", "qcode Head", fill="panel")
    for place, width in zip(part, widths[1:], strict=False):
        column = report.matrix.columns[place]
        cell = text_cell(word, row, width, column.label, "qcode Head", fill="panel", centred=True)
        word.text(word.paragraph("qcode Cell", cell, jc={"val": "center"}), read_of(column))
    if last:
        text_cell(word, row, widths[-1], "Total", "qcode Head", fill="panel", centred=True)


def _add_line(
    word: WordFile, table: Element, report: MatrixReport, line: Line, part: range, first: bool, last: bool, widths: Sequence[int]
) -> None:
    row = table_row(word, table)
    if line.row is None:
        cell = table_cell(word, row, sum(widths), span=len(widths))
        word.text(word.paragraph("qcode Head", cell, keepNext={}, ind=indent_of(line)), line.text)
        return
    matrix = report.matrix
    name = word.paragraph("qcode Cell", table_cell(word, row, widths[0]), ind=indent_of(line))
    if first:
        word.mark(name, row_anchor(line.row))
    word.text(name, line.text)
    for place, width in zip(part, widths[1:], strict=False):
        _add_cell(word, row, report, (line.row, place), width)
    if last:
        total = matrix.row_totals[line.row]
        text_cell(word, row, widths[-1], shown(total, matrix.measure), "qcode Cell", centred=True)


def indent_of(line: Line) -> dict[str, str | int]:
    """How far a line is set in under its groups."""
    return {"left": 140 * min(line.depth, 6)}


def _add_cell(word: WordFile, row: Element, report: MatrixReport, at: tuple[int, int], width: int) -> None:
    matrix = report.matrix
    code, column, cell = matrix.rows[at[0]], matrix.columns[at[1]], matrix.cells[at[0]][at[1]]
    paragraph = word.paragraph("qcode Cell", table_cell(word, row, width, _shade(cell, report, at[0])), jc={"val": "center"})
    text = shown(cell, matrix.measure)
    if report.behind.get(at):
        word.link(paragraph, cell_anchor(*at), text, tip=cell_sentence(code, column, cell, matrix.measure))
    else:
        word.text(paragraph, text)


def _shade(cell: Cell, report: MatrixReport, row: int) -> dict[str, str | int]:
    palette = colours()
    if look_of(cell) in (Look.PARTLY, Look.UNREAD, Look.EMPTY):
        return {"val": "thinDiagStripe", "color": palette["hatch"][1:], "fill": palette["hatch_bg"][1:]}
    fill = palette[f"heat_{tone_of(report.matrix.rows[row])}"][step_of(cell, report.matrix.measure)]
    return {"val": "clear", "color": "auto", "fill": fill[1:]}


def _add_legend(word: WordFile, report: MatrixReport) -> None:
    matrix = report.matrix
    marks = "; ".join(f"“{mark}”: {meaning}" for mark, meaning in legend_of(matrix))
    word.text(word.paragraph("qcode Note"), f"Marks. {marks}.")
    if steps := step_words(matrix.measure):
        word.text(word.paragraph("qcode Note"), f"Colour steps: {', '.join(steps)}; amber where a code names something that hinders.")
    word.text(word.paragraph("qcode Note"), provenance_line(report.provenance))


def add_annex(word: WordFile, report: MatrixReport) -> None:
    """The quotes of each cell, each once, with the bookmarks that cells and IDs lead to."""
    anchors = quote_anchors(report.quotes)
    row = -1
    for block in blocks_of(report):
        if row < 0:
            word.text(word.paragraph("qcode Annex"), "Quotes")
        if block.row != row:
            row = block.row
            word.text(word.paragraph("qcode Heading 1"), report.matrix.rows[row].label)
        _add_block(word, report, block, anchors)


def _add_block(word: WordFile, report: MatrixReport, block: Block, anchors: Sequence[str]) -> None:
    matrix = report.matrix
    heading = word.paragraph("qcode Heading 2")
    word.mark(heading, block.anchor)
    word.text(heading, matrix.columns[block.column].label)
    facts = word.paragraph("qcode Note", keepNext={})
    word.text(facts, f"{facts_of(matrix.cells[block.row][block.column], matrix.measure)} · ")
    word.link(facts, row_anchor(block.row), "back to the table")
    for index in block.indexes:
        if index in block.fresh:
            add_quote(word, report.quotes[index], anchors[index])
        else:
            again = word.paragraph("qcode Source")
            word.link(again, anchors[index], report.quotes[index].id, character="qcode Id")
            word.text(again, "  stands in full above")
