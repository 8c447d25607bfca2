"""Painting behind the text: a wash for each coded stretch, and a line for each code where several lie over one another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QTextBlock, QTextLine

from ui.screens.coding.document_edit import Placed, rows_of
from ui.screens.coding.marks import Marks

_MOST_LINES = 3
_LINE = 2
_LINE_PITCH = 3
Ground = tuple[QRectF, QColor]


@dataclass(slots=True)
class _Painted:
    """The rectangles of one block, relative to its layout, for one layout of it."""

    layout: tuple[int, float]
    grounds: list[Ground] = field(default_factory=list)
    lines: list[Ground] = field(default_factory=list)


class Washes:
    """Keeps the rectangles of each block until its codings or its lines are other ones."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        self._kept: dict[int, _Painted] = {}

    def forget(self) -> None:
        """Reckon everything anew: another text, theme or width."""
        self._kept.clear()

    def forget_block(self, number: int) -> None:
        """Reckon one block anew."""
        self._kept.pop(number, None)

    def paint(self, painter: QPainter, visible: Iterable[Placed], width: float) -> None:
        """Paint what lies behind the visible blocks: all grounds first, so that none covers a line of the row above."""
        found = [(one, self._of(one.block, width)) for one in visible]
        for one, painted in found:
            _fill(painter, one, painted.grounds)
        for one, painted in found:
            _fill(painter, one, painted.lines)

    def _of(self, block: QTextBlock, width: float) -> _Painted:
        layout = (block.layout().lineCount(), width)
        kept = self._kept.get(block.blockNumber())
        if kept is None or kept.layout != layout:
            kept = self._kept[block.blockNumber()] = self._reckon(block, _Painted(layout))
        return kept

    def _reckon(self, block: QTextBlock, painted: _Painted) -> _Painted:
        begin = block.position()
        for segment in self._marks.segments(begin, begin + block.length()):
            codes = self._marks.codes_of(segment)
            colours = [self._marks.colours(code) for code in codes]
            ground = colours[0].wash if len(codes) == 1 else colours[0].wash_overlap
            under = [one.solid for one in colours[:_MOST_LINES]] if len(codes) > 1 else []
            for rect in rects_of(block, segment.start - begin, segment.end - begin):
                painted.grounds.append((rect, ground))
                for number, colour in enumerate(under):
                    painted.lines.append((QRectF(rect.left(), rect.bottom() - 1 + number * _LINE_PITCH, rect.width(), _LINE), colour))
        return painted


def rects_of(block: QTextBlock, start: int, end: int) -> list[QRectF]:
    """The ground behind units `start` to `end` of a block, line by line, relative to the block's layout."""
    layout = block.layout()
    found = []
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first, last = line.textStart(), line.textStart() + line.textLength()
        if first < end and start < last:
            left, right = _edges(line, max(start, first), end, last)
            top, bottom = rows_of(line, 0)
            found.append(QRectF(left, top, right - left, bottom - top))
    return found


def _edges(line: QTextLine, start: int, end: int, last: int) -> tuple[float, float]:
    left = _x(line, start)
    if end >= last:
        # The blank a line is broken at has no place in it: up to there and not to where a cursor after it would stand.
        return left, max(left, line.x() + line.naturalTextWidth())
    right = _x(line, end)
    return min(left, right), max(left, right)


def _x(line: QTextLine, unit: int) -> float:
    # PySide gives the x and the place it belongs to.
    found: tuple[float, int] = line.cursorToX(unit)  # type: ignore[assignment]
    return found[0]


def _fill(painter: QPainter, placed: Placed, grounds: Iterable[Ground]) -> None:
    for rect, colour in grounds:
        painter.fillRect(rect.translated(placed.x, placed.y), colour)
