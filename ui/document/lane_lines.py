"""The lanes of the stripes beside a text, shared out by lines: no two codings that stand in one line lie in one lane."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from PySide6.QtGui import QTextBlock

from qcode.text.lanes import Stretch, lanes_of
from ui.document.document_edit import Editor

#: Gives the stretches that touch some units, and all that hang together with these by overlapping.
Cluster = Callable[[int, int], list[Stretch]]
#: What the breaking of a text into lines hangs on.
_Setting = tuple[int, int, int, int, str]


class LaneLines:
    """Reckons lanes for one editor and keeps them while neither stretches nor lines are other ones."""

    def __init__(self, editor: Editor, cluster: Cluster) -> None:
        self._editor, self._near = editor, cluster
        self._setting: _Setting | None = None
        self._begins: dict[int, list[int]] = {}
        self._cluster: list[Stretch] = []
        self._lanes: dict[str, int] = {}

    def lanes(self, start: int, end: int) -> dict[str, int]:
        """The lane of each stretch that touches the lines of some units, and of all that hang together with these by lines."""
        setting = self._now()
        if setting != self._setting:
            self._setting, self._cluster = setting, []
            self._begins.clear()
        cluster = self._hanging_together(start, end)
        if cluster != self._cluster:
            self._cluster, self._lanes = cluster, lanes_of((*self._widened(first, last), name) for first, last, name in cluster)
        return self._lanes

    def _hanging_together(self, start: int, end: int) -> list[Stretch]:
        while cluster := self._near(start, end):
            first = self._widened(cluster[0][0], cluster[0][0] + 1)[0]
            furthest = max(stretch[1] for stretch in cluster)
            last = self._widened(furthest - 1, furthest)[1]
            if start <= first and last <= end:
                break
            start, end = min(start, first), max(end, last)
        return cluster

    def _widened(self, start: int, end: int) -> tuple[int, int]:
        """Where the line of the first unit begins and that of the last one ends."""
        begins, after = self._lines_of(start), self._lines_of(end - 1)
        return begins[bisect_right(begins, start) - 1], after[bisect_right(after, end - 1)]

    def _lines_of(self, unit: int) -> list[int]:
        """Where the lines of the paragraph of a unit begin, and where the paragraph ends; a paragraph not laid out yet is one line."""
        block = self._editor.document().findBlock(unit)
        known = self._begins.get(block.blockNumber())
        if known is not None:
            return known
        begin, layout = block.position(), self._laid_out(block).layout()
        count = layout.lineCount()
        if not count:
            return [begin, begin + block.length()]
        found = [begin + layout.lineAt(number).textStart() for number in range(count)]
        self._begins[block.blockNumber()] = found = [*found, begin + block.length()]
        return found

    def _laid_out(self, block: QTextBlock) -> QTextBlock:
        """The block, which the editor for long texts lays out only when it is asked for."""
        self._editor.lay_out(block)
        return block

    def _now(self) -> _Setting:
        document = self._editor.document()
        width = self._editor.viewport().width()
        return id(document), document.revision(), document.characterCount(), width, document.defaultFont().key()
