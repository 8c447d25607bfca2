"""The heads of the columns: name, how much of it is read, in words and as a bar."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from qcode.exchange.exporters.wording import read_of
from ui.icons import paint_icon
from ui.measures import LABEL, MATRIX_HEAD, SMALL
from ui.painting import line_of_text, read_bar
from ui.screens.matrix.delegate import HEADING, LEFT
from ui.screens.matrix.model import NAMES, MatrixModel
from ui.theme import Theme


class ColumnHeads(QHeaderView):
    """The heads of one of the three views; a click on one sorts by it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(0)

    def sizeHint(self) -> QSize:
        """Qt asks: the heads' own height."""
        return QSize(super().sizeHint().width(), self._theme.px(MATRIX_HEAD))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Qt asks: one head."""
        model = self.model()
        if not isinstance(model, MatrixModel) or model.table is None:
            return
        px, colour = self._theme.px, self._theme.colour
        whole = QRectF(rect)
        painter.save()
        painter.fillRect(whole, colour("panel"))
        if section == NAMES:
            room = QRectF(whole.left() + px(14), whole.top() + px(35), whole.width() - px(20), px(16))
            line_of_text(painter, self._theme.font(LABEL), colour("text_faint"), room, self.tr("Code"))
        else:
            self._head(painter, whole, model, section)
        painter.fillRect(QRectF(whole.left(), whole.bottom() - 1, whole.width(), 1), colour("line"))
        if section != model.totals - 1:
            painter.fillRect(QRectF(whole.right() - 1, whole.top(), 1, whole.height()), colour("line"))
        if section == model.totals:
            painter.fillRect(QRectF(whole.left(), whole.top(), 1, whole.height()), colour("line_strong"))
        painter.restore()

    def _head(self, painter: QPainter, whole: QRectF, model: MatrixModel, section: int) -> None:
        px, colour = self._theme.px, self._theme.colour
        head = model.heads[section - 1]
        room = QRectF(whole.left() + px(LEFT), whole.top() + px(9), whole.width() - px(LEFT + 8), px(18))
        if model.sorted_by == section:
            side = px(12)
            paint_icon(painter, QRectF(room.right() - side, room.top() + px(3), side, side), "arrow-down", colour("text_muted"))
            room.setWidth(room.width() - side - px(4))
        line_of_text(painter, self._theme.font(HEADING), colour("text"), room, head.label)
        below = QRectF(whole.left() + px(LEFT), whole.top() + px(26), whole.width() - px(LEFT + 4), px(16))
        line_of_text(painter, self._theme.font(SMALL), colour("text_muted"), below, read_of(head))
        bar = QRectF(whole.left() + px(LEFT), whole.top() + px(47), whole.width() - px(2 * LEFT), px(3))
        read_bar(painter, self._theme, bar, head.read / head.sources if head.sources else 0.0)
