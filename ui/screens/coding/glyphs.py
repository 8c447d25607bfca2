"""Small marks drawn in code: reading status, swatch, bar, key."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QIcon, QPainter, QPen, QPixmap

from qcode.model.reading import ReadingStatus
from ui.measures import LABEL
from ui.theme import Theme

SWATCH = 10
STATUS = 12
_DASHES = [1.6, 1.5]


def paint_status(painter: QPainter, theme: Theme, rect: QRectF, status: ReadingStatus) -> None:
    """A filled disc with a check for finished, a half disc for reading, a dashed ring for unread; told apart without colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = rect.adjusted(0.75, 0.75, -0.75, -0.75)
    if status is ReadingStatus.FINISHED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("ok"))
        painter.drawEllipse(rect)
        painter.setPen(
            QPen(theme.colour("panel"), rect.width() / 7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        points = [(0.28, 0.53), (0.44, 0.68), (0.73, 0.36)]
        painter.drawPolyline([QPointF(rect.left() + rect.width() * x, rect.top() + rect.height() * y) for x, y in points])
    elif status is ReadingStatus.READING:
        painter.setPen(QPen(theme.colour("accent"), 1.5))
        painter.drawEllipse(inner)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawPie(inner, 90 * 16, 180 * 16)
    else:
        pen = QPen(theme.colour("text_faint"), 1.4)
        pen.setDashPattern(_DASHES)
        painter.setPen(pen)
        painter.drawEllipse(inner)
    painter.restore()


def status_icon(theme: Theme, status: ReadingStatus, ratio: float = 2.0) -> QIcon:
    """The same as an icon for buttons and menus."""
    side = theme.px(STATUS)
    pixmap = QPixmap(QSize(round(side * ratio), round(side * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_status(painter, theme, QRectF(0, 0, side, side), status)
    painter.end()
    return QIcon(pixmap)


def paint_bar(painter: QPainter, theme: Theme, rect: QRectF, share: float) -> None:
    """How much is done, 0 to 1."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("pressed"))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    if share > 0:
        painter.setBrush(theme.colour("ok"))
        painter.drawRoundedRect(QRectF(rect.left(), rect.top(), max(rect.height(), rect.width() * share), rect.height()), 2, 2)
    painter.restore()


def paint_swatch(painter: QPainter, theme: Theme, x: float, middle: float, colour: str) -> None:
    """The colour of a code."""
    side = theme.px(SWATCH)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.code(colour).solid)
    painter.drawRoundedRect(QRectF(x, middle - side / 2, side, side), 2, 2)
    painter.restore()


def key_width(theme: Theme, words: str) -> float:
    """How wide a key is drawn."""
    return QFontMetricsF(theme.font(LABEL)).horizontalAdvance(words) + theme.px(9)


def paint_key(painter: QPainter, theme: Theme, right: float, middle: float, words: str) -> float:
    """A key such as 'Alt+1', ending at `right`; gives where it begins."""
    width, height = key_width(theme, words), theme.px(16)
    rect = QRectF(right - width, middle - height / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("line_strong"), 1))
    painter.setBrush(theme.colour("panel"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(theme.colour("text_muted"))
    painter.setFont(theme.font(LABEL))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()
    return rect.left()
