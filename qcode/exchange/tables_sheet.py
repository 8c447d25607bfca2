"""The rows of a spreadsheet: the first sheet with content, formulas by their last value, every cell as a string."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from qcode.exchange.archives import Archive, open_archive
from qcode.exchange.guards import OLE, check_file, refusal, sniff
from qcode.exchange.tables import Batch, Row

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Value = int | float | str | bool | time | date | datetime | timedelta

_MOST_CELLS = 20_000_000
_CELL = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})(\d{1,9})[\"']")
_LONGEST_CELL_MARK = 32
_WHOLE_NUMBERS_TO = 1e15


def batches(path: Path) -> Iterator[Batch]:
    """The rows with any content of the first sheet that has any, and their numbers in the sheet, from 1.

    Numbers read '12' and '12.5', dates '2022-04-14', truth 'true' and 'false'. Raises UserError: protected, damaged, hostile, no content.
    """
    _guard(path)
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with CalamineWorkbook.from_path(path) as workbook:
            rows, lines = _first_content(workbook)
    except PasswordError as error:
        raise refusal(path.name, "is protected by a password", "Save it without a password.") from error
    except CalamineError as error:
        raise refusal(path.name, "is damaged or not a spreadsheet", "Save it again in Excel, or as csv.") from error
    if rows:
        yield rows, lines


def as_text(value: Value) -> str:
    """A cell as a person would type it, without the decimals and clock times that spreadsheets add."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _WHOLE_NUMBERS_TO else format(value, ".15g")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, (date, time)) else str(value)


def _first_content(workbook: CalamineWorkbook) -> tuple[list[Row], list[int]]:
    for name in workbook.sheet_names:
        sheet: CalamineSheet = workbook.get_sheet_by_name(name)
        top = sheet.start[0] if sheet.start else 0
        rows: list[Row] = []
        lines: list[int] = []
        for line, values in enumerate(sheet.to_python(skip_empty_area=True), top + 1):
            row = [as_text(value) for value in values]
            if any(row):
                rows.append(row)
                lines.append(line)
        if rows:
            return rows, lines
    return [], []


def _guard(path: Path) -> None:
    """Refuses archives that lie, hide entities, or name a cell so far out that the sheet would not fit into memory."""
    check_file(path)
    with path.open("rb") as file:
        head = file.read(16)
    if path.suffix.lower() == ".xls" and head.startswith(OLE):
        return
    if path.suffix.lower() == ".xls" and not head.startswith(b"PK"):
        raise refusal(path.name, f"is {sniff(head) or 'damaged'}, not a spreadsheet,", "Save it again in Excel, or as csv.")
    with open_archive(path, "a spreadsheet") as archive:
        archive.verify()
        for name in archive.names():
            if name.startswith("xl/worksheets/") and _cells(archive, name) > _MOST_CELLS:
                what = "has a cell far from all others, so that its sheet would not fit into memory,"
                raise refusal(path.name, what, "Copy the table into a new file.")


def _cells(archive: Archive, name: str) -> int:
    """How many cells the rectangle around the cells of a sheet has."""
    last_row, last_column, tail = 0, b"", b""
    for chunk in archive.chunks(name):
        for column, row in _CELL.findall(tail + chunk):
            last_row = max(last_row, int(row))
            if (len(column), column) > (len(last_column), last_column):
                last_column = column
        tail = chunk[-_LONGEST_CELL_MARK:]
    number = 0
    for letter in last_column:
        number = number * 26 + letter - 64
    return last_row * number
