"""A plain table as csv."""

from __future__ import annotations

from pathlib import Path

from qcode.exchange.exporters.csv_rows import write_csv
from qcode.model.report import TableReport


def write(report: TableReport, path: Path) -> None:
    """Writes one line per row, cells as they are. Raises UserError when `path` cannot be written."""
    write_csv(path, report.columns, report.rows)
