"""A plain table as an Excel file."""

from __future__ import annotations

from pathlib import Path

from qcode.exchange.exporters.wording import counted
from qcode.exchange.exporters.workbook import Book, add_about, head_row
from qcode.model.report import TableReport

_NARROW, _WIDE = 16, 48
_LONG = 24


def write(report: TableReport, path: Path) -> None:
    """Writes the table on a sheet of its own, filterable, and 'About'. Raises UserError when it cannot be written or is too long."""
    book = Book(report.title, report.provenance, 1 + len(report.rows))
    sheet = book.sheet(report.sheet)
    widths = [_width([row[at] for row in report.rows]) for at in range(len(report.columns))]
    head_row(book, sheet, 0, list(zip(report.columns, widths, strict=True)))
    style = book.style(text_wrap=True)
    for number, row in enumerate(report.rows, start=1):
        for column, cell in enumerate(row):
            book.put(sheet, number, column, cell, style)
    sheet.autofilter(0, 0, max(len(report.rows), 1), len(report.columns) - 1)
    add_about(book, report.title, (("Counts", counted(len(report.rows), "row")),), report.provenance)
    book.save_to(path)


def _width(cells: list[str | int | float]) -> int:
    return _WIDE if any(len(str(cell)) > _LONG for cell in cells) else _NARROW
