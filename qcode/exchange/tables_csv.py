"""The rows of a csv file: encoding and separator found by looking, quotes and line ends inside cells kept."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from qcode.exchange.guards import MAX_TEXT, read_text, refusal
from qcode.exchange.tables import Batch, Row

_SEPARATORS = ",;\t"
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_DECLARED = re.compile(r"sep=([,;\t])\r?\n")
_HEADER_REACH = 20_000
_BATCH = 1_000


def batches(path: Path) -> Iterator[Batch]:
    """The rows with any content, cells as they stand, and the line of the file on which each begins.

    Read are UTF-8, UTF-16, cp1251; comma, semicolon or tab. Raises UserError for binary files and quotes that do not close.
    """
    text, _ = read_text(path)
    declared = _DECLARED.match(text)
    body = text[declared.end() :] if declared else text
    csv.field_size_limit(MAX_TEXT)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=declared[1] if declared else separator_of(body), strict=True)
    rows: list[Row] = []
    lines: list[int] = []
    before = 2 if declared else 1
    line = before
    try:
        for row in reader:
            if any(row):
                rows.append(row)
                lines.append(line)
            line = reader.line_num + before
            if len(rows) == _BATCH:
                yield rows, lines
                rows, lines = [], []
    except csv.Error as error:
        what = f"has quotation marks that do not close on line {line:,}"
        raise refusal(path.name, what, 'Save it again as csv: a quotation mark inside a cell is written twice ("").') from error
    if rows:
        yield rows, lines


def separator_of(text: str) -> str:
    """The one of comma, semicolon and tab that is most frequent in the header, outside quotation marks; a comma when none occurs."""
    header = _QUOTED.sub("", text[:_HEADER_REACH].lstrip("\r\n")).replace("\r", "\n").partition("\n")[0]
    return max(_SEPARATORS, key=header.count)
