"""A list of quotes as an Excel file."""

from __future__ import annotations

from pathlib import Path

from qcode.exchange.exporters.wording import attribution, counted
from qcode.exchange.exporters.workbook import Book, add_about, head_row
from qcode.model.report import QuoteReport

COLUMNS = (
    ("id", 15),
    ("source", 18),
    ("start", 8),
    ("end", 8),
    ("quote", 60),
    ("code", 22),
    ("coder", 12),
    ("memo", 18),
    ("case", 18),
    ("page", 6),
)


def write(report: QuoteReport, path: Path) -> None:
    """Writes the sheets 'Quotes' and 'About'; raises UserError when `path` cannot be written or the rows are too many."""
    book = Book(report.title, report.provenance, 1 + len(report.quotes))
    sheet = book.sheet("Quotes")
    head_row(book, sheet, 0, COLUMNS)
    style = book.style(text_wrap=True)
    widths = [width for _, width in COLUMNS]
    for row, q in enumerate(report.quotes, start=1):
        cells: tuple[str | int, ...] = (q.id, q.source, q.start, q.end, q.quote, q.code, q.coder, q.memo, attribution(q), q.page)
        book.put_row(sheet, row, cells, widths, style)
    sheet.autofilter(0, 0, max(len(report.quotes), 1), len(COLUMNS) - 1)
    facts = (
        ("Counts", counted(len(report.quotes), "quote")),
        ("Positions", "start and end are Unicode code points into the source's text, end not included"),
    )
    add_about(book, report.title, facts, report.provenance)
    book.save_to(path)
