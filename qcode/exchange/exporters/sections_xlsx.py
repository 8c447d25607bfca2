"""A report of several tables as an Excel file, a sheet for each."""

from __future__ import annotations

from pathlib import Path

from qcode.exchange.exporters.workbook import Book, add_about, head_row
from qcode.model.report import Section, SectionsReport

_NARROW, _WIDE = 14, 44
_LONG = 20


def write(report: SectionsReport, path: Path) -> None:
    """Writes each table on a sheet of its own, filterable, and 'About'. Raises UserError when it cannot be written or is too long."""
    longest = max((len(section.rows) for section in report.sections), default=0)
    book = Book(report.title, report.provenance, 1 + longest)
    for section in report.sections:
        _add_sheet(book, section)
    facts = [("In short", report.lead), *((section.heading, section.note) for section in report.sections if section.note)]
    add_about(book, report.title, facts, report.provenance)
    book.save_to(path)


def _add_sheet(book: Book, section: Section) -> None:
    sheet = book.sheet(section.heading)
    widths = [_width(section, at) for at in range(len(section.columns))]
    head_row(book, sheet, 0, list(zip(section.columns, widths, strict=True)))
    style = book.style(text_wrap=True)
    for number, row in enumerate(section.rows, start=1):
        book.put_row(sheet, number, row, widths, style)
    sheet.autofilter(0, 0, max(len(section.rows), 1), len(section.columns) - 1)


def _width(section: Section, at: int) -> int:
    return _WIDE if any(len(str(row[at])) > _LONG for row in section.rows) else _NARROW
