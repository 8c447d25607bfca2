"""Beside the text at left: the number of each paragraph and who speaks. A click selects the paragraph."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.document.document_edit import Editor, Placed
from ui.document.shown_text import ShownText
from ui.measures import LABEL
from ui.theme import Theme

WIDTH = 48
_NUMBERS_END = 26
_SPEAKERS_START = 32


class Gutter(QWidget):
    """Paragraph numbers beside one editor. Emits `paragraph_clicked(number)`, counted from 0."""

    paragraph_clicked = Signal(int)

    def __init__(self, theme: Theme, editor: Editor) -> None:
        super().__init__(editor)
        self._theme = theme
        self._editor = editor
        self._shown = ShownText("", ())
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(self.tr("Paragraph numbers"))

    def show_text(self, shown: ShownText) -> None:
        """Number the paragraphs of another text."""
        self._shown = shown
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints itself."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.colour("paper"))
        numbers, speakers = self._theme.font(LABEL), self._theme.font(LABEL)
        numbers.setWeight(QFont.Weight.Normal)
        speakers.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetricsF(numbers)
        end, start = self._theme.px(_NUMBERS_END), self._theme.px(_SPEAKERS_START)
        faint, muted = self._theme.colour("text_faint"), self._theme.colour("text_muted")
        for placed in self._editor.visible():
            number = self._number(placed)
            if number < 0:
                continue
            line = placed.block.layout().lineAt(0)
            base = placed.y + line.y() + line.ascent() - self._theme.px(1)
            painter.setFont(numbers)
            painter.setPen(faint)
            shown = str(number + 1)
            painter.drawText(QPointF(end - metrics.horizontalAdvance(shown), base), shown)
            painter.setFont(speakers)
            painter.setPen(muted)
            painter.drawText(QPointF(start, base), self._shown.speaker(number))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tells which paragraph was clicked."""
        for placed in self._editor.visible():
            rect = QRectF(0, placed.y, self.width(), placed.block.layout().boundingRect().height())
            number = self._number(placed)
            if number >= 0 and rect.contains(event.position()):
                self.paragraph_clicked.emit(number)
                return

    def _number(self, placed: Placed) -> int:
        """The number of the paragraph that begins in a block, -1 where none does."""
        positions = self._shown.positions
        begin = positions.to_characters(placed.block.position())
        return self._shown.first_in(begin, begin + placed.block.length())
