"""Who brings what: a row for each person, the sum below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from qcode.model.merging import Contribution
from ui.measures import BODY, LABEL, SMALL, TWO_LINE_ROW
from ui.screens.team.painting import paint_person, width_of, write
from ui.screens.team.wording import contribution_words, initials, tr
from ui.theme import Theme

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
_SPOKEN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
_NUMBER = 91
_PERSON = 170
_HEAD = 30
_TOTAL = 32
#: Field, heading, whether more of it is shown with a plus sign.
COLUMNS = (
    ("new_codings", "new codings", True),
    ("changed", "changed", False),
    ("removed", "removed", False),
    ("memos", "memos", True),
    ("new_codes", "new codes", True),
    ("conflicts", "conflicts", False),
)


class ContributionModel(QAbstractTableModel):
    """Column 0 the person, then the numbers; the last row adds them up, but for what several share: a conflict, a removed coding."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Contribution, ...] = ()
        self._shared = {"conflicts": 0, "removed": 0}

    def show_contributions(self, rows: Sequence[Contribution], conflicts: int, removed: int) -> None:
        """Show other contributions, that leave `conflicts` between them and by which `removed` codings went."""
        self.beginResetModel()
        self._rows, self._shared = tuple(rows), {"conflicts": conflicts, "removed": removed}
        self.endResetModel()

    def contribution(self, row: int) -> Contribution | None:
        """What a row shows; None for the sum."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def number(self, row: int, column: int) -> int:
        """A number of a row, or their sum."""
        name = COLUMNS[column - 1][0]
        one = self.contribution(row)
        if one is not None:
            return int(getattr(one, name))
        return self._shared[name] if name in self._shared else sum(int(getattr(each, name)) for each in self._rows)

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        """Qt asks: the people and the sum."""
        return 0 if parent.isValid() or not self._rows else len(self._rows) + 1

    def columnCount(self, parent: AnyIndex = NOWHERE) -> int:
        """Qt asks: the person and the numbers."""
        return 0 if parent.isValid() else len(COLUMNS) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt asks: what is counted."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return tr("person") if section == 0 else tr(COLUMNS[section - 1][1])
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt asks: the words."""
        if not index.isValid() or role not in _SPOKEN:
            return None
        one = self.contribution(index.row())
        if index.column() == 0:
            if one is None:
                return tr("Together with yours")
            return one.coder if role == Qt.ItemDataRole.DisplayRole else ", ".join((one.coder, *one.places, contribution_words(one)))
        number = self.number(index.row(), index.column())
        _, heading, plus = COLUMNS[index.column() - 1]
        words = f"+{number:,}" if plus and number else f"{number:,}"
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        return f"{one.coder if one else tr('Together')}: {words} {tr(heading)}"


class ContributionDelegate(QStyledItemDelegate):
    """Paints the person in two lines with initials, and numbers at right."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Qt asks: one cell."""
        model = index.model()
        if not isinstance(model, ContributionModel):
            return
        theme, room = self._theme, QRectF(option.rect)
        painter.save()
        one = model.contribution(index.row())
        if option.state & QStyle.StateFlag.State_Selected and option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(room, theme.colour("row_selected"))
        if one is not None:
            painter.fillRect(QRectF(room.left(), room.bottom() - 1, room.width(), 1), theme.colour("line"))
        if index.column():
            self._number(painter, room, model, index)
        elif one is None:
            write(painter, _bold(theme), theme.colour("text"), room, str(index.data()))
        else:
            self._person(painter, room, one)
        painter.restore()

    def _number(self, painter: QPainter, room: QRectF, model: ContributionModel, index: AnyIndex) -> None:
        theme = self._theme
        total = model.contribution(index.row()) is None
        disputed = COLUMNS[index.column() - 1][0] == "conflicts" and model.number(index.row(), index.column()) > 0
        font = theme.font(BODY, figures=True)
        if total or disputed:
            font.setWeight(QFont.Weight.DemiBold)
        colour = theme.colour("warn" if disputed and not total else "text")
        write(painter, font, colour, room, str(index.data()), right=True)

    def _person(self, painter: QPainter, room: QRectF, one: Contribution) -> None:
        theme, px = self._theme, self._theme.px
        right = paint_person(painter, theme, room.left(), room.center().y(), initials(one.coder), theme.font(LABEL))
        left = right + px(10)
        half = room.height() / 2 - px(4)
        above = QRectF(left, room.top() + px(4), room.right() - left - px(12), half)
        name = write(painter, _bold(theme), theme.colour("text"), above, one.coder) + px(5)
        places = above.adjusted(name, 0, 0, 0)
        if places.width() > px(30):
            write(painter, theme.font(BODY), theme.colour("text_muted"), places, ", ".join(one.places))
        write(painter, theme.font(SMALL), theme.colour("text_muted"), above.translated(0, half - px(1)), contribution_words(one))


class ContributionTable(QTableView):
    """The view: as high as its rows, but not more than the share of the window it is given."""

    def __init__(self, theme: Theme, model: ContributionModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setHorizontalHeader(_Head(theme, self))
        self.setModel(model)
        self.setItemDelegate(ContributionDelegate(theme, self))
        self.setProperty("look", "paper")
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(self.tr("Who brings what"))
        model.modelReset.connect(self.renew)
        theme.changed.connect(self.renew)
        self.renew()

    def content_height(self) -> int:
        """How high all of it is."""
        rows = self.model().rowCount() if self.model() else 0
        return self._theme.px(_HEAD) + max(0, rows - 1) * self._theme.px(TWO_LINE_ROW) + (self._theme.px(_TOTAL) if rows else 0) + 2

    def renew(self) -> None:
        """Set widths and heights for the rows and the theme of now."""
        px = self._theme.px
        rows = self.model().rowCount()
        for row in range(rows):
            self.setRowHeight(row, px(TWO_LINE_ROW if row < rows - 1 else _TOTAL))
        for column, (_, heading, _) in enumerate(COLUMNS, 1):
            self.setColumnWidth(column, max(px(_NUMBER), round(width_of(self._theme.font(LABEL), tr(heading))) + px(14)))
        self._fit()
        self.viewport().update()
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: the person takes what the numbers leave."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        numbers = sum(self.columnWidth(column) for column in range(1, len(COLUMNS) + 1))
        self.setColumnWidth(0, max(self._theme.px(_PERSON), self.viewport().width() - numbers))


class _Head(QHeaderView):
    """Small words at the right of their columns, a line below."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme

    def sizeHint(self) -> QSize:
        """Qt asks: one line of small words."""
        return QSize(100, self._theme.px(_HEAD))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Qt asks: one heading."""
        room, theme = QRectF(rect), self._theme
        painter.save()
        painter.fillRect(room, theme.colour("paper"))
        painter.fillRect(QRectF(room.left(), room.bottom() - 1, room.width(), 1), theme.colour("line"))
        if section:
            words = str(self.model().headerData(section, Qt.Orientation.Horizontal))
            write(painter, theme.font(LABEL), theme.colour("text_muted"), room.adjusted(0, theme.px(4), 0, 0), words, right=True)
        painter.restore()


def _bold(theme: Theme) -> QFont:
    font = theme.font(BODY)
    font.setWeight(QFont.Weight.DemiBold)
    return font
