"""A list of quotes as csv, in the columns of `codings import`, so that it can be read back."""

from __future__ import annotations

from pathlib import Path

from qcode.exchange.exporters.csv_rows import write_csv
from qcode.exchange.exporters.wording import attribution
from qcode.model.report import QuoteReport

COLUMNS = ("id", "source", "start", "end", "quote", "code", "coder", "memo", "case", "page")


def write(report: QuoteReport, path: Path) -> None:
    """Writes one row per quote, cells as they are; several cases are joined by '; '. Raises UserError when it cannot."""
    rows = ((q.id, q.source, q.start, q.end, q.quote, q.code, q.coder, q.memo, attribution(q), q.page) for q in report.quotes)
    write_csv(path, COLUMNS, rows)
