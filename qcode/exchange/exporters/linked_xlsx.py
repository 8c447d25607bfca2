"""Linked tables as an Excel file: a sheet for all tables, one of which cells lead to, and 'About'."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qcode.exchange.exporters.heat import colours
from qcode.exchange.exporters.linked_words import plain
from qcode.exchange.exporters.wording import counted
from qcode.exchange.exporters.workbook import QUOTE_COLUMNS, Book, add_about, head_row, quote_row
from qcode.model.report import Linked, LinkedReport

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_NARROW, _MIDDLE, _WIDE = 12, 24, 48
_MIDDLING, _LONG = 16, 60
_PART = "Part"


def write(report: LinkedReport, path: Path) -> None:
    """Writes the sheets 'Table', 'Quotes' and 'About'; raises UserError when it cannot, or the rows are too many."""
    rows = sum(len(section.rows) for section in report.sections)
    listed = sum(max(len(block.indexes), 1) for block in report.blocks)
    book = Book(report.title, report.provenance, 1 + max(rows, listed))
    starts = _starts(report)
    _add_table(book, report, starts)
    _add_quotes(book, report)
    facts = (
        ("In short", report.lead),
        ("Counts", f"{counted(rows, 'row')}, {counted(len(report.quotes), 'quote')}"),
        ("Sheet 'Quotes'", "What each statement rests on itself, in the order of the statements; a number in the table leads there."),
    )
    add_about(book, report.title, facts, report.provenance)
    book.save_to(path)


def _starts(report: LinkedReport) -> dict[str, int]:
    """The row of the sheet 'Quotes', from 0, in which each block begins."""
    starts, row = {}, 1
    for block in report.blocks:
        starts[block.key] = row
        row += max(len(block.indexes), 1)
    return starts


def _add_table(book: Book, report: LinkedReport, starts: dict[str, int]) -> None:
    """All tables on one sheet, so that they can be filtered together. A cell of Excel holds one link, so it leads to one place."""
    columns = list(dict.fromkeys(column for section in report.sections for column in section.columns))
    lines = [
        (section.heading, dict(zip(section.columns, row, strict=True)))
        for section in report.sections
        for row in section.rows
    ]
    widths = [_MIDDLE, *(_width([plain(cells.get(name, ())) for _, cells in lines]) for name in columns)]
    sheet = book.sheet("Table")
    head_row(book, sheet, 0, list(zip((_PART, *columns), widths, strict=True)))
    style = book.style(text_wrap=True)
    for number, (heading, cells) in enumerate(lines, start=1):
        ordered = [cells.get(name, ()) for name in columns]
        book.put_row(sheet, number, (heading, *map(plain, ordered)), widths, style)
        for at, cell in enumerate(ordered, start=1):
            _link(book, sheet, number, at, cell, starts)
    sheet.autofilter(0, 0, max(len(lines), 1), len(columns))


def _link(book: Book, sheet: Worksheet, row: int, column: int, cell: Sequence[Linked], starts: dict[str, int]) -> None:
    """Let a short cell lead to the block it names first: LibreOffice puts all of a cell with a link on one line."""
    key = next((piece.block for piece in cell if piece.block in starts), "")
    text = plain(cell).replace("\n", ", ")
    if key and len(text) <= _MIDDLING:
        leading = book.style(font_color=colours()["accent"], underline=1)
        book.link(sheet, row, column, f"'Quotes'!A{starts[key] + 1}", text, leading, f"To the quotes of {key}")


def _width(cells: Sequence[str]) -> int:
    longest = max((len(line) for cell in cells for line in cell.split("\n")), default=0)
    return _WIDE if longest > _LONG else _MIDDLE if longest > _MIDDLING else _NARROW


def _add_quotes(book: Book, report: LinkedReport) -> None:
    """A row for each quote of each block, and one for a block without."""
    sheet = book.sheet("Quotes")
    named = [("No.", _NARROW), ("Statement", _WIDE), ("Rests on", _NARROW)]
    columns = [(name, width) for name, width in QUOTE_COLUMNS if name != "Column"]
    head_row(book, sheet, 0, [*named, *columns])
    widths = [width for _, width in (*named, *columns)]
    style, row = book.style(text_wrap=True), 0
    for block in report.blocks:
        about = (block.key, block.heading.partition("  ")[2], ", ".join(block.below))
        for cells in [_quote_cells(report, at) for at in block.indexes] or [("",) * len(columns)]:
            row += 1
            book.put_row(sheet, row, (*about, *cells), widths, style)
    sheet.autofilter(0, 0, max(row, 1), len(widths) - 1)


def _quote_cells(report: LinkedReport, at: int) -> tuple[str, ...]:
    cells = quote_row(report.quotes[at], "")
    return tuple(cell for (name, _), cell in zip(QUOTE_COLUMNS, cells, strict=True) if name != "Column")
