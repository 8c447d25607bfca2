"""The quotes of a cell as a list: model, and how one is painted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qcode.views.matrix_cell import CellQuote
from qcode.views.permission import Permission
from ui.icons import paint_icon
from ui.measures import QUOTE, SHORT_ID, SMALL, Type
from ui.painting import chip, line_of_text, wrapped
from ui.theme import Theme

AnyIndex = QModelIndex | QPersistentModelIndex
ORIGIN = Type(11, 14)
PADDING = 14
#: The short IDs of what is dragged, with blanks between.
SHORT_IDS = "application/x-qcode-short-ids"
#: Lines of a quote that are shown in the list; the whole of it is in the tooltip and one Enter away.
MOST_LINES = 3


class QuoteModel(QAbstractListModel):
    """Quotes in the order given; each is dragged out as text with its ID."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._quotes: tuple[CellQuote, ...] = ()
        self._new: frozenset[str] = frozenset()

    @property
    def quotes(self) -> tuple[CellQuote, ...]:
        """All of them, as shown."""
        return self._quotes

    def show_quotes(self, quotes: Sequence[CellQuote]) -> None:
        """Show other quotes; nothing happens where they are the same ones."""
        if tuple(quotes) != self._quotes:
            self.beginResetModel()
            self._quotes = tuple(quotes)
            self.endResetModel()

    def mark_new(self, codings: Iterable[str]) -> None:
        """Mark the quotes of these codings (UUIDs) as new since the summary."""
        found = frozenset(codings)
        if found != self._new:
            self._new = found
            if self._quotes:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self._quotes) - 1, 0))

    def is_new(self, one: CellQuote) -> bool:
        """Whether a quote came after the summary."""
        return one.coding in self._new

    def quote(self, index: AnyIndex) -> CellQuote:
        """The quote at an index."""
        return self._quotes[index.row()]

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt asks: how many."""
        return 0 if parent.isValid() else len(self._quotes)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt asks: the words; for screen readers with ID, group, origin and permission."""
        if not index.isValid():
            return None
        one = self.quote(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return one.quote.quote
        if role == Qt.ItemDataRole.ToolTipRole:
            return None if len(one.quote.quote) < 120 else one.quote.quote[:2000]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            against = self.contradicts_words() if one.contradicts else ""
            new = self.new_words() if self.is_new(one) else ""
            parts = (one.quote.id, one.group, new, against, one.quote.quote, one.origin, self.permission_words(one.permission))
            return ". ".join(part for part in parts if part)
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Qt asks: a quote can be dragged out."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else super().flags(index)

    def mimeTypes(self) -> list[str]:
        """Qt asks: plain text, which every program takes, and IDs for a summary."""
        return ["text/plain", SHORT_IDS]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Qt asks: what is dragged out, each quote with its ID."""
        data = QMimeData()
        data.setText("\n".join(self.quote(index).text for index in indexes))
        data.setData(SHORT_IDS, " ".join(self.quote(index).quote.id for index in indexes).encode())
        return data

    def new_words(self) -> str:
        """What is said of a quote that came after the summary."""
        return self.tr("new")

    def contradicts_words(self) -> str:
        """What is said of a quote that speaks against the others."""
        return self.tr("contradicts")

    def permission_words(self, permission: Permission) -> str:
        """Permission in words; '' where the project does not ask."""
        return {
            Permission.YES: self.tr("may be quoted"),
            Permission.NO: self.tr("not to be quoted"),
            Permission.UNKNOWN: self.tr("permission unknown"),
            Permission.UNASKED: "",
        }[permission]


class QuoteDelegate(QStyledItemDelegate):
    """Paints a quote: ID and group, the words, where they come from and whether they may be quoted."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Qt asks: as high as its lines."""
        width = option.rect.width()
        lines = len(self._lines(index, width))
        px = self._theme.px
        return QSize(px(100), px(28) + px(QUOTE.line) * lines + px(26))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Qt asks: one quote."""
        model = index.model()
        if not isinstance(model, QuoteModel):
            return
        px, colour = self._theme.px, self._theme.colour
        whole = QRectF(option.rect)
        one = model.quote(index)
        painter.save()
        self._ground(painter, whole, option, model.is_new(one))
        room = whole.adjusted(px(PADDING), 0, -px(PADDING), 0)
        painter.fillRect(QRectF(room.left(), whole.top(), room.width(), 1), colour("line"))
        self._top(painter, room, one, model)
        top = whole.top() + px(28)
        for line in self._lines(index, whole.width()):
            line_of_text(painter, self._theme.font(QUOTE), colour("text"), QRectF(room.left(), top, room.width(), px(QUOTE.line)), line)
            top += px(QUOTE.line)
        self._bottom(painter, QRectF(room.left(), top + px(3), room.width(), px(14)), one, model.permission_words(one.permission))
        painter.restore()

    def _ground(self, painter: QPainter, whole: QRectF, option: QStyleOptionViewItem, new: bool) -> None:
        state = option.state
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(whole, self._theme.colour("row_selected"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(whole, self._theme.colour("hover"))
        if new:
            painter.fillRect(QRectF(whole.left(), whole.top() + 1, self._theme.px(3), whole.height() - 1), self._theme.colour("accent"))

    def _top(self, painter: QPainter, room: QRectF, one: CellQuote, model: QuoteModel) -> None:
        px, colour = self._theme.px, self._theme.colour
        ground = self._chip(painter, QRectF(room.left(), room.top() + px(7), 0, px(17)), self._theme.font(SHORT_ID), one.quote.id)
        right = room.right()
        new = [(model.new_words(), True)] if model.is_new(one) else []
        for flag, accent in [*new, (model.contradicts_words(), False)] if one.contradicts else new:
            corner = QRectF(right, ground.top(), 0, ground.height())
            right = self._chip(painter, corner, self._theme.font(ORIGIN), flag, leftward=True, accent=accent).left() - px(5)
        beside = QRectF(ground.right() + px(7), ground.top(), right - ground.right() - px(14), ground.height())
        line_of_text(painter, self._theme.font(SMALL), colour("text_muted"), beside, one.group)

    def _chip(self, painter: QPainter, at: QRectF, font: QFont, words: str, leftward: bool = False, accent: bool = False) -> QRectF:
        """Words on a ground of their own, from the left edge of `at` on, or up to it; where that is."""
        px, colour = self._theme.px, self._theme.colour
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(words) + px(10)
        ground = QRectF(at.left() - (width if leftward else 0), at.top(), width, at.height())
        chip(painter, ground, colour("accent_soft" if accent else "hover"), px(3))
        line_of_text(painter, font, colour("accent" if accent else "text_muted"), ground.adjusted(px(5), 0, 0, 0), words)
        return ground

    def _bottom(self, painter: QPainter, rect: QRectF, one: CellQuote, permission: str) -> None:
        px, colour = self._theme.px, self._theme.colour
        font = self._theme.font(ORIGIN)
        if permission:
            role = {Permission.YES: "ok", Permission.NO: "bad"}.get(one.permission, "warn")
            painter.setFont(font)
            width = painter.fontMetrics().horizontalAdvance(permission) + 1
            words = QRectF(rect.right() - width, rect.top(), width, rect.height())
            line_of_text(painter, font, colour(role), words, permission)
            side = px(12)
            sign = {Permission.YES: "quote", Permission.NO: "lock"}.get(one.permission, "circle-help")
            paint_icon(painter, QRectF(words.left() - side - px(3), rect.center().y() - side / 2, side, side), sign, colour(role))
            rect = rect.adjusted(0, 0, -(width + side + px(10)), 0)
        line_of_text(painter, font, colour("text_faint"), rect, one.origin)

    def _lines(self, index: AnyIndex, width: float) -> tuple[str, ...]:
        words = str(index.data(Qt.ItemDataRole.DisplayRole))
        return wrapped(words, self._theme.font(QUOTE), max(40.0, width - 2 * self._theme.px(PADDING)), MOST_LINES)
