"""Tables in: csv, xlsx, xls and ods as columns of strings, each cell as it stands in the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from qcode.errors import UserError
from qcode.exchange.guards import refusal
from qcode.found import look_at
from qcode.model.table import Table

Row = Sequence[str]
Batch = tuple[list[Row], list[int]]  # rows and the lines they begin on, of equal length, never empty


def read_table(path: Path) -> Table:
    """The table in a .csv (or .tsv, .txt), .xlsx, .xls or .ods file: its first row with anything in it names the columns.

    Rows without any content are left out. Raises UserError: not such a file, damaged, no header, a column named twice, a row with more
    cells than the header.
    """
    if look_at(path).is_folder:
        raise UserError(f"{path} is a folder: choose a table, saved as csv, xlsx, xls or ods.")
    ending = path.suffix.lower()
    if ending in (".csv", ".tsv", ".txt"):
        from qcode.exchange.tables_csv import batches
    elif ending in (".xlsx", ".xls", ".ods", ".xlsm"):
        from qcode.exchange.tables_sheet import batches
    else:
        what = f"has the ending {ending}, which is no table," if ending else "has no ending that says what it is"
        raise refusal(path.name, what, "Save it as csv, xlsx, xls or ods.")
    return _table(path.name, batches(path))


def _table(name: str, batches: Iterable[Batch]) -> Table:
    """The table of all batches; each is turned into columns at once, so that few rows live at a time (the collector's time halves)."""
    header: list[str] = []
    columns: list[list[str]] = []
    numbers: list[int] = []
    for rows, lines in batches:
        if not header:
            header = [cell.strip() for cell in rows[0]]
            columns = [[] for _ in header]
            rows, lines = rows[1:], lines[1:]
        width = len(header)
        body = [row if len(row) == width else _fit(row, width, line, name) for row, line in zip(rows, lines, strict=True)]
        for column, cells in zip(columns, zip(*body, strict=True), strict=False):
            column += cells
        numbers += lines
    headings = _headings(name, header, columns)
    cells_of = {heading.casefold(): column for heading, column in zip(headings, columns, strict=True) if heading}
    return Table(name, tuple(heading for heading in headings if heading), cells_of, numbers)


def _headings(name: str, header: list[str], columns: list[list[str]]) -> list[str]:
    """The names of the columns; 'column 5' for one without name but with content, '' for one without either."""
    if not any(header):
        raise refusal(name, "holds no table", "Put the names of the columns into the first row.")
    headings = [
        heading or (f"column {number}" if any(cell.strip() for cell in column) else "")
        for number, (heading, column) in enumerate(zip(header, columns, strict=True), 1)
    ]
    named = [heading.casefold() for heading in headings if heading]
    twice = next((heading for heading in headings if heading and named.count(heading.casefold()) > 1), "")
    if twice:
        raise refusal(name, f"has two columns named {twice}", "Rename or delete one.")
    return headings


def _fit(row: Row, width: int, line: int, name: str) -> Row:
    """`row` with exactly `width` cells: empty ones added, or empty ones at the end cut off."""
    if len(row) < width:
        return [*row, *[""] * (width - len(row))]
    if any(cell.strip() for cell in row[width:]):
        what = f"has {len(row)} cells on line {line:,} but {width} columns"
        raise refusal(name, what, 'Put cells that hold the separator between quotation marks (").')
    return row[:width]
