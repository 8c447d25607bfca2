"""The line under the matrix that says what its marks mean."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qcode.exchange.exporters.heat import step_words
from qcode.model.matrix import Measure
from ui.measures import LABEL, Type
from ui.screens.matrix.painting import hatch, line_of_text
from ui.theme import Theme

HEIGHT = 32
_ZERO = Type(13, 18)


class Legend(QWidget):
    """Steps of heat in both tones as far as the table has them, and the two ways of not finding anything."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title, self._measure, self._tones = "", Measure.CODINGS, frozenset({"pos", "neg"})
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._renew)

    def explain(self, title: str, measure: Measure, tones: frozenset[str]) -> None:
        """Say the steps of another measure; `title` is what it counts ('Quotes')."""
        self._title, self._measure, self._tones = title, measure, tones
        steps = ", ".join(step_words(measure))
        self.setAccessibleName(
            self.tr("Colours: {} {}. 0: read, nothing found. Hatched: not yet read.").format(title, steps).replace(" .", ".")
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Qt asks: one line."""
        return QSize(self._theme.px(400), self._theme.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt asks: all marks with their words, from left to right."""
        painter = QPainter(self)
        px, colour = self._theme.px, self._theme.colour
        painter.fillRect(self.rect(), colour("panel"))
        painter.fillRect(0, 0, self.width(), 1, colour("line"))
        left = self._words(painter, px(14), " ".join((self._title, ", ".join(step_words(self._measure)))).strip()) + px(8)
        for tone, words in (("pos", self.tr("success")), ("neg", self.tr("constraint"))):
            if tone in self._tones:
                left = self._words(painter, self._steps(painter, left, tone) + px(8), words) + px(8)
        left += px(14)
        line_of_text(painter, self._theme.font(_ZERO), colour("text"), QRectF(left, 0, px(12), self.height()), "0")
        left = self._words(painter, left + px(16), self.tr("read, nothing found")) + px(22)
        mark = QRectF(left, (self.height() - px(11)) / 2, px(15), px(11))
        hatch(painter, mark, colour("hatch_bg"), colour("text_muted"), px(5), 1.2)
        self._words(painter, left + px(21), self.tr("not yet read"))
        painter.end()

    def _renew(self) -> None:
        self.updateGeometry()
        self.update()

    def _words(self, painter: QPainter, left: float, text: str) -> float:
        font = self._theme.font(LABEL)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(text) + 1
        line_of_text(painter, font, self._theme.colour("text_muted"), QRectF(left, 0, width, self.height()), text)
        return left + width

    def _steps(self, painter: QPainter, left: float, tone: str) -> float:
        px = self._theme.px
        steps = range(1, 5) if step_words(self._measure) else range(2, 3)
        top = (self.height() - px(11)) / 2
        for number, step in enumerate(steps):
            painter.fillRect(QRectF(left + number * px(13.5), top, px(13.5), px(11)), self._theme.heat(tone, step))
        return left + len(steps) * px(13.5)
