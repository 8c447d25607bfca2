"""The team and its merges, as a list at the left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qcode.model.merging import MergeReport
from ui.icons import paint_icon
from ui.measures import BODY, SMALL, TWO_LINE_ROW
from ui.screens.team.painting import chip_width, paint_chip, paint_ground, write
from ui.screens.team.wording import files_words, moment, tr
from ui.theme import Theme

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
_MARGIN = 12


class MergeListModel(QAbstractListModel):
    """The first row is the team, then the merges, the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._merges: tuple[MergeReport, ...] = ()
        self._people = 0

    def show_merges(self, merges: Sequence[MergeReport], people: int) -> None:
        """Show other merges of a team of so many."""
        if [one.number for one in merges] == [one.number for one in self._merges]:
            self._merges, self._people = tuple(merges), people
            self.dataChanged.emit(self.index(0), self.index(len(merges)))
            return
        self.beginResetModel()
        self._merges, self._people = tuple(merges), people
        self.endResetModel()

    def merge(self, index: AnyIndex) -> MergeReport | None:
        """The merge at an index; None for the team."""
        return self._merges[index.row() - 1] if index.isValid() and index.row() else None

    def index_of(self, number: int) -> QModelIndex:
        """Where a merge stands."""
        return next((self.index(at) for at, one in enumerate(self._merges, 1) if one.number == number), QModelIndex())

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        """Qt asks: how many."""
        return 0 if parent.isValid() else len(self._merges) + 1

    def lines(self, index: AnyIndex) -> tuple[str, str]:
        """The two lines of a row."""
        one = self.merge(index)
        if one is None:
            return tr("The team"), tr("1 person") if self._people == 1 else tr("{0} people").format(self._people)
        brought = sum(each.new_codings for each in one.plan.contributions)
        said = tr("+{0:,} codings · by {1}").format(brought, one.coder)
        return f"{moment(one.at)}: {files_words(len(one.plan.files))}", said

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt asks: the words."""
        if not index.isValid():
            return None
        one = self.merge(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.lines(index)[0]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            said = [*self.lines(index), *(one.plan.files if one else ()), *([tr("taken back")] if one and one.taken_back else [])]
            return ", ".join(said)
        return None


class _Delegate(QStyledItemDelegate):
    """Two lines, and whether it was taken back."""

    def __init__(self, theme: Theme, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Qt asks: two lines."""
        return QSize(80, self._theme.px(TWO_LINE_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Qt asks: one row."""
        model, theme, px = index.model(), self._theme, self._theme.px
        if not isinstance(model, MergeListModel):
            return
        one, room = model.merge(index), QRectF(option.rect)
        painter.save()
        paint_ground(painter, theme, room, option)
        side, left = px(16), room.left() + px(_MARGIN)
        sign = QRectF(left, room.center().y() - side / 2, side, side)
        paint_icon(painter, sign, "git-merge" if one else "users", theme.colour("text_muted"))
        left, right = left + px(26), room.right() - px(_MARGIN)
        half = room.height() / 2 - px(3)
        gone = one is not None and one.taken_back
        if gone:
            wide = chip_width(theme, tr("taken back"), "faint")
            right -= wide
            paint_chip(painter, theme, QRectF(right, room.center().y() - px(10), wide, px(20)), tr("taken back"), "faint")
        above = QRectF(left, room.top() + px(3), right - left - px(8), half)
        first, second = model.lines(index)
        write(painter, theme.font(BODY), theme.colour("text_faint" if gone else "text"), above, first)
        write(painter, theme.font(SMALL), theme.colour("text_muted"), above.translated(0, half - px(1)), second)
        painter.restore()


class MergeList(QListView):
    """The view."""

    def __init__(self, theme: Theme, model: MergeListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(_Delegate(theme, self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(self.tr("The team and its merges"))
        theme.changed.connect(self.scheduleDelayedItemsLayout)
