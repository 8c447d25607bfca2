"""Painting behind the text: a wash for each coded stretch, and a line for each code where several lie over one another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QTextBlock

from ui.document.document_edit import Placed
from ui.document.lines import Lines
from ui.screens.coding.marks import Marks

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
        lines = Lines(block)
        for start, end, codes in self._alike(begin, begin + block.length()):
            colours = [self._marks.colours(code) for code in codes]
            ground = colours[0].wash if len(codes) == 1 else colours[0].wash_overlap
            for left, top, right, bottom in lines.rects(start - begin, end - begin):
                painted.grounds.append((QRectF(left, top, right - left, bottom - top), ground))
                if len(codes) > 1:
                    for number, colour in enumerate(colours):
                        painted.lines.append((QRectF(left, bottom - 1 + number * _LINE_PITCH, right - left, _LINE), colour.solid))
        return painted

    def _alike(self, start: int, end: int) -> list[tuple[int, int, list[str]]]:
        """Stretches that look the same throughout, with their codes: what changes below the codes that are painted is not seen."""
        found: list[tuple[int, int, list[str]]] = []
        for segment in self._marks.segments(start, end):
            codes = self._marks.codes_of(segment)
            if found and found[-1][1] == segment.start and found[-1][2] == codes:
                found[-1] = (found[-1][0], segment.end, codes)
            else:
                found.append((segment.start, segment.end, codes))
        return found


def _fill(painter: QPainter, placed: Placed, grounds: Iterable[Ground]) -> None:
    for rect, colour in grounds:
        painter.fillRect(rect.translated(placed.x, placed.y), colour)
