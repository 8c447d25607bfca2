"""Linked tables as one csv: each row says of which part it is, and has the columns of all parts; links are words alone."""

from __future__ import annotations

from pathlib import Path

from qcode.exchange.exporters.csv_rows import write_csv
from qcode.exchange.exporters.linked_words import plain
from qcode.model.report import LinkedReport

_PART = "part"


def write(report: LinkedReport, path: Path) -> None:
    """Writes one line per row. Raises UserError when `path` cannot be written."""
    columns = list(dict.fromkeys(column for section in report.sections for column in section.columns))
    rows = []
    for section in report.sections:
        for row in section.rows:
            cells = dict(zip(section.columns, map(plain, row), strict=True))
            rows.append((section.heading, *(cells.get(column, "") for column in columns)))
    write_csv(path, (_PART, *columns), rows)
