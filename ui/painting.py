"""The marks of the matrix, drawn by hand: heat, hatch, the edge of what is not read, the bar under a head, wrapped words."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap, QTextLayout, QTextOption

from ui.theme import Theme

_ELLIPSIS = "…"


def hatch(painter: QPainter, rect: QRectF, ground: QColor, lines: QColor, pitch: int, width: float) -> None:
    """Fill `rect` with `ground` and lines rising to the right, `pitch` pixels apart along the edge, beginning at its lower left."""
    painter.setBrushOrigin(rect.bottomLeft())
    painter.fillRect(rect, _hatching(ground.name(), lines.name(), pitch, width, painter.deviceTransform().m11()))


@lru_cache(maxsize=64)
def _hatching(ground: str, lines: str, pitch: int, width: float, ratio: float) -> QBrush:
    # Lines drawn one by one took half of the time that the whole table needs.
    side = round(pitch * ratio)
    tile = QPixmap(side, side)
    tile.fill(QColor(ground))
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(lines), width * ratio))
    for shift in (-side, 0, side):
        painter.drawLine(QPointF(shift - 1, side + 1), QPointF(shift + side + 1, -1))
    painter.end()
    tile.setDevicePixelRatio(ratio)
    return QBrush(tile)


def unread_edge(painter: QPainter, theme: Theme, cell: QRectF, share: float) -> None:
    """The hatched edge at the right of a cell: as high as the share that is not read, 18 % at least."""
    height = max(0.18, min(1.0, share)) * cell.height()
    edge = QRectF(cell.right() - theme.px(5), cell.bottom() - height, theme.px(5), height)
    hatch(painter, edge, theme.colour("paper"), theme.colour("text_muted"), theme.px(4), 1.15 * theme.px(100) / 100)


def read_bar(painter: QPainter, theme: Theme, rect: QRectF, share: float) -> None:
    """How much of a column is read: a full bar for that share, hatch for the rest."""
    done = round(rect.width() * share)
    if done < rect.width():
        hatch(painter, rect.adjusted(done, 0, 0, 0), theme.colour("panel"), theme.colour("line_strong"), theme.px(5), 1.5)
    painter.fillRect(QRectF(rect.left(), rect.top(), done, rect.height()), theme.colour("text_muted"))


def chip(painter: QPainter, rect: QRectF, ground: QColor, radius: float) -> None:
    """A rounded ground behind some words."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, radius, radius)
    painter.restore()


def line_of_text(painter: QPainter, font: QFont, colour: QColor, rect: QRectF, text: str) -> None:
    """One line, centred on the height of `rect`, shortened where it is too long."""
    shown, below = _fitted(text, font, rect.width())
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(QPointF(rect.left(), rect.center().y() + below), shown)


@lru_cache(maxsize=8192)
def _fitted(text: str, font: QFont, width: float) -> tuple[str, float]:
    """What of `text` fits into `width`, and how far below the middle of its line the letters stand."""
    metrics = QFontMetricsF(font)
    below = metrics.ascent() - metrics.height() / 2
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width + 0.5), below


@lru_cache(maxsize=4096)
def wrapped(text: str, font: QFont, width: float, most: int) -> tuple[str, ...]:
    """`text` in at most `most` lines of `width` pixels, the last one shortened where more would follow."""
    # A long quote is laid out only as far as it can be seen: no line of `width` holds more letters than pixels.
    plain = " ".join(text[: round(width) * most].split())
    layout = QTextLayout(plain, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) <= most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    units = plain.encode("utf-16-le")
    ends = [*starts[1:], len(units) // 2]
    lines = [units[2 * start : 2 * end].decode("utf-16-le").rstrip() for start, end in zip(starts, ends, strict=True)]
    if len(lines) <= most:
        return tuple(lines)
    rest = units[2 * starts[most - 1] :].decode("utf-16-le")
    last = QFontMetricsF(font).elidedText(rest + _ELLIPSIS, Qt.TextElideMode.ElideRight, width)
    return (*lines[: most - 1], last)
