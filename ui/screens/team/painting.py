"""What rows of the team screen are painted with: words cut to their room, chips, swatches, initials."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ui.measures import RADIUS_CHIP, SMALL
from ui.theme import Theme

#: The ground and ink of a chip, by its look.
CHIPS = {"open": ("warn_soft", "warn"), "ok": ("ok_soft", "ok"), "faint": ("hover", "text_muted"), "info": ("accent_soft", "accent")}
_SWATCH = 10
_DISC = 27


def width_of(font: QFont, words: str) -> float:
    """How wide some words are, in pixels."""
    return QFontMetricsF(font).horizontalAdvance(words)


def write(painter: QPainter, font: QFont, colour: QColor, rect: QRectF, words: str, *, right: bool = False) -> float:
    """One line in the middle of the height of `rect`, shortened where it is too long; its width."""
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width() + 0.5)
    width = metrics.horizontalAdvance(shown)
    painter.setFont(font)
    painter.setPen(colour)
    left = rect.right() - width if right else rect.left()
    painter.drawText(QPointF(left, rect.center().y() + metrics.ascent() - metrics.height() / 2), shown)
    return width


def chip_width(theme: Theme, words: str, look: str) -> float:
    """How wide a chip is."""
    check = theme.px(17) if look == "ok" else 0
    return width_of(theme.font(SMALL), words) + theme.px(10) + check


def paint_chip(painter: QPainter, theme: Theme, rect: QRectF, words: str, look: str) -> None:
    """Words on a rounded ground that fills `rect`; one that is decided has a check before them."""
    ground, ink = (theme.colour(role) for role in CHIPS[look])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, theme.px(RADIUS_CHIP), theme.px(RADIUS_CHIP))
    left = rect.left() + theme.px(5)
    if look == "ok":
        paint_check(painter, theme, QRectF(left, rect.top(), theme.px(12), rect.height()))
        left += theme.px(17)
    painter.restore()
    write(painter, theme.font(SMALL), ink, QRectF(left, rect.top(), rect.right() - left, rect.height()), words)


def paint_check(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    """A check in the middle of `rect`, as wide as it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("ok"), theme.px(100) / 100 * 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    side, middle = rect.width(), rect.center().y()
    points = (QPointF(rect.left() + side * 0.1, middle), QPointF(rect.left() + side * 0.38, middle + side * 0.28))
    painter.drawPolyline([*points, QPointF(rect.left() + side * 0.92, middle - side * 0.3)])
    painter.restore()


def paint_swatch(painter: QPainter, theme: Theme, left: float, middle: float, colour: str, side: int = _SWATCH) -> None:
    """The colour of a code, `side` wide; an outline for what is of no code."""
    square = QRectF(left, middle - theme.px(side) / 2, theme.px(side), theme.px(side))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if colour:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.code(colour).solid)
    else:
        painter.setPen(QPen(theme.colour("text_faint"), 1))
    painter.drawRoundedRect(square, theme.px(2), theme.px(2))
    painter.restore()


def paint_person(painter: QPainter, theme: Theme, left: float, middle: float, letters: str, font: QFont) -> float:
    """Initials in a disc; its right edge."""
    disc = QRectF(left, middle - theme.px(_DISC) / 2, theme.px(_DISC), theme.px(_DISC))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("line_strong"), 1))
    painter.setBrush(theme.colour("chrome"))
    painter.drawEllipse(disc)
    painter.restore()
    half = width_of(font, letters) / 2
    write(painter, font, theme.colour("text_muted"), QRectF(disc.center().x() - half, disc.top(), 2 * half, disc.height()), letters)
    return disc.right()


def paint_ground(painter: QPainter, theme: Theme, row: QRectF, option: QStyleOptionViewItem) -> None:
    """The ground of a row: where one is, where the mouse is."""
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(row, theme.colour("row_selected"))
        painter.fillRect(QRectF(row.left(), row.top(), theme.px(3), row.height()), theme.colour("accent"))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(row, theme.colour("hover"))
