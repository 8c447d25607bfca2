"""The passages that came in, as a list; each leads to its place in the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qcode.views.merges import Passage
from ui.measures import QUOTE, SHORT_ID, SMALL
from ui.screens.team.painting import chip_width, paint_chip, paint_ground, paint_swatch, width_of, write
from ui.screens.team.wording import tr
from ui.theme import Theme
from ui.workspace import Place

AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
_MARGIN = 8


class PassageModel(QAbstractListModel):
    """Passages in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._passages: Sequence[Passage] = ()

    def show_passages(self, passages: Sequence[Passage]) -> None:
        """Show others."""
        self.beginResetModel()
        self._passages = tuple(passages)
        self.endResetModel()

    def passage(self, index: AnyIndex) -> Passage:
        """The passage at an index."""
        return self._passages[index.row()]

    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        """Qt asks: how many."""
        return 0 if parent.isValid() else len(self._passages)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt asks: the words; aloud with ID, code, source and memo."""
        if not index.isValid():
            return None
        one = self.passage(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return one.quote
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (one.quote[:2000], one.memo) if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = "" if one.is_new else tr("changed")
            return ". ".join(part for part in (one.short_id, one.code, one.source_label, state, one.quote, one.memo) if part)
        return None


class PassageDelegate(QStyledItemDelegate):
    """Paints ID, code and source above, the words below, the memo under them if there is one."""

    def __init__(self, theme: Theme, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Qt asks: two lines, three with a memo."""
        model = index.model()
        memo = isinstance(model, PassageModel) and bool(model.passage(index).memo)
        return QSize(100, self._theme.px(50 + (18 if memo else 0)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Qt asks: one passage."""
        model, theme, px = index.model(), self._theme, self._theme.px
        if not isinstance(model, PassageModel):
            return
        one, room = model.passage(index), QRectF(option.rect)
        painter.save()
        paint_ground(painter, theme, room, option)
        painter.fillRect(QRectF(room.left(), room.bottom() - 1, room.width(), 1), theme.colour("line"))
        line = QRectF(room.left() + px(_MARGIN), room.top() + px(5), room.width() - 2 * px(_MARGIN), px(18))
        self._above(painter, line, one)
        words = line.translated(0, px(20))
        write(painter, theme.font(QUOTE), theme.colour("text"), words, " ".join(one.quote[:600].split()))
        if one.memo:
            font = theme.font(SMALL)
            font.setStyle(QFont.Style.StyleItalic)
            write(painter, font, theme.colour("text_muted"), words.translated(0, px(19)), " ".join(one.memo[:600].split()))
        painter.restore()

    def _above(self, painter: QPainter, line: QRectF, one: Passage) -> None:
        theme, px = self._theme, self._theme.px
        left = line.left()
        if not one.is_new:
            wide = chip_width(theme, tr("changed"), "info")
            paint_chip(painter, theme, QRectF(line.right() - wide, line.top(), wide, line.height()), tr("changed"), "info")
            line = line.adjusted(0, 0, -wide - px(8), 0)
        left += write(painter, theme.font(SHORT_ID), theme.colour("text_muted"), line, one.short_id) + px(10)
        paint_swatch(painter, theme, left, line.center().y(), one.colour)
        left += px(15)
        rest = QRectF(left, line.top(), max(0.0, line.right() - left), line.height())
        code = min(rest.width() * 0.6, width_of(theme.font(SMALL), one.code))
        write(painter, theme.font(SMALL), theme.colour("text"), QRectF(left, line.top(), code, line.height()), one.code)
        write(painter, theme.font(SMALL), theme.colour("text_faint"), rest.adjusted(code + px(10), 0, 0, 0), one.source_label)


class PassageList(QListView):
    """The view. Emits `opened(Place)` on Enter or a click."""

    opened = Signal(object)

    def __init__(self, theme: Theme, model: PassageModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._passages = model
        self.setItemDelegate(PassageDelegate(theme, self))
        self.setProperty("look", "paper")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(self.tr("Passages that came in"))
        self.setAccessibleDescription(self.tr("Enter opens the passage in its text"))
        self.clicked.connect(self.open)
        self._theme = theme
        theme.changed.connect(self._renew)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt tells: Enter is a click."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def open(self, index: QModelIndex) -> None:
        """Go to a passage."""
        if index.isValid():
            one = self._passages.passage(index)
            self.opened.emit(Place(one.source, one.start, one.end, one.coding))

    def _renew(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
