"""The matrix as one table made of three: names at the left, totals at the right, both standing still, and the columns between."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QGridLayout, QHeaderView, QScrollBar, QTableView, QWidget

from qcode.model.matrix import Column
from ui.measures import MATRIX_GROUP, MATRIX_ROW
from ui.screens.matrix.delegate import MatrixDelegate
from ui.screens.matrix.heads import ColumnHeads
from ui.screens.matrix.model import NAMES, MatrixModel
from ui.style import set_look
from ui.theme import Theme

NAME_WIDTH = 214
#: What the actions of the matrix call the table their keys work in.
PANE = "matrix"
LEAST_COLUMN = 112
MOST_COLUMN = 220
Move = QAbstractItemView.CursorAction
_STEPS = {
    Move.MoveLeft: (0, -1),
    Move.MoveRight: (0, 1),
    Move.MovePrevious: (0, -1),
    Move.MoveNext: (0, 1),
    Move.MoveUp: (-1, 0),
    Move.MoveDown: (1, 0),
}


class MatrixGrid(QWidget):
    """Shows a `MatrixModel`; one cell is the current one.

    Emits `current_changed()` when that is another cell, `opened()` when it was entered (Enter, double click).
    """

    current_changed = Signal()
    opened = Signal()

    def __init__(self, model: MatrixModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._theme = model, theme
        self._selection = QItemSelectionModel(model, self)
        self._kept: tuple[str, object] = ("", None)
        self._delegate = MatrixDelegate(theme, self)
        self.names, self.middle, self.totals = (_Part(self, theme) for _ in range(3))
        self._across, self._down = QScrollBar(Qt.Orientation.Horizontal, self), QScrollBar(Qt.Orientation.Vertical, self)
        for part in self.parts:
            part.setModel(model)
            part.setSelectionModel(self._selection)
            part.setItemDelegate(self._delegate)
            part.horizontalHeader().sectionClicked.connect(self._sort_by)
            part.verticalScrollBar().valueChanged.connect(self._down.setValue)
            self._down.valueChanged.connect(part.verticalScrollBar().setValue)
        self._lay_out()
        self._name_controls()
        self.setFocusProxy(self.middle)
        for part in (self.names, self.totals):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._selection.currentChanged.connect(self._note_current)
        model.modelAboutToBeReset.connect(self._keep_current)
        model.modelReset.connect(self._after_reset)
        model.rowsInserted.connect(self._size)
        model.rowsRemoved.connect(self._size)
        model.layoutChanged.connect(self._size)
        theme.changed.connect(self._size)

    @property
    def parts(self) -> tuple[_Part, _Part, _Part]:
        """The three tables from left to right."""
        return self.names, self.middle, self.totals

    @property
    def current(self) -> QModelIndex:
        """The current cell; invalid while there is none."""
        return self._selection.currentIndex()

    def set_current(self, row: int, column: int) -> None:
        """Make another cell the current one and bring it into sight."""
        index = self._model.index(row, column)
        if index.isValid():
            self._selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.bring_into_sight(index)

    def bring_into_sight(self, index: QModelIndex) -> None:
        """Scroll as little as needed."""
        part = self.totals if index.column() == self._model.totals else self.middle
        part.scrollTo(index)

    def fold(self, folded: bool) -> None:
        """Fold the group of the current line, or unfold it; the current cell goes to the heading of what was folded."""
        index = self.current
        if not index.isValid():
            return
        column, group = index.column(), self._model.line(index.row()).group
        self._model.toggle(group, folded)
        if group.path and folded:
            self.set_current(self._model.place_of(group.path), column)

    def sort_by_current(self) -> None:
        """Put the largest of the current column first; once more for the order of the codebook."""
        if self.current.isValid():
            self._sort_by(self.current.column())

    def step(self, action: Move) -> QModelIndex:
        """The cell a key of movement leads to from the current one."""
        index = self.current
        rows, last = self._model.rowCount(), self._model.totals
        if not rows:
            return QModelIndex()
        row, column = (index.row(), index.column()) if index.isValid() else (0, 1)
        page = max(1, self.middle.viewport().height() // self._theme.px(MATRIX_ROW) - 1)
        down, right = _STEPS.get(action, (0, 0))
        if action is Move.MoveHome:
            column = 1
        elif action is Move.MoveEnd:
            column = last
        elif action in (Move.MovePageUp, Move.MovePageDown):
            down = page if action is Move.MovePageDown else -page
        return self._model.index(min(max(row + down, 0), rows - 1), min(max(column + right, 1), last))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: the columns share the room."""
        super().resizeEvent(event)
        self._size()

    def _lay_out(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for column, part in enumerate(self.parts):
            layout.addWidget(part, 0, column)
        layout.addWidget(self._down, 0, 3)
        layout.addWidget(self._across, 1, 1)
        layout.setColumnStretch(1, 1)
        _follow(self._across, self.middle.horizontalScrollBar())
        _follow(self._down, self.totals.verticalScrollBar())

    def _name_controls(self) -> None:
        self.middle.setObjectName(PANE)
        self.middle.setAccessibleName(self.tr("Matrix"))
        self.middle.setAccessibleDescription(self.tr("Codes down, columns across; Enter goes to the quotes of the current cell"))
        self.names.setAccessibleName(self.tr("Codes of the matrix"))
        self.totals.setAccessibleName(self.tr("All columns of the matrix together"))
        self._across.setAccessibleName(self.tr("Scroll the columns"))
        self._down.setAccessibleName(self.tr("Scroll the codes"))

    def _size(self) -> None:
        """Give every line and column its size, and each of the three tables its columns."""
        count, px = self._model.columnCount(), self._theme.px
        if not count:
            return
        room = self.width() - px(NAME_WIDTH) - (self._down.width() if self._down.isVisible() else 0)
        width = min(max(room // (count - 1), px(LEAST_COLUMN)), px(MOST_COLUMN))
        rest = max(0, room - width * (count - 1)) if width < px(MOST_COLUMN) else 0
        for part in self.parts:
            head = part.horizontalHeader()
            for column in range(count):
                wanted = px(NAME_WIDTH) if column == NAMES else width + (1 if column <= rest else 0)
                if head.sectionSize(column) != wanted:
                    head.resizeSection(column, wanted)
                part.setColumnHidden(column, self._part_of(column) is not part)
            part.size_rows(self._model, px(MATRIX_ROW), px(MATRIX_GROUP))
        self.names.setFixedWidth(px(NAME_WIDTH))
        self.totals.setFixedWidth(self.totals.columnWidth(self._model.totals))
        self.middle.setMaximumWidth(sum(self.middle.columnWidth(column) for column in range(1, count - 1)))

    def _part_of(self, column: int) -> _Part:
        return self.names if column == NAMES else self.totals if column == self._model.totals else self.middle

    def _sort_by(self, column: int) -> None:
        again = column == NAMES or self._model.sorted_by == column
        self._model.sort_by_column(None if again else column)
        if self.current.isValid():
            self.bring_into_sight(self.current)

    def _note_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and current.column() == NAMES:
            self.set_current(current.row(), 1)
            return
        self.current_changed.emit()

    def _keep_current(self) -> None:
        index = self.current
        if index.isValid():
            self._kept = self._model.key_of(index.row()), _key(self._model.heads[index.column() - 1])

    def _after_reset(self) -> None:
        self._size()
        if not self._model.rowCount():
            return
        heads = [_key(head) for head in self._model.heads]
        row = self._model.place_of(self._kept[0])
        column = heads.index(self._kept[1]) + 1 if self._kept[1] in heads else 1
        first = next((number for number in range(self._model.rowCount()) if self._model.code(number)), 0)
        self.set_current(row if row >= 0 else first, column)


class _Part(QTableView):
    """One of the three tables. Keys lead through all of them, so only the middle one takes the focus."""

    def __init__(self, grid: MatrixGrid, theme: Theme) -> None:
        super().__init__(grid)
        self._grid = grid
        self.setHorizontalHeader(ColumnHeads(theme, self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(0)
        set_look(self, "paper")
        # Made here: Python may lose sight of what Qt made for itself ('already deleted') while the bars are still followed.
        self.setVerticalScrollBar(QScrollBar(Qt.Orientation.Vertical, self))
        self.setHorizontalScrollBar(QScrollBar(Qt.Orientation.Horizontal, self))
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)

    def size_rows(self, model: MatrixModel, code: int, heading: int) -> None:
        """Give every line its height."""
        rows = self.verticalHeader()
        rows.setDefaultSectionSize(code)
        for number in range(model.rowCount()):
            wanted = heading if model.line(number).row is None else code
            if rows.sectionSize(number) != wanted:
                rows.resizeSection(number, wanted)

    def moveCursor(self, action: Move, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Qt asks where a key leads: through all three tables."""
        index = self._grid.step(action)
        if index.isValid():
            self._grid.bring_into_sight(index)
        return index

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Qt asks for the cells under `rect`: it is the current one that is framed, which may stand in another of the three tables."""
        if self.currentIndex().isValid():
            self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt tells: Enter opens the current cell; `keyboardSearch` by letters is left to the actions."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._grid.opened.emit()
        elif event.text().isprintable() and event.text() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt tells: a click on a heading's name folds it; any other makes the cell the current one."""
        index = self.indexAt(event.position().toPoint())
        model = self.model()
        if index.isValid() and index.column() == NAMES and isinstance(model, MatrixModel) and model.code(index.row()) is None:
            model.toggle(model.line(index.row()).group)
            return
        super().mousePressEvent(event)
        self._grid.middle.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt tells: a double click opens the cell."""
        if self.indexAt(event.position().toPoint()).isValid():
            self._grid.opened.emit()


def _key(head: Column) -> tuple[str, str]:
    # Neither the totals nor what stands in no column have a key of their own.
    return head.key, head.label


def _follow(bar: QScrollBar, followed: QScrollBar) -> None:
    """Have `bar` stand beside the three tables for a scroll bar inside one of them."""

    def take_range(least: int, most: int) -> None:
        bar.setRange(least, most)
        bar.setPageStep(followed.pageStep())
        bar.setSingleStep(followed.singleStep())
        bar.setVisible(most > least)

    followed.rangeChanged.connect(take_range)
    followed.valueChanged.connect(bar.setValue)
    bar.valueChanged.connect(followed.setValue)
    take_range(followed.minimum(), followed.maximum())
