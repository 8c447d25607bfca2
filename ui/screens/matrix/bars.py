"""The bars of evidence strength beside a number: as many filled as the level has, struck through where the evidence is contested."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.theme import Theme

LEVELS = 4
#: How far apart the bars begin, how wide one is, and how high each stands.
_PITCH, _WIDTH, _HEIGHTS = 5, 3, (5, 8, 10, 13)
WIDTH = _PITCH * (LEVELS - 1) + _WIDTH
HEIGHT = _HEIGHTS[-1]


def paint_bars(painter: QPainter, theme: Theme, at: QPointF, filled: int, ink: QColor, *, contested: bool = False) -> None:
    """Four bars whose upper left corner is `at`, `filled` of them in `ink`."""
    px = theme.px
    bottom = at.y() + px(HEIGHT)
    for number, high in enumerate(_HEIGHTS):
        bar = QRectF(at.x() + px(_PITCH) * number, bottom - px(high), px(_WIDTH), px(high))
        painter.fillRect(bar, ink if number < filled else theme.colour("line_strong"))
    if contested:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink, 1.6 * px(100) / 100, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(at.x() - px(1), at.y() + px(1)), QPointF(at.x() + px(WIDTH + 1), bottom - px(1)))
        painter.restore()
