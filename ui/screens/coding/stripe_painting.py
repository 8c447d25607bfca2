"""How one stripe looks: plain, under the pointer, selected, with a memo, with a colour used twice."""

from __future__ import annotations

from functools import cache
from typing import Protocol

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from ui.theme import Theme

_HANDLE = 11
_HANDLE_HEIGHT = 4
_HATCH = 8


class Spot(Protocol):
    """Where a stripe is."""

    @property
    def x(self) -> float:
        """Its left edge."""

    @property
    def top(self) -> float:
        """Its upper end."""

    @property
    def bottom(self) -> float:
        """Its lower end."""


def paint_leader(painter: QPainter, colour: QColor, stripe: Spot, x: float, y: float, width: float) -> None:
    """A thin line from a stripe to its label at (x, y); it leaves the stripe as near to the label as it can."""
    at = min(max(y, stripe.top + 2), stripe.bottom - 2)
    painter.setPen(QPen(colour, 1.3))
    begin = stripe.x + width + 3
    painter.drawLine(QPointF(begin, at), QPointF(max(begin, x - 14), at))
    painter.drawLine(QPointF(max(begin, x - 14), at), QPointF(x - 6, y))


def paint_stripe(
    painter: QPainter, theme: Theme, rect: QRectF, colour: QColor, *, hovered: bool, selected: bool, memo: bool, hatch: QPixmap | None
) -> None:
    """One stripe; `hatch` is the stroke laid over a colour used twice."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(rect, 1.5, 1.5)
    if hatch is not None:
        painter.drawTiledPixmap(rect, hatch)
    if selected:
        for y in (rect.top() - 1, rect.bottom() - _HANDLE_HEIGHT + 1):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            width = theme.px(_HANDLE)
            painter.drawRoundedRect(QRectF(rect.center().x() - width / 2, y, width, _HANDLE_HEIGHT), 1.5, 1.5)
    if hovered and not selected:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("line_strong"), 1))
        painter.drawRoundedRect(rect.adjusted(-3, -3, 3, 3), 3, 3)
    if memo:
        _memo_mark(painter, theme, QPointF(rect.right() + 2.5, rect.top() + 0.5))


@cache
def hatching(colour: str, width: int, ratio: float) -> QPixmap:
    """One stroke of the hatching, which repeats downwards; `ratio` device pixels to a pixel. Line by line it took twice as long."""
    tile = QPixmap(round(width * ratio), round(_HATCH * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1.5))
    painter.drawLines([QLineF(0, y, width, y - width) for y in (6 - _HATCH, 6, 6 + _HATCH)])
    painter.end()
    return tile


def _memo_mark(painter: QPainter, theme: Theme, corner: QPointF) -> None:
    """A small sheet with a folded corner."""
    side, fold = 7.0, 3.0
    sheet = QPainterPath(corner)
    for x, y in ((side, 0), (side, side - fold), (side - fold, side), (0, side)):
        sheet.lineTo(corner + QPointF(x, y))
    sheet.closeSubpath()
    painter.setPen(QPen(theme.colour("warn"), 1))
    painter.setBrush(theme.colour("paper"))
    painter.drawPath(sheet)
