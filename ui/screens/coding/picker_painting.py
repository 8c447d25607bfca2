"""How the rows of the picker look."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qcode.model.paths import split_path
from ui.measures import BODY, LABEL, LIST_ROW, SMALL
from ui.painting import wrapped
from ui.screens.coding.glyphs import SWATCH, paint_key, paint_swatch
from ui.screens.coding.picker_model import Kind, Offer, PickerModel
from ui.theme import Theme

_LEFT = 12
_WORDS = 30
_HEAD = 32
_DEFINITION = 36
_DEFINITION_LINES = 2


class PickerDelegate(QStyledItemDelegate):
    """Swatch, name with the typed letters marked, what is above it, its key; the current row shows the definition, too."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Taller for the current row when its code has a definition."""
        offer = self._offer(index)
        height = _HEAD if offer.kind is Kind.HEAD else LIST_ROW
        if offer.kind is Kind.HEAD and index.row() == 0:
            height = LIST_ROW
        if self._shows_definition(index, offer):
            height += _DEFINITION
        return QSize(80, self._theme.px(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """One row."""
        offer, px, theme = self._offer(index), self._theme.px, self._theme
        row = QRectF(option.rect)
        painter.save()
        if offer.kind is Kind.HEAD:
            self._paint_head(painter, row, offer, index.row() > 0)
            painter.restore()
            return
        if index == self._view.currentIndex():
            painter.fillRect(row, theme.colour("row_selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(row, theme.colour("hover"))
        middle = row.top() + px(LIST_ROW) / 2
        right = row.right() - px(_LEFT)
        key = offer.key or ("↵" if index == self._view.currentIndex() else "")
        if key:
            right = paint_key(painter, theme, right, middle, key) - px(10)
        if offer.code:
            paint_swatch(painter, theme, row.left() + px(_LEFT), middle, offer.code.colour)
            right = self._paint_path(painter, row, offer, right)
        else:
            self._paint_plus(painter, row.left() + px(_LEFT) + px(SWATCH) / 2, middle)
        room = QRectF(row.left() + px(_WORDS), row.top(), right - row.left() - px(_WORDS + 8), px(LIST_ROW))
        self._paint_name(painter, room, offer)
        if offer.code and self._shows_definition(index, offer):
            below = QRectF(row.left() + px(_WORDS), row.top() + px(LIST_ROW) - px(2), row.width() - px(_WORDS + _LEFT), px(_DEFINITION))
            self._paint_definition(painter, below, offer.code.definition)
        painter.restore()

    def _paint_head(self, painter: QPainter, row: QRectF, offer: Offer, line: bool) -> None:
        if line:
            painter.fillRect(QRectF(row.left(), row.top() + 2, row.width(), 1), self._theme.colour("line"))
        painter.setFont(self._theme.font(LABEL))
        painter.setPen(self._theme.colour("text_faint"))
        rect = row.adjusted(self._theme.px(_LEFT), self._theme.px(4), 0, 0)
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, offer.name)

    def _paint_path(self, painter: QPainter, row: QRectF, offer: Offer, right: float) -> float:
        """The names above the code, at the right; gives where they begin."""
        above = " · ".join(split_path(offer.code.path)[:-1]) if offer.code else ""
        font = self._theme.font(SMALL)
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(above, Qt.TextElideMode.ElideLeft, row.width() * 0.45)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text_faint"))
        width = metrics.horizontalAdvance(shown)
        rect = QRectF(right - width - 1, row.top(), width + 1, self._theme.px(LIST_ROW))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)
        return right - width

    def _paint_name(self, painter: QPainter, room: QRectF, offer: Offer) -> None:
        name = self.tr("New code “{name}”").format(name=offer.name) if offer.kind is Kind.NEW else offer.name
        plain, bold = self._theme.font(BODY), self._theme.font(BODY)
        bold.setWeight(QFont.Weight.DemiBold)
        shown = QFontMetricsF(plain).elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        pieces = [(shown[: offer.start], False), (shown[offer.start : offer.end], True), (shown[offer.end :], False)]
        metrics = QFontMetricsF(plain)
        at = QPointF(room.left(), room.center().y() + (metrics.ascent() - metrics.descent()) / 2)
        for words, typed in pieces:
            painter.setFont(bold if typed else plain)
            painter.setPen(self._theme.colour("accent" if typed else "text"))
            painter.drawText(at, words)
            at += QPointF(QFontMetricsF(painter.font()).horizontalAdvance(words), 0)

    def _paint_definition(self, painter: QPainter, rect: QRectF, definition: str) -> None:
        font = self._theme.font(SMALL)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text_muted"))
        for number, line in enumerate(wrapped(definition, font, rect.width(), _DEFINITION_LINES)):
            row = QRectF(rect.left(), rect.top() + number * self._theme.px(SMALL.line), rect.width(), self._theme.px(SMALL.line))
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, line)

    def _paint_plus(self, painter: QPainter, x: float, y: float) -> None:
        painter.setPen(QPen(self._theme.colour("text"), 1))
        arm = self._theme.px(5)
        painter.drawLine(QPointF(x - arm, y), QPointF(x + arm, y))
        painter.drawLine(QPointF(x, y - arm), QPointF(x, y + arm))

    def _shows_definition(self, index: QModelIndex | QPersistentModelIndex, offer: Offer) -> bool:
        return index == self._view.currentIndex() and bool(offer.code and offer.code.definition)

    def _offer(self, index: QModelIndex | QPersistentModelIndex) -> Offer:
        model = index.model()
        return model.offers[index.row()] if isinstance(model, PickerModel) else Offer(Kind.HEAD, "")
