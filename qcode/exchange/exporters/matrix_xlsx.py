"""The matrix as an Excel file: numbers that stay numbers, heat, and a link from each cell to its quotes.

Each row has the whole path of its code and there are no heading rows: sorted or filtered, they would part from what they head.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qcode.exchange.exporters.annex import blocks_of, cell_anchor
from qcode.exchange.exporters.heat import colours, step_of, step_words, tone_of
from qcode.exchange.exporters.lines import for_reading
from qcode.exchange.exporters.wording import (
    COUNTED,
    Look,
    cell_sentence,
    counted,
    legend_of,
    look_of,
    provenance_line,
    read_of,
    shown,
    totals_note,
)
from qcode.exchange.exporters.workbook import MAX_LINKS, Book, add_about, add_quotes, first_rows
from qcode.model.matrix import Cell, Matrix, Measure
from qcode.model.report import MatrixReport

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

HEAD = 3
# Excel's pattern 'thin diagonal stripe', the hatch of 'not yet read'
STRIPES = 14
UNSURE = (Look.PARTLY, Look.UNREAD, Look.EMPTY)


def write(report: MatrixReport, path: Path) -> None:
    """Writes the sheets 'Matrix', 'Quotes' and 'About'; raises UserError when `path` cannot be written or the rows are too many."""
    report = for_reading(report)
    blocks = blocks_of(report)
    book = Book(report.title, report.provenance, 1 + sum(len(block.indexes) for block in blocks))
    starts = first_rows(blocks)
    _add_matrix(book, report, dict(islice(starts.items(), MAX_LINKS)))
    back = {block.anchor: _address(block.row, block.column) for block in blocks}
    add_quotes(book, blocks, report, back)
    add_about(book, report.title, _facts(report, len(starts)), report.provenance)
    book.save_to(path)


def _address(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return f"'Matrix'!{xl_rowcol_to_cell(HEAD + 1 + row, 1 + column)}"


def _add_matrix(book: Book, report: MatrixReport, starts: Mapping[str, int]) -> None:
    matrix = report.matrix
    sheet = book.sheet("Matrix")
    widths = _widths(matrix)
    book.put(sheet, 0, 0, report.title, book.style(bold=True, font_size=14))
    muted = book.style(font_color=colours()["text_muted"], text_wrap=True)
    book.spread(sheet, 1, widths, _explained(report), muted)
    book.spread(sheet, 2, widths, "Marks: " + "; ".join(f"{mark} = {meaning}" for mark, meaning in legend_of(matrix)), muted)
    _add_head(book, sheet, report, widths)
    bottom = HEAD + 1 + len(matrix.rows)
    for index in range(len(matrix.rows)):
        _add_row(book, sheet, report, index, starts, widths)
    _add_totals(book, sheet, report, bottom)
    book.spread(sheet, bottom + 2, widths, provenance_line(report.provenance), muted)
    sheet.autofilter(HEAD, 0, max(bottom - 1, HEAD), len(matrix.columns) + 1)
    sheet.print_area(0, 0, bottom + 2, len(matrix.columns) + 1)


def _explained(report: MatrixReport) -> str:
    measure = report.matrix.measure
    steps = ", ".join(step_words(measure))
    return " ".join(part for part in (COUNTED[measure], "It leads to its quotes.", f"Colour steps: {steps}." if steps else "") if part)


def _widths(matrix: Matrix) -> list[float]:
    """The codes on one line each where they fit, the columns and the total; narrower where many columns share a printed page."""
    columns = len(matrix.columns)
    least, most, other, total = (30, 54, 20, 14) if columns <= 5 else (30, 48, 15, 14) if columns <= 7 else (24, 36, 11, 9)
    longest = max((len(row.label) for row in matrix.rows), default=0)
    return [min(max(least, longest + 1), most), *([other] * columns), total]


def _add_head(book: Book, sheet: Worksheet, report: MatrixReport, widths: Sequence[float]) -> None:
    style = book.style(bold=True, bottom=2, text_wrap=True, bg_color=colours()["panel"], align="center")
    for index, width in enumerate(widths):
        sheet.set_column(index, index, width)
    matrix = report.matrix
    heads = [f"{column.label}\n{read_of(column)}" for column in (*matrix.columns, matrix.everything)]
    book.height(sheet, HEAD, zip(heads, widths[1:], strict=True))
    book.put(sheet, HEAD, 0, "Code", book.style(bold=True, bottom=2, bg_color=colours()["panel"]))
    for index, head in enumerate(heads, start=1):
        book.put(sheet, HEAD, index, head, style)
    sheet.freeze_panes(HEAD + 1, 1)
    sheet.repeat_rows(HEAD)
    sheet.repeat_columns(0)


def _add_row(book: Book, sheet: Worksheet, report: MatrixReport, index: int, starts: Mapping[str, int], widths: Sequence[float]) -> None:
    matrix = report.matrix
    line = HEAD + 1 + index
    texts = [matrix.rows[index].label, *(shown(cell, matrix.measure) for cell in (*matrix.cells[index], matrix.row_totals[index]))]
    book.height(sheet, line, zip(texts, widths, strict=True))
    row, tone = matrix.rows[index], tone_of(matrix.rows[index])
    book.put(sheet, line, 0, row.label, book.style(text_wrap=True, bottom=1, bottom_color=colours()["line"], valign="vcenter"))
    for place, cell in enumerate(matrix.cells[index]):
        style = _style(book, cell, matrix.measure, tone)
        start = starts.get(cell_anchor(index, place))
        value = _value(cell, matrix.measure)
        if start is None:
            book.put(sheet, line, place + 1, value, style)
        else:
            tip = cell_sentence(row, matrix.columns[place], cell, matrix.measure)
            book.link(sheet, line, place + 1, f"'Quotes'!A{start + 1}", value, style, tip)
    total = matrix.row_totals[index]
    book.put(sheet, line, len(matrix.columns) + 1, _value(total, matrix.measure), _total_style(book, total, matrix.measure, False))


def _add_totals(book: Book, sheet: Worksheet, report: MatrixReport, line: int) -> None:
    matrix = report.matrix
    book.put(sheet, line, 0, "Total", book.style(bold=True, top=2))
    for place, cell in enumerate((*matrix.column_totals, matrix.total), start=1):
        book.put(sheet, line, place, _value(cell, matrix.measure), _total_style(book, cell, matrix.measure, True))


def _value(cell: Cell, measure: Measure) -> str | int | float:
    """A number where the cell has one, else the words or mark that stand for it."""
    if measure is Measure.PRESENCE or look_of(cell) in UNSURE:
        return shown(cell, measure)
    return cell.value(measure)


def _style(book: Book, cell: Cell, measure: Measure, tone: str) -> Format:
    palette = colours()
    look: dict[str, Any] = {"align": "center", "valign": "vcenter", "text_wrap": True, "border": 1, "border_color": palette["line"]}
    if look_of(cell) in UNSURE:
        look |= {"pattern": STRIPES, "fg_color": palette["hatch"], "bg_color": palette["hatch_bg"], "font_color": palette["text_muted"]}
    else:
        look |= {"bg_color": palette[f"heat_{tone}"][step_of(cell, measure)], "font_color": palette["heat_ink"]}
    if look_of(cell) is Look.FOUND:
        look |= {"bold": True, "underline": 1}
    return book.style(**look, **_number(measure))


def _total_style(book: Book, cell: Cell, measure: Measure, last: bool) -> Format:
    look: dict[str, Any] = {"align": "center", "valign": "vcenter", "bold": look_of(cell) is Look.FOUND, "text_wrap": True}
    return book.style(**look, **({"top": 2} if last else {}), **_number(measure))


def _number(measure: Measure) -> dict[str, str]:
    return {"num_format": '[=0]0;[<0.0005]"< 0.1 %";0.0 %' if measure is Measure.COVERAGE else "#,##0"}


def _facts(report: MatrixReport, linked: int) -> list[tuple[str, str]]:
    matrix = report.matrix
    size = f"{counted(len(matrix.rows), 'code')}, {counted(len(matrix.columns), 'column')}, {counted(len(report.quotes), 'quote')}"
    facts = [
        ("Unit", COUNTED[matrix.measure]),
        ("Counts", f"{size}, {counted(linked, 'cell')} with quotes"),
        ("Totals", totals_note(matrix)),
        ("Sheet 'Quotes'", "In the order of the cells; a quote of two cells stands there twice. An ID leads back to its cell."),
    ]
    facts += [(f"Mark: {mark}", meaning) for mark, meaning in legend_of(matrix)]
    rows = sum(len(indexes) for indexes in report.behind.values())
    if max(rows, linked) > MAX_LINKS:
        words = f"Excel holds {MAX_LINKS:,} links a sheet: some cells and IDs lead nowhere; the sheet 'Quotes' is complete."
        facts.append(("Links", words))
    return facts
