"""The matrix as Qt's views see it: a line for each heading and code, a column for the names, one for each head and one for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qcode.exchange.exporters.heat import step_of
from qcode.exchange.exporters.wording import Look, look_of, name_of, read_of
from qcode.model.matrix import Cell, Column, Measure, Row
from qcode.views.matrix import MatrixQuestion
from qcode.views.matrix_screen import Group, MatrixTable, contested, level_of, second_line, shown_value

AnyIndex = QModelIndex | QPersistentModelIndex
NAMES = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a heading (`row` is None) or a code, as an index into the matrix's rows."""

    group: Group
    row: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What the delegate paints of one cell. `unread` is the share, 0 to 1, of the column's sources that are not read, `strength` how many
    bars are filled, None where there are none. `is_summarised` where a summary is written, `is_stale` where that is out of date."""

    look: Look
    value: str
    beneath: str
    tone: str
    step: int
    unread: float
    is_total: bool
    strength: int | None = None
    contested: bool = False
    is_summarised: bool = False
    is_stale: bool = False


class MatrixModel(QAbstractTableModel):
    """Column 0 are names, the last one the totals. Shows a `MatrixTable` and what is folded and sorted of it; counts nothing."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table: MatrixTable | None = None
        self._measure = Measure.CODINGS
        self._heads: tuple[Column, ...] = ()
        self._shown: dict[tuple[int, int], Shown] = {}
        self._headings: dict[tuple[str, int], str] = {}
        self._marks: Mapping[tuple[str, str | None], bool] = {}
        self._lines: list[Line] = []
        self._folded: set[str] = set()
        self.sorted_by: int | None = None

    @property
    def table(self) -> MatrixTable | None:
        """What is shown; None before the first count."""
        return self._table

    @property
    def measure(self) -> Measure:
        """What the cells show."""
        return self._measure

    @property
    def totals(self) -> int:
        """The number of the last column."""
        return len(self._heads)

    @property
    def heads(self) -> tuple[Column, ...]:
        """The heads of all columns but the names."""
        return self._heads

    def line(self, row: int) -> Line:
        """The line at a row of the view."""
        return self._lines[row]

    def is_folded(self, group: Group) -> bool:
        """Whether the codes of a group are put away."""
        return group.path in self._folded

    def show_table(self, table: MatrixTable, measure: Measure) -> None:
        """Show another count: cell by cell where rows and columns are the same ones, as a new table where they are not."""
        before, old = self._table, self._measure
        if before is not None and _asked(before.question) != _asked(table.question):
            self._marks = {}
        if before is not None and _shape(before) == _shape(table):
            self._take(table, measure)
            self._tell_differences(before, table, old != measure or before.matrix.each != table.matrix.each)
            self._keep_order()
            return
        self.beginResetModel()
        self._take(table, measure)
        self.sorted_by = None
        self._lines = [line for group in table.groups for line in self._lines_of(group)]
        self.endResetModel()

    def set_measure(self, measure: Measure) -> None:
        """Show the same count in another measure."""
        self._measure = measure
        self._shown.clear()
        self._headings.clear()
        self._tell(0, self.rowCount() - 1)
        self._keep_order()

    @property
    def has_summaries(self) -> tuple[bool, bool]:
        """Whether any cell has a summary, and whether any of them is out of date."""
        return bool(self._marks), any(self._marks.values())

    def show_marks(self, question: MatrixQuestion, marks: Mapping[tuple[str, str | None], bool]) -> None:
        """Mark the cells that have a summary (see `read_summary_marks`); of another matrix than the one shown nothing is marked."""
        table = self._table
        if table is None or _asked(table.question) != _asked(question) or marks == self._marks:
            return
        touched = {code for (code, _), _ in marks.items() ^ self._marks.items()}
        self._marks = dict(marks)
        self._shown.clear()
        for number in range(self.rowCount()):
            code = self.code(number)
            if code is not None and code.key in touched:
                self._tell(number, number)

    def toggle(self, group: Group, fold: bool | None = None) -> None:
        """Fold the codes of a group, or unfold them; `fold` None for the other one of both."""
        folded = self.is_folded(group)
        if not group.path or fold is folded or group not in (line.group for line in self._lines):
            return
        first = self._lines.index(Line(group, None)) + 1
        if folded:
            self._folded.discard(group.path)
            lines = self._lines_of(group)[1:]
            self.beginInsertRows(QModelIndex(), first, first + len(lines) - 1)
            self._lines[first:first] = lines
            self.endInsertRows()
        else:
            self.beginRemoveRows(QModelIndex(), first, first + len(group.rows) - 1)
            self._folded.add(group.path)
            del self._lines[first : first + len(group.rows)]
            self.endRemoveRows()
        self._tell(first - 1, first - 1)

    def sort_by_column(self, column: int | None) -> None:
        """Put the largest of a column first within each group; None for the order of the codebook."""
        if self._table is None:
            return
        self.layoutAboutToBeChanged.emit()
        kept = [(index, self._lines[index.row()], index.column()) for index in self.persistentIndexList()]
        self.sorted_by = column
        self._lines = [line for group in self._table.groups for line in self._lines_of(group)]
        for index, line, at in kept:
            self.changePersistentIndex(index, self.index(self._lines.index(line), at))
        self.layoutChanged.emit()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.totals)

    def _keep_order(self) -> None:
        """Sort anew where the numbers that the column is sorted by are other ones."""
        if self.sorted_by is not None and self._table is not None:
            ordered = [line for group in self._table.groups for line in self._lines_of(group)]
            if ordered != self._lines:
                self.sort_by_column(self.sorted_by)

    def shown(self, row: int, column: int) -> Shown:
        """What a cell of a code looks like."""
        number = self._lines[row].row
        assert number is not None
        found = self._shown.get((number, column))
        if found is None:
            found = self._shown[number, column] = self._look(number, column)
        return found

    def heading(self, row: int, column: int) -> str:
        """What stands in a heading's cell: the sum, or how many of its codes were found."""
        assert self._table is not None
        key = self._lines[row].group.path, column
        if key not in self._headings:
            self._headings[key] = self._table.heading_value(self._lines[row].group, column - 1, self._measure)
        return self._headings[key]

    def code(self, row: int) -> Row | None:
        """The code of a line, None for a heading."""
        line = self._lines[row]
        return None if line.row is None or self._table is None else self._table.matrix.rows[line.row]

    def place_of(self, key: str) -> int:
        """The row of the view with the code of that UUID (or the heading of that path), -1 where it is not shown."""
        for number, line in enumerate(self._lines):
            code = self.code(number)
            if key == (line.group.path if code is None else code.key):
                return number
        return -1

    def key_of(self, row: int) -> str:
        """What `place_of` finds a line again by."""
        code = self.code(row)
        return self._lines[row].group.path if code is None else code.key

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt asks: how many lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Qt asks: names, columns and totals."""
        return 0 if parent.isValid() or self._table is None else len(self._heads) + 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt asks: the text of a cell, and all it says in one sentence."""
        if self._table is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.row(), index.column())
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._sentence(index.row(), index.column())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt asks: a column's name; for screen readers with what of it is read."""
        if self._table is None or orientation is not Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if section == NAMES:
            return self.tr("Code")
        head = self._heads[section - 1]
        return head.label if role == Qt.ItemDataRole.DisplayRole else f"{head.label}: {read_of(head)}"

    def _take(self, table: MatrixTable, measure: Measure) -> None:
        self._table, self._measure, self._heads = table, measure, table.heads
        self._shown.clear()
        self._headings.clear()

    def _look(self, number: int, column: int) -> Shown:
        assert self._table is not None
        cell = self._table.cell(number, column - 1)
        is_total = column == self.totals
        beneath = self._table.spread_words(number) if is_total else second_line(cell, self._measure)
        unread = (cell.known - cell.read) / cell.known if cell.known else 0.0
        step = step_of(cell, self._measure)
        found, value, tone = cell.strength, shown_value(cell, self._measure), self._table.tones[number]
        bars, against = (level_of(found), contested(found)) if found else (None, False)
        stale = self._stale(number, column)
        marks = {"is_summarised": stale is not None, "is_stale": bool(stale)}
        return Shown(look_of(cell), value, beneath, tone, step, unread, is_total, bars, against, **marks)

    def _stale(self, number: int, column: int) -> bool | None:
        """Whether the summary of a cell is out of date; None where there is none."""
        assert self._table is not None
        key = None if column == self.totals else self._heads[column - 1].key
        return self._marks.get((self._table.matrix.rows[number].key, key))

    def _text(self, row: int, column: int) -> str:
        code = self.code(row)
        if column == NAMES:
            return self._lines[row].group.path if code is None else name_of(code)
        return self.heading(row, column) if code is None else self.shown(row, column).value

    def _sentence(self, row: int, column: int) -> str:
        assert self._table is not None
        line = self._lines[row]
        if column == NAMES:
            return line.group.path if line.row is None else self._table.matrix.rows[line.row].path
        if line.row is None:
            return self._table.heading_sentence(line.group, column - 1, self._measure)
        said, stale = self._table.sentence(line.row, column - 1, self._measure), self._stale(line.row, column)
        written = "" if stale is None else self.tr("Summary out of date") if stale else self.tr("Summary written")
        return f"{said}. {written}" if written else said

    def _lines_of(self, group: Group) -> list[Line]:
        heading = [Line(group, None)] if group.path else []
        return heading if self.is_folded(group) else [*heading, *(Line(group, row) for row in self._in_order(group.rows))]

    def _in_order(self, rows: tuple[int, ...]) -> list[int]:
        by, table = self.sorted_by, self._table
        if by is None or table is None:
            return list(rows)

        def size(row: int) -> tuple[float, int]:
            cell: Cell = table.cell(row, by - 1)
            return cell.size(self._measure), cell.read

        return sorted(rows, key=size, reverse=True)

    def _tell_differences(self, before: MatrixTable, after: MatrixTable, everything: bool) -> None:
        changed = {row for row in range(len(after.matrix.rows)) if _row(before, row) != _row(after, row)}
        groups = {id(line.group): line.group for line in self._lines}
        touched = {group.path for group in groups.values() if changed & set(group.rows)}
        for number, line in enumerate(self._lines):
            if everything or (line.row in changed if line.row is not None else line.group.path in touched):
                self._tell(number, number)
        if before.heads != after.heads:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.totals)

    def _tell(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.totals))


def _shape(table: MatrixTable) -> tuple[object, ...]:
    return table.groups, [row.key for row in table.matrix.rows], [column.key for column in table.matrix.columns]


def _asked(question: MatrixQuestion) -> tuple[object, ...]:
    # What is counted in the cells, and which codings are, changes no summary.
    return question.rows, question.columns


def _row(table: MatrixTable, row: int) -> tuple[object, ...]:
    return table.matrix.rows[row], table.matrix.cells[row], table.matrix.row_totals[row], table.tones[row]
