"""The marks of a summary in a cell: lines where one is written, a diamond where it is out of date."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from ui.theme import Theme

LINES, DIAMOND, GAP = 11, 9, 4
_PITCH, _SHORT = 4, 0.7


def paint_lines(painter: QPainter, theme: Theme, at: QPointF, ink: QColor) -> None:
    """Three lines of text, the middle one short, whose left edge and middle height are at `at`."""
    px = theme.px
    thick = max(1, round(1.2 * px(100) / 100))
    for number, share in enumerate((1.0, _SHORT, 1.0)):
        top = round(at.y() + (number - 1) * px(_PITCH) - thick / 2)
        painter.fillRect(QRectF(round(at.x()), top, round(px(LINES) * share), thick), ink)


def paint_diamond(painter: QPainter, theme: Theme, at: QPointF, ink: QColor) -> None:
    """A diamond whose left corner is at `at`."""
    half = theme.px(DIAMOND) / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    middle = at + QPointF(half, 0)
    painter.drawPolygon(QPolygonF([middle + QPointF(*corner) for corner in ((-half, 0), (0, -half), (half, 0), (0, half))]))
    painter.restore()

