"""Where the letters of a paragraph stand, line by line."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtGui import QTextBlock

from ui.document.document_edit import rows_of


class Lines:
    """The lines of one block: where its units stand, asked of Qt once for each line and place."""

    def __init__(self, block: QTextBlock) -> None:
        layout = block.layout()
        self._lines = [layout.lineAt(number) for number in range(layout.lineCount())]
        self._starts = [line.textStart() for line in self._lines]
        self._rows = [rows_of(line, 0) for line in self._lines]
        self._xs: dict[tuple[int, int], float] = {}

    def rects(self, start: int, end: int) -> list[tuple[float, float, float, float]]:
        """Left, top, right, bottom of the ground behind units `start` to `end` of the block, line by line, relative to its layout."""
        found = []
        for number in range(max(0, bisect_right(self._starts, start) - 1), len(self._lines)):
            first = self._starts[number]
            if first >= end:
                break
            last = first + self._lines[number].textLength()
            if start < last:
                left = self._x(number, max(start, first))
                # The blank a line is broken at has no place in it: up to there, not to where a caret after it would stand.
                right = self._end(number) if end >= last else self._x(number, end)
                top, bottom = self._rows[number]
                found.append((min(left, right), top, max(left, right), bottom))
        return found

    def _end(self, number: int) -> float:
        line = self._lines[number]
        return line.x() + line.naturalTextWidth()

    def _x(self, number: int, unit: int) -> float:
        known = self._xs.get((number, unit))
        if known is None:
            # PySide gives the x and the place it belongs to.
            found: tuple[float, int] = self._lines[number].cursorToX(unit)  # type: ignore[assignment]
            known = self._xs[number, unit] = found[0]
        return known
