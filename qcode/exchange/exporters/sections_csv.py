"""A report of several tables as one csv: each row says of which part it is, and has the columns of all parts."""

from __future__ import annotations

from pathlib import Path

from qcode.exchange.exporters.csv_rows import write_csv
from qcode.model.report import SectionsReport

_PART = "part"


def write(report: SectionsReport, path: Path) -> None:
    """Writes one line per row, cells as they are. Raises UserError when `path` cannot be written."""
    columns = list(dict.fromkeys(column for section in report.sections for column in section.columns))
    rows = []
    for section in report.sections:
        for row in section.rows:
            cells = dict(zip(section.columns, row, strict=True))
            rows.append((section.heading, *(cells.get(column, "") for column in columns)))
    write_csv(path, (_PART, *columns), rows)
