"""What is to be decided, as a list: groups with their rows, each with its state."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.icons import paint_icon
from ui.measures import BODY, LABEL, SMALL, TWO_LINE_ROW
from ui.screens.team.painting import chip_width, paint_chip, paint_ground, paint_swatch, write
from ui.screens.team.review import Item, Review
from ui.screens.team.wording import group_words, item_colour, item_title, item_words, state_words
from ui.theme import Theme

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
_HEAD = 27
_MARGIN = 12
_SIGNS = {"cases": "user", "sources": "file-text"}


class DecideModel(QAbstractListModel):
    """Rows are the headings of groups (a word) and the items below them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.review = Review("")
        self._rows: list[str | Item] = []

    def show_review(self, review: Review) -> None:
        """Show another review, or the same one with other items; where the same items stand in it only their rows are painted anew."""
        rows: list[str | Item] = []
        group = ""
        for item in review.items:
            if item.group != group:
                group = item.group
                rows.append(group)
            rows.append(item)
        self.review = review
        if [_key(row) for row in rows] == [_key(row) for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def touch(self) -> None:
        """Other things were chosen: have the rows painted anew."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def row(self, index: AnyIndex) -> str | Item:
        """What stands at an index."""
        return self._rows[index.row()]

    def index_of(self, key: str) -> QModelIndex:
        """Where the item of a key stands."""
        at = next((at for at, row in enumerate(self._rows) if isinstance(row, Item) and row.key == key), -1)
        return self.index(at) if at >= 0 else QModelIndex()

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        """Qt asks: how many."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Qt asks: a heading cannot be chosen."""
        if not index.isValid() or isinstance(self.row(index), str):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt asks: the words."""
        if not index.isValid():
            return None
        row = self.row(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return group_words(row) if isinstance(row, str) else item_title(row)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            if isinstance(row, str):
                return group_words(row)
            return ", ".join((item_title(row), item_words(row, self.review), state_words(row, self.review)[0]))
        return None


class DecideDelegate(QStyledItemDelegate):
    """Paints a heading, or an item in two lines with its state."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Qt asks: as the theme has rows of one and of two lines."""
        model = index.model()
        heading = isinstance(model, DecideModel) and isinstance(model.row(index), str)
        return QSize(80, self._theme.px(_HEAD if heading else TWO_LINE_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Qt asks: one row."""
        model = index.model()
        if not isinstance(model, DecideModel):
            return
        painter.save()
        row, room = model.row(index), QRectF(option.rect)
        if isinstance(row, str):
            below = room.adjusted(self._theme.px(_MARGIN), self._theme.px(6), -self._theme.px(_MARGIN), 0)
            write(painter, self._theme.font(SMALL), self._theme.colour("text_muted"), below, group_words(row))
        else:
            paint_ground(painter, self._theme, room, option)
            self._item(painter, room, row, model.review)
        painter.restore()

    def _item(self, painter: QPainter, room: QRectF, item: Item, review: Review) -> None:
        theme, px = self._theme, self._theme.px
        words, look = state_words(item, review)
        wide = chip_width(theme, words, look)
        high = QFontMetricsF(theme.font(SMALL)).height() + px(3)
        chip = QRectF(room.right() - px(_MARGIN) - wide, room.center().y() - high / 2, wide, high)
        paint_chip(painter, theme, chip, words, look)
        left = room.left() + px(_MARGIN)
        sign = _SIGNS.get(item.group, "")
        if sign:
            side = px(14)
            paint_icon(painter, QRectF(left, room.center().y() - side / 2, side, side), sign, theme.colour("text_muted"))
            left += px(4)
        else:
            paint_swatch(painter, theme, left, room.center().y(), item_colour(item))
        left += px(19)
        half = room.height() / 2 - px(3)
        above = QRectF(left, room.top() + px(3), chip.left() - left - px(8), half)
        write(painter, theme.font(BODY), theme.colour("text"), above, item_title(item))
        write(painter, theme.font(SMALL), theme.colour("text_muted"), above.translated(0, half - px(1)), item_words(item, review))


class DecideList(QListView):
    """The view; arrows pass over headings."""

    def __init__(self, theme: Theme, model: DecideModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(DecideDelegate(theme, self))
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(self.tr("To decide"))
        self._theme = theme
        theme.changed.connect(self._renew)

    def sizeHint(self) -> QSize:
        """Qt asks: the width of a pane."""
        return QSize(self._theme.px(300), self._theme.px(300))

    def minimumSizeHint(self) -> QSize:
        """Qt asks: room for a few words."""
        return QSize(QFontMetrics(self._theme.font(LABEL)).averageCharWidth() * 24, self._theme.px(80))

    def _renew(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()


def _key(row: str | Item) -> str:
    return row if isinstance(row, str) else f"{row.group}/{row.key}"
