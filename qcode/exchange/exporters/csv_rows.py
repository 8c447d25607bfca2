"""Rows to a csv file that Excel opens and a program reads back equal."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from qcode.exchange.exporters.atomic import replacing


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> None:
    """Writes a header and rows: UTF-8 with BOM, comma, CRLF; None is an empty cell, all else stands as it is.

    No cell is changed to please a spreadsheet ('=1+1' stays '=1+1'): what is exported comes back equal. The file appears whole or
    not at all; raises UserError when it cannot be written.
    """
    with replacing(path) as handle:
        text = io.TextIOWrapper(handle, encoding="utf-8-sig", newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows(rows)
        text.flush()
        text.detach()
