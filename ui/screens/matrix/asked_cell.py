"""The cell of the matrix whose quotes are wanted, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt

from qcode.exchange.exporters.wording import facts_of, name_of
from qcode.model.matrix import Measure
from qcode.views.matrix import MatrixQuestion
from ui.screens.matrix.drill_down import CellWords
from ui.screens.matrix.model import MatrixModel


@dataclass(frozen=True, slots=True)
class AskedCell:
    """A cell whose quotes are wanted: codes (UUIDs) and a column's key, None for all columns. `row` is the code of its summary, '' for a
    heading, which has none."""

    question: MatrixQuestion
    codes: tuple[str, ...]
    column: str | None
    words: CellWords
    row: str = ""


def cell_at(model: MatrixModel, index: QModelIndex) -> AskedCell | None:
    """The cell at an index of the matrix, for a heading with all codes under it; None where nothing is shown."""
    table = model.table
    if not index.isValid() or table is None:
        return None
    column = index.column() - 1
    head = table.heads[column]
    key = head.key if column < len(table.matrix.columns) else None
    line = model.line(index.row())
    sentence = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    if line.row is None:
        codes = tuple(table.matrix.rows[row].key for row in line.group.rows)
        return AskedCell(table.question, codes, key, CellWords(line.group.path, head.label, "", sentence, _tr("No quotes yet.")))
    row = table.matrix.rows[line.row]
    facts = facts_of(table.cell(line.row, column), Measure.CODINGS)
    empty = f"{facts[:1].upper()}{facts[1:]}."
    words = CellWords(name_of(row), head.label, row.colour or "Slate", sentence, empty)
    return AskedCell(table.question, (row.key,), key, words, row.key)


def place_words(model: MatrixModel, cell: AskedCell) -> str:
    """Where one is in the matrix, and how much of it is known: for the status bar."""
    assert model.table is not None
    cells, found, nothing, unread = model.table.figures()
    figures = _tr("{} cells: {} with quotes, {} read and empty, {} not fully read")
    figures = figures.format(f"{cells:,}", f"{found:,}", f"{nothing:,}", f"{unread:,}")
    return f"{cell.words.code} × {cell.words.column}   ·   {figures}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("AskedCell", text)
