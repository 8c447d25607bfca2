"""What the grounds behind the text mean."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.measures import SMALL
from ui.painting import line_of_text
from ui.screens.agreement.contrast import Ground
from ui.theme import Theme


class Legend(QWidget):
    """What the grounds mean, each with its mark."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(self.tr("Grey: same code. Underlined: they differ. Bar at the left: current disagreement."))

    def sizeHint(self) -> QSize:
        """Qt asks: a line."""
        return QSize(self._theme.px(120), self._theme.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt asks: mark and words, three times; what has no room is left out."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        font, left, middle = theme.font(SMALL), 0.0, self.height() / 2
        kinds = {Ground.SAME: self.tr("same code"), Ground.DIFFER: self.tr("they differ"), Ground.CURRENT: self.tr("current disagreement")}
        for ground, words in kinds.items():
            width = QFontMetricsF(font).horizontalAdvance(words) + 1
            mark = px(3 if ground is Ground.CURRENT else 16)
            if left + mark + px(9) + width > self.width():
                break
            rect = QRectF(left, middle - px(6), mark, px(12))
            if ground is Ground.CURRENT:
                painter.fillRect(QRectF(left, middle - px(6), 2, px(12)), theme.colour("accent"))
            else:
                painter.fillRect(rect, theme.colour("hover" if ground is Ground.SAME else "warn_soft"))
            if ground is Ground.DIFFER:
                painter.fillRect(QRectF(left, rect.bottom() - 2, mark, 2), theme.colour("warn"))
            line_of_text(painter, font, theme.colour("text_muted"), QRectF(left + mark + px(9), 0, width, self.height()), words)
            left += mark + px(9) + width + px(18)
        painter.end()
